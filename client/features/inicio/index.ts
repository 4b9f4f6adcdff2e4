export { porContar } from './mis-conteos.ts';
