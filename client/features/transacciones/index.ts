/** What other features use of this one. */
export { EligeProducto } from './elige-producto.tsx';
export { nombreDeAlmacen } from './nombre-de-almacen.ts';
export { useZonaDeTienda } from './use-zona-de-tienda.ts';
export { aCampoLocal, deCampoLocal } from './zona-hora.ts';
