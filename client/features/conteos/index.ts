export { descarga } from './contar/fallo-guardar.tsx';
