export { BuscadorProductos } from './buscador-productos.tsx';
