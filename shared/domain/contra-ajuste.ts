import type { Cantidad } from './decimal.ts';
import { comparaMovimientos, efectoDe, type Movimiento } from './ledger.ts';

/** What a conteo decided of the product, of one (producto, almacén). Times in ms. */
export interface ResultadoAprobado {
  conteoId: string;
  /** Instant that it speaks for. */
  instante: number;
  aprobadoEn: number;
  decision: 'ajuste' | 'sin_ajuste' | 'base' | 'prueba';
}

/** Proposed against a movement that became known after the approval of a later instant. Posts at `instante`. */
export interface ContraAjuste {
  movimientoId: string;
  conteoId: string;
  /** −efecto of the movement. */
  cantidad: Cantidad;
  instante: number;
}

const NUESTROS: ReadonlySet<string | null> = new Set(['conteo', 'contra_ajuste']);

/**
 * Counter-ajustes that wait for a person. A movement belongs to the earliest approved result that speaks for its instant
 * or later; none is due where that result knew of it or set a base, where a base lies in between, where a later result was
 * approved knowing it, or where it was decided. `decididos`: ids of movements that a person signed or discarded.
 * The server asks the same of its tables (server/firmas/firmas.sql.ts); a test holds one to the other.
 */
export function contraAjustesDe(
  movimientos: readonly Movimiento[],
  resultados: readonly ResultadoAprobado[],
  decididos: ReadonlySet<string>,
): ContraAjuste[] {
  const bases = movimientos.filter(({ tipo }) => tipo === 'inventario');
  const firmes = resultados
    .filter(({ decision }) => decision !== 'prueba')
    .sort(
      (a, b) => a.instante - b.instante || a.aprobadoEn - b.aprobadoEn || (a.conteoId < b.conteoId ? -1 : 1),
    );
  return movimientos.flatMap((m) => {
    if (m.tipo === 'inventario' || NUESTROS.has(m.subtipo) || efectoDe(m) === 0n || decididos.has(m.id))
      return [];
    const despues = firmes.filter(({ instante }) => instante >= m.ocurridaEn);
    const suyo = despues[0];
    if (suyo === undefined || suyo.decision === 'base') return [];
    if (despues.some(({ aprobadoEn }) => aprobadoEn >= m.createdAt)) return [];
    const absorbe = (b: Movimiento) => b.ocurridaEn <= suyo.instante && comparaMovimientos(b, m) > 0;
    if (bases.some(absorbe)) return [];
    return [{ movimientoId: m.id, conteoId: suyo.conteoId, cantidad: -efectoDe(m), instante: suyo.instante }];
  });
}
