/** What other features use of this one. */
export { usePorFirmar } from './use-por-firmar.ts';
