import { fuerza, type Motivo, motivosDe } from '#shared/domain/catalogo/duplicados.ts';
import { AppError } from '#shared/errores.ts';
import * as sql from './duplicados.sql.ts';
import { anota } from './guarda.ts';
import type { Puerto, Quien } from './producto.ts';

export interface ParPosible {
  /** The one with more history first: it is offered as the one that stays. */
  a: sql.ParecidoRow;
  b: sql.ParecidoRow;
  motivos: Motivo[];
}

const PARES_VISTOS = 200;

/** Pairs that may be one product, the surest first. */
export async function posiblesDuplicados(p: Puerto): Promise<{ pares: ParPosible[]; total: number }> {
  return p.db.asService(
    async (tx) => {
      const candidatos = await sql.selectCandidatos(tx);
      const ids = [...new Set(candidatos.flatMap(({ a, b }) => [a, b]))];
      const porId = new Map((await sql.selectParecidos(tx, ids)).map((r) => [r.id, r]));
      const pares = candidatos
        .flatMap(({ a, b }) => {
          const [x, y] = [porId.get(a), porId.get(b)];
          const motivos = x === undefined || y === undefined ? [] : motivosDe(x, y);
          return motivos.length === 0 ? [] : [{ a: x!, b: y!, motivos }];
        })
        .sort((p1, p2) => fuerza(p2.motivos) - fuerza(p1.motivos) || (p1.a.codigo < p2.a.codigo ? -1 : 1));
      const vistos = pares.slice(0, PARES_VISTOS);
      const movimientos = await sql.countMovimientos(tx, [
        ...new Set(vistos.flatMap(({ a, b }) => [a.id, b.id])),
      ]);
      return {
        total: pares.length,
        pares: vistos.map(({ a, b, motivos }) => {
          const [x, y] = [a, b].map((q) => ({ ...q, movimientos: movimientos.get(q.id) ?? 0 })) as [
            sql.ParecidoRow,
            sql.ParecidoRow,
          ];
          return x.movimientos >= y.movimientos ? { a: x, b: y, motivos } : { a: y, b: x, motivos };
        }),
      };
    },
    { readOnly: true },
  );
}

/** "They are two": the pair is not offered again. */
export async function sonDistintos(p: Puerto, quien: Quien, a: string, b: string): Promise<void> {
  if (a === b) throw new AppError('FUSION_MISMO');
  await p.db.asService(async (tx) => {
    if (await sql.insertDistintos(tx, a, b, quien.id, p.clock.now())) {
      await anota(
        { tx, clock: p.clock, por: quien.id },
        { entidad: 'producto' },
        a,
        'distinto',
        {},
        { de: b },
      );
    }
  });
}
