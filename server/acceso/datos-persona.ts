import { AppError } from '#shared/errores.ts';

const NOMBRE_MAX = 200;

/** A person's name without blanks around it. Throws `ENTRADA_INVALIDA` when nothing, or too much, is left. */
export function parseNombre(text: string): string {
  const nombre = text.trim();
  if (nombre === '' || nombre.length > NOMBRE_MAX) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: `el nombre lleva de 1 a ${NOMBRE_MAX} letras` });
  }
  return nombre;
}

/** A limit is an absolute value; null is no limit. Throws `ENTRADA_INVALIDA`. */
export function assertLimite(limite: string | null | undefined): void {
  if (limite?.startsWith('-') === true) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'el límite no puede ser negativo' });
  }
}
