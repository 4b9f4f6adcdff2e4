import { AppError } from '#shared/errores.ts';

/** Where the page before ended: the value that it is ordered by, as text, and the id that breaks ties. */
export interface Cursor {
  readonly clave: string;
  readonly id: string;
}

export function escribeCursor({ clave, id }: Cursor): string {
  return Buffer.from(JSON.stringify([clave, id])).toString('base64url');
}

/** Of any text. Throws ENTRADA_INVALIDA for what is none of ours. */
export function leeCursor(texto: string | null, esClave: RegExp = /^/): Cursor | null {
  if (texto === null) return null;
  try {
    const leido: unknown = JSON.parse(Buffer.from(texto, 'base64url').toString('utf8'));
    if (Array.isArray(leido) && leido.length === 2) {
      const [clave, id] = leido as unknown[];
      if (typeof clave === 'string' && typeof id === 'string' && esClave.test(clave)) return { clave, id };
    }
  } catch {
    // Told below.
  }
  throw new AppError('ENTRADA_INVALIDA', { detalle: 'el cursor no es de esta lista' });
}

/** Rows of one page and where the next begins; `filas` holds one more than `limite` when there is a next. */
export function corta<T>(filas: readonly T[], limite: number, de: (fila: T) => Cursor) {
  const pagina = filas.slice(0, limite);
  const ultima = pagina.at(-1);
  return {
    pagina,
    siguiente: filas.length > limite && ultima !== undefined ? escribeCursor(de(ultima)) : null,
  };
}
