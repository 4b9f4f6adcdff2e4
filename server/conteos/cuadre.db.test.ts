import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '#server/platform/clock.ts';
import { CANTIDAD_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { approveProductos } from './aprueba.ts';
import { closePartes, linkCodigos, requestRecuento } from './decisiones.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb({ max: 6 });
const e = await escenaConteo(db);
const eva = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
const admin = await testUser(db, { rol: 'admin' });
const gente: readonly TestUser[] = [e.ana, e.luis, eva];
const HISTORIAS = Number(process.env.CUADRE_RUNS ?? 60);
/** Past what the slowest machine takes. */
const CUADRE_MS = 120_000 + HISTORIAS * 1_000;

const quien = fc.integer({ min: 0, max: 2 });
const cual = fc.integer({ min: 0, max: 2 });
const piezas = fc.integer({ min: 1, max: 9 });
type Orden = fc.Arbitrary<
  | { que: 'cuenta'; quien: number; cual: number; piezas: number; caja: boolean; minuto: number }
  | { que: 'desconocido'; quien: number; cual: number; piezas: number; minuto: number }
  | { que: 'cero'; quien: number; cual: number; minuto: number }
  | { que: 'anula'; quien: number; cual: number }
  | { que: 'liga' }
  | { que: 'parte'; quien: number }
  | { que: 'recuento'; cual: number }
  | { que: 'mueve'; cual: number; piezas: number; venta: boolean; cuando: 'antes' | 'durante' | 'despues' }
  | { que: 'envia'; quien: number; repite: boolean }
>;
const minuto = fc.integer({ min: 30, max: 60 });
const orden: Orden = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      que: fc.constant('cuenta' as const),
      quien,
      cual,
      piezas,
      caja: fc.boolean(),
      minuto,
    }),
  },
  fc.record({ que: fc.constant('desconocido' as const), quien, cual, piezas, minuto }),
  fc.record({ que: fc.constant('cero' as const), quien, cual, minuto }),
  { weight: 2, arbitrary: fc.record({ que: fc.constant('anula' as const), quien, cual: fc.nat(20) }) },
  fc.record({ que: fc.constant('liga' as const) }),
  fc.record({ que: fc.constant('parte' as const), quien }),
  fc.record({ que: fc.constant('recuento' as const), cual }),
  {
    weight: 2,
    arbitrary: fc.record({
      que: fc.constant('mueve' as const),
      cual,
      piezas,
      venta: fc.boolean(),
      cuando: fc.constantFrom('antes' as const, 'durante' as const, 'despues' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ que: fc.constant('envia' as const), quien, repite: fc.boolean() }) },
);

const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

/** What a person with paper would know of a line. */
interface Anotada {
  id: string;
  de: number;
  producto: string;
  unidades: number;
  intento: number;
  anulada: boolean;
}

/** One conteo of three products by three phones, with its own book of what was counted, independent of the domain's. */
class Historia {
  readonly notas: Anotada[] = [];
  readonly telefonos: Telefono[] = [];
  readonly enviadas = [0, 0, 0];
  readonly desconocidas = new Map<string, { producto: string }>();
  /** Per product, the intento asked for and who was called. */
  readonly recuentos = new Map<string, { intento: number; llamado: number }>();
  productos: string[] = [];
  conteo = '';

  async empieza(): Promise<void> {
    for (const persona of gente) this.telefonos.push(await new Telefono(db).registra(persona));
    this.productos = [
      await e.producto({ costo: '10' }),
      await e.producto({ costo: '2.5' }),
      await e.producto(),
    ];
    for (const producto of this.productos.slice(0, 2)) {
      await e.mueve({ producto, tipo: 'inventario', cantidad: '20', en: hace(600) });
    }
    this.conteo = await e.conteo(gente);
  }

  escribe(de: number, producto: string, args: Parameters<typeof linea>[1], unidades: number): Anotada {
    const recuento = this.recuentos.get(producto);
    const intento = recuento?.llamado === de ? recuento.intento : 1;
    const nueva = linea(this.conteo, { ubicacionId: e.bins.A1, intento, ...args });
    this.telefonos[de]!.guarda(gente[de]!, 'conteo.linea/1', nueva);
    const nota = { id: nueva.id, de, producto, unidades, intento, anulada: false };
    this.notas.push(nota);
    return nota;
  }

  async envia(de: number, repite: boolean): Promise<void> {
    const telefono = this.telefonos[de]!;
    const desde = repite ? 0 : this.enviadas[de]!;
    const salida = await telefono.envia(telefono.diario.slice(desde));
    for (const r of salida.results) expect(['applied', 'late'], JSON.stringify(r)).toContain(r.status);
    this.enviadas[de] = telefono.diario.length;
  }

  async liga(): Promise<void> {
    for (const [lineaId, { producto }] of this.desconocidas) {
      const { rows } = await sql`select 1 from inventario.conteo_lineas where id = ${lineaId}`.execute(
        db.kysely,
      );
      if (rows.length === 0) continue;
      await linkCodigos(db, systemClock, e.quien(e.gerente), {
        conteoId: this.conteo,
        lineaIds: [lineaId],
        estado: 'ligada',
        productoId: producto,
        factor: null,
        motivo: null,
        aprender: false,
      });
      this.desconocidas.delete(lineaId);
    }
  }

  async recuenta(cual: number): Promise<void> {
    const producto = this.productos[cual]!;
    if (this.recuentos.has(producto)) return;
    const llamado = gente.findIndex(
      (_, de) => !this.notas.some((n) => n.de === de && n.producto === producto),
    );
    if (llamado === -1) return;
    for (const de of [0, 1, 2]) await this.envia(de, false);
    await this.liga();
    const { intento } = await requestRecuento(db, systemClock, e.quien(e.gerente), {
      conteoId: this.conteo,
      productoIds: [producto],
      contadores: [gente[llamado]!.id],
      motivo: 'dudo',
    });
    this.recuentos.set(producto, { intento, llamado });
  }

  /** Units by the paper: the latest intento that has a living line. */
  contado(producto: string): number | null {
    const vivas = this.notas.filter((n) => n.producto === producto && !n.anulada);
    if (vivas.length === 0) return null;
    const ultimo = Math.max(...vivas.map((n) => n.intento));
    return vivas.filter((n) => n.intento === ultimo).reduce((suma, n) => suma + n.unidades, 0);
  }
}

async function teorico(producto: string, en: Date): Promise<bigint> {
  const { rows } = await sql<{ cantidad: string }>`
    select cantidad from inventario.teorico(${producto}, ${e.tienda.almacenId}, ${en})`.execute(db.kysely);
  return toDecimal(rows[0]!.cantidad, CANTIDAD_ESCALA);
}

async function corre(
  historia: Historia,
  ordenes: readonly (typeof orden extends fc.Arbitrary<infer T> ? T : never)[],
) {
  await historia.empieza();
  for (const o of ordenes) {
    const producto = 'cual' in o ? historia.productos[o.cual % 3]! : '';
    if (o.que === 'cuenta') {
      const factor = o.caja ? 12 : 1;
      const args = { productoId: producto, cantidad: String(o.piezas), factor: String(factor) };
      historia.escribe(
        o.quien,
        producto,
        { ...args, contadoEn: hace(o.minuto).toISOString() },
        o.piezas * factor,
      );
    } else if (o.que === 'desconocido') {
      const args = {
        codigoCrudo: `X-${producto}`,
        cantidad: String(o.piezas),
        contadoEn: hace(o.minuto).toISOString(),
      };
      historia.desconocidas.set(historia.escribe(o.quien, producto, args, o.piezas).id, { producto });
    } else if (o.que === 'cero') {
      const args = {
        productoId: producto,
        cantidad: '0',
        tipo: 'cero' as const,
        contadoEn: hace(o.minuto).toISOString(),
      };
      historia.escribe(o.quien, producto, args, 0);
    } else if (o.que === 'anula') {
      const mias = historia.notas.filter((n) => n.de === o.quien && !n.anulada);
      const nota = mias[o.cual % Math.max(1, mias.length)];
      if (nota === undefined) continue;
      nota.anulada = true;
      historia.desconocidas.delete(nota.id);
      historia.telefonos[o.quien]!.guarda(
        gente[o.quien]!,
        'conteo.linea/1',
        linea(historia.conteo, {
          tipo: 'anula',
          anula: nota.id,
          cantidad: '0',
          intento: nota.intento,
          contadoEn: hace(29).toISOString(),
        }),
      );
    } else if (o.que === 'liga') await historia.liga();
    else if (o.que === 'parte') {
      historia.telefonos[o.quien]!.guarda(gente[o.quien]!, 'conteo.parte/1', {
        conteoId: historia.conteo,
        intento: 1,
        lineas: historia.notas.filter((n) => n.de === o.quien).length,
        terminadaEn: hace(25).toISOString(),
      });
    } else if (o.que === 'recuento') await historia.recuenta(o.cual);
    else if (o.que === 'mueve') {
      await e.mueve({
        producto,
        tipo: o.venta ? 'venta' : 'compra',
        cantidad: String(o.piezas),
        en: hace({ antes: 120, durante: 45, despues: 10 }[o.cuando]),
        registrada: new Date(),
      });
    } else await historia.envia(o.quien, o.repite);
  }
  // Everything arrives in the end; who was asked to recount does.
  for (const [producto, { intento, llamado }] of historia.recuentos) {
    if (historia.notas.some((n) => n.producto === producto && n.intento === intento && !n.anulada)) continue;
    historia.escribe(
      llamado,
      producto,
      { productoId: producto, cantidad: '7', contadoEn: hace(28).toISOString() },
      7,
    );
  }
  for (const de of [2, 0, 1]) await historia.envia(de, true);
  await historia.liga();
  await closePartes(db, systemClock, e.quien(e.gerente), { conteoId: historia.conteo, motivo: null });
}

test(
  'for any interleaving of lines, voids, links, parts, recounts and movements from several phones, the approved ajuste brings teorico to what was counted, once',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(orden, { minLength: 4, maxLength: 30 }), async (ordenes) => {
        const historia = new Historia();
        await corre(historia, ordenes);
        const { conteo } = historia;
        const revision = await reviewConteo(db, e.quien(admin), conteo);
        const contados = historia.productos.filter((p) => historia.contado(p) !== null);
        expect(revision.productos.map((p) => p.productoId).sort()).toEqual([...contados].sort());
        if (contados.length === 0) return;
        const pedido = { conteoId: conteo, productoIds: contados, motivo: 'prueba' };
        const hechos = await Promise.all(
          [1, 2, 3].map(() => approveProductos(db, systemClock, e.quien(admin), pedido)),
        );
        for (const hecho of hechos) expect(hecho.omitidos).toEqual([]);

        const asientos = await e.ajustes(conteo);
        expect(new Set(asientos.map((a) => a.producto_id)).size).toBe(asientos.length);
        for (const producto of contados) {
          const visto = revision.productos.find((p) => p.productoId === producto)!;
          const papel = BigInt(historia.contado(producto)!) * 100_000n;
          expect(toDecimal(visto.contado, CANTIDAD_ESCALA)).toBe(papel);
          const queda = await teorico(producto, new Date(visto.instante));
          if (visto.teorico === null || visto.lo === visto.hi) expect(queda).toBe(papel);
          else {
            // Movements of the window leave the book uncertain by exactly their width.
            const ancho = toDecimal(visto.hi!, CANTIDAD_ESCALA) - toDecimal(visto.lo!, CANTIDAD_ESCALA);
            const lejos = queda > papel ? queda - papel : papel - queda;
            expect(lejos <= ancho).toBe(true);
          }
        }
      }),
      { numRuns: HISTORIAS, ...(process.env.CUADRE_SEED ? { seed: Number(process.env.CUADRE_SEED) } : {}) },
    );
  },
  CUADRE_MS,
);
