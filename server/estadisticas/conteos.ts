import type { Claims, Db } from '#server/platform/db/db.ts';
import type {
  MedidaExactitud,
  MedidaMerma,
  MedidaRecuentos,
  PideExactitud,
  PideMerma,
  PideRecuentos,
} from '#shared/contracts/estadisticas.ts';
import { formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { fraseDeExactitud, fraseDeMerma, fraseDeRecuentos } from '#shared/domain/estadisticas/frases.ts';
import { tantoPorCiento } from '#shared/domain/estadisticas/partes.ts';
import { lineasPorHora } from '#shared/domain/estadisticas/ritmo.ts';
import {
  type ExactitudRow,
  findExactitud,
  findMerma,
  findRecuentos,
  type RecuentoRow,
} from './conteos.sql.ts';
import { corta, leeCursor } from './cursor.ts';

const NUMERO = /^-?\d{1,40}(\.\d{1,20})?$/;
const NOMBRE_MOTIVO: Record<string, string> = {
  conteo: 'Ajustes de conteos',
  contra_ajuste: 'Movimientos que llegaron tarde',
  manual: 'Ajustes a mano',
  merma: 'Merma',
  danado: 'Dañado, pasado a merma',
};

/** Shrinkage in pesos, the greatest loss first. */
export async function measureMerma(db: Db, claims: Claims, pide: PideMerma): Promise<MedidaMerma> {
  const cursor = leeCursor(pide.cursor, NUMERO);
  const { total, filas } = await db.withUser(
    claims,
    (tx) => findMerma(tx, pide, pide.por, { cursor, limite: pide.limite }),
    { readOnly: true },
  );
  const { pagina, siguiente } = corta(filas, pide.limite, (f) => ({ clave: f.neto, id: f.clave }));
  return {
    frase: fraseDeMerma(pide, total),
    total,
    filas: pagina.map((f) => ({
      ...f,
      nombre: pide.por === 'motivo' ? (NOMBRE_MOTIVO[f.nombre] ?? f.nombre) : f.nombre,
    })),
    siguiente,
  };
}

const CIEN = 10_000n;

/** 100 % less the pesos of difference of each hundred expected; never below 0. */
function acierto(esperado: bigint, diferencia: bigint): string | null {
  if (esperado === 0n) return null;
  const falla = (diferencia * CIEN + esperado / 2n) / esperado;
  return formatDecimal(falla > CIEN ? 0n : CIEN - falla, 2);
}

function exactitudDe(filas: readonly Omit<ExactitudRow, 'clave' | 'nombre'>[]) {
  const suma = (de: (f: (typeof filas)[number]) => number) => filas.reduce((n, f) => n + de(f), 0);
  const dinero = (de: (f: (typeof filas)[number]) => string) =>
    filas.reduce((n, f) => n + toDecimal(de(f), 2), 0n);
  const [productos, exactos] = [suma((f) => f.productos), suma((f) => f.exactos)];
  const [esperado, diferencia] = [dinero((f) => f.esperado), dinero((f) => f.diferencia)];
  const texto = (n: bigint) => formatDecimal(n, 2, { minDecimales: 2 });
  return {
    productos,
    exactos,
    lineasPct: tantoPorCiento(BigInt(exactos), BigInt(productos)),
    esperado: texto(esperado),
    diferencia: texto(diferencia),
    valorPct: acierto(esperado, diferencia),
  };
}

/** How far the book was right, in products and in pesos. */
export async function measureExactitud(
  db: Db,
  claims: Claims,
  pide: PideExactitud,
): Promise<MedidaExactitud> {
  const rows = await db.withUser(claims, (tx) => findExactitud(tx, pide, pide.por), { readOnly: true });
  const total = exactitudDe(rows);
  return {
    frase: fraseDeExactitud(pide, total),
    total,
    filas: rows.map((f) => ({ clave: f.clave, nombre: f.nombre, ...exactitudDe([f]) })),
  };
}

function ritmoDe(filas: readonly RecuentoRow[]) {
  const suma = (de: (f: RecuentoRow) => number) => filas.reduce((n, f) => n + de(f), 0);
  const [recontados, coinciden] = [suma((f) => f.recontados), suma((f) => f.coinciden)];
  const [lineas, segundos] = [suma((f) => f.lineas), suma((f) => f.segundos)];
  return {
    recontados,
    coinciden,
    coincidenPct: tantoPorCiento(BigInt(coinciden), BigInt(recontados)),
    lineas,
    horas: (segundos / 3600).toFixed(1),
    lineasPorHora: lineasPorHora(lineas, segundos),
  };
}

/** How often a recount says the same, beside how fast lines come: a shop that only runs shows. */
export async function measureRecuentos(
  db: Db,
  claims: Claims,
  pide: PideRecuentos,
): Promise<MedidaRecuentos> {
  const rows = await db.withUser(claims, (tx) => findRecuentos(tx, pide, pide.por), { readOnly: true });
  const total = ritmoDe(rows);
  return {
    frase: fraseDeRecuentos(pide, total),
    total,
    filas: rows.map((f) => ({ clave: f.clave, nombre: f.nombre, ...ritmoDe([f]) })),
  };
}
