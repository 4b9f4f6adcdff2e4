import { createHash } from 'node:crypto';
import type { Tx } from '#server/platform/db/db.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { COLUMNAS_HUELLA, type RenglonHuella, textoHuella } from '#shared/domain/huella-acta.ts';
import { findRenglones, type HuellaRow } from './acta.sql.ts';

export interface Huella {
  /** SHA-256, 64 hexadecimal digits. */
  readonly valor: string;
  /** Records under it, in the order of the recipe. */
  readonly renglones: RenglonHuella[];
  /** Of those, lines (also voids). */
  readonly lineas: number;
  /** Lines that were received after the cut. */
  readonly despues: number;
}

function renglon(row: HuellaRow): RenglonHuella {
  const decimal = (texto: string | null) =>
    texto === null ? '' : formatDecimal(toDecimal(texto, CANTIDAD_ESCALA), CANTIDAD_ESCALA);
  return Object.fromEntries(
    COLUMNAS_HUELLA.map((columna) => [
      columna,
      columna === 'cantidad' || columna === 'factor' ? decimal(row[columna]) : (row[columna] ?? ''),
    ]),
  ) as unknown as RenglonHuella;
}

/** The huella of what had been received of a conteo by `corte`. */
export async function computeHuella(tx: Tx, conteoId: string, corte: Date): Promise<Huella> {
  const rows = await findRenglones(tx, conteoId, corte);
  const renglones = rows.filter(({ dentro }) => dentro).map(renglon);
  return {
    valor: createHash('sha256').update(textoHuella(conteoId, renglones), 'utf8').digest('hex'),
    renglones,
    lineas: renglones.filter(({ registro }) => registro === 'linea').length,
    despues: rows.filter(({ registro, dentro }) => registro === 'linea' && !dentro).length,
  };
}
