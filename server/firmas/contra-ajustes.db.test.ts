import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { systemClock } from '#server/platform/clock.ts';
import { contraAjustesDe, type ResultadoAprobado } from '#shared/domain/contra-ajuste.ts';
import { CANTIDAD_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { type Movimiento, teorico } from '#shared/domain/ledger.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { decideFirma, listPorFirmar } from './firmas.ts';

const db = await testDb();
const e = await escenaConteo(db);
const admin = e.quien(await testUser(db, { rol: 'admin' }));
const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);
const PASO_MS = 20 * 60_000;
const PASOS = 24;

/** What the tables hold, as the pure rules take it. */
async function libros(producto: string) {
  const { rows: movs } = await sql<{
    id: string;
    tipo: Movimiento['tipo'];
    subtipo: string | null;
    cantidad: string;
    ocurrida_en: Date;
    orden: number;
    created_at: Date;
  }>`select id, tipo, subtipo, cantidad, ocurrida_en, orden, created_at from inventario.transacciones
      where producto_id = ${producto}`.execute(db.kysely);
  const { rows: resultados } = await sql<{
    conteo_id: string;
    instante: Date;
    aprobado_en: Date;
    decision: ResultadoAprobado['decision'];
  }>`select conteo_id, instante, aprobado_en, decision from inventario.conteo_resultados where producto_id = ${producto}`.execute(
    db.kysely,
  );
  const { rows: decididos } = await sql<{ movimiento_id: string }>`
    select movimiento_id from inventario.contra_ajustes where producto_id = ${producto}`.execute(db.kysely);
  return {
    movimientos: movs.map(
      (m): Movimiento => ({
        id: m.id,
        tipo: m.tipo,
        subtipo: m.subtipo,
        cantidad: cantidad(m.cantidad),
        ocurridaEn: m.ocurrida_en.getTime(),
        precision: 'instante',
        orden: m.orden,
        createdAt: m.created_at.getTime(),
      }),
    ),
    resultados: resultados.map((r) => ({
      conteoId: r.conteo_id,
      instante: r.instante.getTime(),
      aprobadoEn: r.aprobado_en.getTime(),
      decision: r.decision,
    })),
    decididos: new Set(decididos.map((d) => d.movimiento_id)),
  };
}

const paso = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      que: fc.constant('mueve' as const),
      piezas: fc.integer({ min: -9, max: 9 }),
      en: fc.nat(PASOS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ que: fc.constant('cuenta' as const), piezas: fc.nat(30), en: fc.nat(PASOS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ que: fc.constant('decide' as const), firma: fc.boolean(), cual: fc.nat() }),
  },
);

test('counter-ajustes of any history: the server proposes what the pure rule does, and after signing all the books are what was approved plus what is dated later', async () => {
  const historias = fc.sample(fc.array(paso, { minLength: 6, maxLength: 12 }), { numRuns: 8, seed: 2026 });
  let firmados = 0;
  for (const historia of historias) {
    const producto = await e.producto({ costo: '10' });
    const inicio = Date.now() - (PASOS + 2) * PASO_MS;
    await e.mueve({ producto, tipo: 'inventario', cantidad: '20', en: new Date(inicio) });
    let dicho = { piezas: cantidad('20'), instante: inicio };
    let descartado = 0n;
    const pendientes = async () => {
      const lista = (await listPorFirmar(db, admin)).filter((f) => f.productoId === producto);
      const l = await libros(producto);
      const puros = contraAjustesDe(l.movimientos, l.resultados, l.decididos);
      const breve = (p: { id: string; conteoId: string | null; cantidad: bigint; instante: number }) =>
        `${p.id} ${p.conteoId} ${p.cantidad} ${p.instante}`;
      expect(
        lista
          .map((f) => breve({ ...f, cantidad: cantidad(f.cantidad), instante: Date.parse(f.instante) }))
          .sort(),
      ).toEqual(puros.map((p) => breve({ ...p, id: p.movimientoId })).sort());
      return lista;
    };
    for (const p of historia) {
      if (p.que === 'mueve' && p.piezas !== 0) {
        await e.mueve({
          producto,
          tipo: p.piezas < 0 ? 'venta' : 'compra',
          cantidad: String(Math.abs(p.piezas)),
          en: new Date(inicio + (p.en + 1) * PASO_MS),
          registrada: new Date(),
        });
      } else if (p.que === 'cuenta') {
        // Half a step away from every movement, so that none of them is uncertain.
        const en = inicio + (p.en + 0.5) * PASO_MS;
        if (en <= dicho.instante) continue;
        const conteo = await e.conteo([e.ana]);
        await e.linea({
          conteo,
          por: e.ana,
          producto,
          cantidad: String(p.piezas),
          tipo: p.piezas === 0 ? 'cero' : 'suma',
          en: new Date(en),
          recibido: new Date(),
        });
        await e.parte(conteo, e.ana, 1);
        const pedido = { conteoId: conteo, productoIds: [producto], motivo: 'x' } as never;
        const { omitidos } = await approveProductos(db, systemClock, e.quien(e.gerente), pedido);
        expect(omitidos).toEqual([]);
        dicho = { piezas: cantidad(String(p.piezas)), instante: en };
        descartado = 0n;
      } else if (p.que === 'decide') {
        const lista = await pendientes();
        if (lista.length === 0) continue;
        const { id, cantidad: cuanto } = lista[p.cual % lista.length]!;
        const motivo = p.firma ? null : 'se queda';
        await decideFirma(db, systemClock, admin, { tipo: 'contra_ajuste', id, motivo });
        if (!p.firma) descartado -= cantidad(cuanto);
      }
    }
    const quedan = await pendientes();
    firmados += quedan.length;
    // In two tablets at once, the later ones first.
    for (const { id } of quedan.reverse()) {
      const firma = () => decideFirma(db, systemClock, admin, { tipo: 'contra_ajuste', id, motivo: null });
      await Promise.all([firma(), firma()]);
    }
    expect(await pendientes()).toEqual([]);
    const { movimientos } = await libros(producto);
    const despues = movimientos
      .filter((m) => m.ocurridaEn > dicho.instante)
      .reduce((suma, m) => suma + (m.tipo === 'venta' ? -m.cantidad : m.cantidad), 0n);
    expect(cantidad((await e.existencia(producto))!)).toBe(dicho.piezas + despues + descartado);
    expect(teorico(movimientos, Number.POSITIVE_INFINITY).cantidad).toBe(dicho.piezas + despues + descartado);
  }
  // The histories are not about nothing.
  expect(firmados).toBeGreaterThan(5);
});
