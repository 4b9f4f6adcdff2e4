export { BarraPractica } from './barra-practica.tsx';
