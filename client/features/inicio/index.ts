export { porContar, textoDevuelta } from './mis-conteos.ts';
