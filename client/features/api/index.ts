export { SecretoUnico } from './secreto-unico.tsx';
