import { limpiaCodigo, validaManual } from '#shared/domain/codigos.ts';
import { plainCode } from './gs.ts';
import type { ScanEvent } from './scan-event.ts';

export interface ManualRejection {
  /** The code as cleaned, to show it or to insist on it. */
  codigo: string;
  motivo: 'muy_largo' | 'digito_verificador_malo';
  /** What happened and what to do, in Spanish. */
  mensaje: string;
  /** True where the person may insist: in-house codes exist that only look like a GTIN. */
  forzable: boolean;
}

/**
 * Judges a code typed by hand. `en`: instant, ms since 1970. An empty text is the caller's to ignore and counts as
 * too short to reject: it yields null. `force` skips the check digit, after the person has insisted.
 */
export function acceptManual(
  text: string,
  en: number,
  options: { force?: boolean } = {},
): { event: ScanEvent } | { rejection: ManualRejection } | null {
  const { codigo, ...said } = plainCode(limpiaCodigo(text));
  const validez = validaManual(codigo);
  if (validez === 'vacio') return null;
  if (validez === 'muy_largo') {
    return {
      rejection: {
        codigo,
        motivo: validez,
        mensaje: 'El código es demasiado largo para una etiqueta. Revísalo y escríbelo de nuevo.',
        forzable: false,
      },
    };
  }
  if (validez === 'digito_verificador_malo' && !options.force) {
    return {
      rejection: {
        codigo,
        motivo: validez,
        mensaje: `El último dígito de ${codigo} no cuadra: casi siempre es un dedazo. Revísalo, o úsalo así si la etiqueta dice eso.`,
        forzable: true,
      },
    };
  }
  return { event: { codigo, ...said, fuente: 'manual', en } };
}
