/** What other features use of this one. */
export { TarjetaMerma } from './tarjeta-merma.tsx';
