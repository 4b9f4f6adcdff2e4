/**
 * The one conteo of practice. It is on no server, and whatever names it is refused by every journal but the one of
 * practice, which nobody sends.
 */
export const CONTEO_PRACTICA = '00000000-0000-7000-8000-00000000ca5a';
/** Who practises, whoever it is: nothing of the real person enters the practice databases. */
export const PERSONA_PRACTICA = '00000000-0000-7000-8000-00000000a1a1';

/** Whether a mutation is of practice: by its conteo, or by its arguments, whatever the field says. */
export function esDePractica(mutacion: { conteo: string | null; args: string }): boolean {
  return mutacion.conteo === CONTEO_PRACTICA || mutacion.args.includes(CONTEO_PRACTICA);
}
