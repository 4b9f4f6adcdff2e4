/** What other features use of this one. */
export { EligeProducto } from './elige-producto.tsx';
export { useZonaDeTienda } from './use-zona-de-tienda.ts';
export { aCampoLocal, deCampoLocal } from './zona-hora.ts';
