import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FilaRechazo } from '#shared/contracts/filas.ts';
import type { PaginaScope, PullSalida } from '#shared/contracts/sync.ts';
import { type Bases, BasesReales } from './bases.ts';
import { BasesMemoria } from './memoria.ts';
import { semillaDeHoy } from './semilla.ts';

/** The fast phone answers as the real journal and cache, or hundreds of thousands of its histories would prove nothing. */
const SEMILLA = semillaDeHoy();
const CAREOS = Number(process.env.CAREOS ?? 40);

type Orden =
  | { k: 'guarda'; de: number; ns: number[] }
  | { k: 'responde'; cuantas: number; como: string[]; cojea: number }
  | { k: 'rebobina'; desde: number }
  | { k: 'bifurca'; propia: boolean }
  | { k: 'aparta'; cual: number }
  | { k: 'retoma' | 'falla' | 'sale' | 'anota' | 'reconstruye' | 'esquema' | 'clona' }
  | { k: 'entra'; de: number; movido: boolean; vieja: boolean }
  | { k: 'purga'; de: number }
  | { k: 'epoca'; e: number }
  | { k: 'olvida'; mid: number }
  | {
      k: 'baja';
      paginas: {
        scope: number;
        ids: number[];
        borra: number[];
        reset: boolean;
        head: boolean;
        vieja: boolean;
      }[];
      quita: number[];
      lastMid: number | null;
      deOtra: boolean;
    };

const GENTE = ['ana', 'luis'];
const ESTADOS = ['applied', 'late', 'rejected', 'quarantined', 'en_espera'] as const;
const SCOPES = [
  'catalogo',
  'tienda:1',
  'tienda:3',
  'usuario:ana',
  'usuario:luis',
  'lineas:c1:ana',
  'conteo:c1',
];
const BYTES = 700;
/** To look at everything costs more than the command. */
const CADA = 4;

const de = fc.nat(1);
const rec = <K extends Orden['k']>(k: K, fields: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ k: fc.constant(k), ...fields }) as unknown as fc.Arbitrary<Orden>;
const ids = (max: number) => fc.uniqueArray(fc.nat(5), { maxLength: max });
const ordenes: fc.Arbitrary<Orden> = fc.oneof(
  { weight: 6, arbitrary: rec('guarda', { de, ns: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }) }) },
  {
    weight: 6,
    arbitrary: rec('responde', {
      cuantas: fc.integer({ min: 1, max: 5 }),
      como: fc.array(fc.constantFrom(...ESTADOS), { minLength: 5, maxLength: 5 }),
      cojea: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: rec('rebobina', { desde: fc.integer({ min: -1, max: 9 }) }) },
  { weight: 1, arbitrary: rec('bifurca', { propia: fc.boolean() }) },
  { weight: 2, arbitrary: rec('aparta', { cual: fc.nat(4) }) },
  { weight: 2, arbitrary: rec('retoma') },
  { weight: 1, arbitrary: rec('falla') },
  { weight: 1, arbitrary: rec('sale') },
  { weight: 1, arbitrary: rec('anota') },
  { weight: 1, arbitrary: rec('reconstruye') },
  { weight: 1, arbitrary: rec('esquema') },
  { weight: 1, arbitrary: rec('clona') },
  { weight: 2, arbitrary: rec('entra', { de, movido: fc.boolean(), vieja: fc.boolean() }) },
  { weight: 2, arbitrary: rec('purga', { de: fc.nat(2) }) },
  { weight: 1, arbitrary: rec('epoca', { e: fc.nat(3) }) },
  { weight: 1, arbitrary: rec('olvida', { mid: fc.nat(6) }) },
  {
    weight: 9,
    arbitrary: rec('baja', {
      paginas: fc.uniqueArray(
        fc.record({
          scope: fc.nat(SCOPES.length - 1),
          ids: ids(4),
          borra: ids(2),
          reset: fc.boolean(),
          head: fc.boolean(),
          vieja: fc.nat(9).map((n) => n === 0),
        }),
        { maxLength: 3, selector: (pagina) => pagina.scope },
      ),
      quita: fc.uniqueArray(fc.nat(SCOPES.length - 1), { maxLength: 1 }),
      lastMid: fc.option(fc.nat(9)),
      deOtra: fc.nat(9).map((n) => n === 0),
    }),
  },
);

/** Rows of a kind that each scope may hold; the same id in two scopes is one row that has moved. */
function pagina(
  scope: string,
  { ids, borra, reset, head }: (Orden & { k: 'baja' })['paginas'][number],
  n: number,
) {
  const tbl =
    scope === 'catalogo'
      ? 'productos'
      : scope.startsWith('tienda')
        ? 'ubicaciones'
        : scope.startsWith('usuario')
          ? 'rechazos'
          : scope.startsWith('lineas')
            ? 'conteo_lineas'
            : 'conteo_presencias';
  const fila = (id: number) => ({
    id: `${tbl}-${id}`,
    codigo: `C-${id}`,
    almacenId: 'w',
    conteoId: 'c1',
    usuarioId: 'ana',
    deviceId: 'd',
    mid: id,
    state: 'abierta',
    n,
  });
  const una: PaginaScope = {
    scope,
    reset,
    upserts: ids.length === 0 ? {} : { [tbl]: ids.map(fila) },
    deletes: borra.length === 0 ? {} : { [tbl]: borra.map((id) => `${tbl}-${id}`) },
    cursor: `${scope}@${n}`,
    head,
  } as unknown as PaginaScope;
  return una;
}

/** One phone with one kind of databases. What differs by nature, the names of devices, is known by order of appearance. */
class Lado {
  bases: Bases;
  readonly #equipos: string[] = [];
  #cursores: Record<string, string> = {};
  #serie = '';
  #n = 0;

  constructor(bases: Bases) {
    this.bases = bases;
  }

  #equipo(id: string): number {
    if (!this.#equipos.includes(id)) this.#equipos.push(id);
    return this.#equipos.indexOf(id);
  }

  async haz(orden: Orden): Promise<unknown> {
    const { diario, cache } = this.bases;
    this.#n += 1;
    const { id, secret } = await diario.device();
    switch (orden.k) {
      case 'guarda':
        return void (await this.bases.guarda(
          orden.ns.map((n) => ({
            name: 'conteo.linea/1',
            args: JSON.stringify({ id: `l${n}`, relleno: 'ñ'.repeat(n) }),
            usuario: GENTE[orden.de]!,
            createdAt: '2026-03-02T15:00:00.000Z',
            desfaseGuardarMs: n,
            entidad: `l${n}`,
            conteo: 'c1',
          })),
        ));
      case 'responde': {
        const tanda = await diario.batch(orden.cuantas, BYTES);
        // Lame: a number that was not sent, the answer to another content, another device, words.
        const enviadas = orden.cojea === 1 ? tanda.map((una) => ({ ...una, hash: 'otro' })) : tanda;
        const results = tanda.map(({ mid }, i) => ({
          mid: orden.cojea === 2 ? mid + 1 : mid,
          status: orden.como[i]! as (typeof ESTADOS)[number],
          ...(orden.cojea === 3
            ? { mensaje: 'No se pudo.' }
            : orden.cojea === 4
              ? { code: 'X' as never }
              : {}),
        }));
        return diario.applyResults(orden.cojea === 5 ? 'otro' : id, enviadas, results);
      }
      case 'rebobina':
        return diario.rewind(id, orden.desde);
      case 'bifurca':
        return diario.fork(orden.propia ? id : 'otro');
      case 'aparta': {
        const tanda = await diario.batch(9, 99_999);
        const mid = tanda[orden.cual]?.mid ?? 999;
        return diario.setAside(id, mid, 'no pasa');
      }
      case 'retoma':
        return diario.takeBack();
      case 'falla':
        return diario.noteFailure(
          id,
          (await diario.batch(2, 99_999)).map(({ mid }) => mid),
          'sin red',
        );
      case 'sale':
        return this.bases.sale();
      case 'entra': {
        const usuario = GENTE[orden.de]!;
        const antes = await this.bases.turnosDeAntes();
        const otra = GENTE[1 - orden.de]!;
        const movidos = orden.movido ? [{ usuario: otra, token: `${otra}-movido-${this.#n}` }] : [];
        const deviceId = orden.vieja ? 'otro' : id;
        await this.bases.entra(
          usuario,
          { deviceId, token: `${usuario}-${this.#n}`, movidos },
          this.#n * 1_000,
        );
        return antes
          .map(({ token, deviceId: de, secret: prueba }) => [token, this.#equipo(de), prueba === secret])
          .sort();
      }
      case 'purga':
        return this.bases.purga(GENTE[orden.de] ?? null);
      case 'epoca':
        return diario.setEpoch(`e${orden.e}`);
      case 'olvida':
        return cache.dropLevel(id, orden.mid);
      case 'anota':
        this.#cursores = await cache.cursors();
        this.#serie = await cache.serie();
        return;
      case 'reconstruye':
        return cache.rebuild();
      case 'esquema':
        return this.bases.otroEsquema();
      case 'clona': {
        const copia = await this.bases.clona();
        await this.bases.tira();
        this.bases = copia;
        return;
      }
      case 'baja': {
        const actuales = await cache.cursors();
        const sent = { ...actuales };
        const pages = orden.paginas.map((una) => {
          const scope = SCOPES[una.scope]!;
          if (una.vieja) sent[scope] = this.#cursores[scope] ?? 'de-antes';
          return pagina(scope, una, this.#n);
        });
        const answer: PullSalida = {
          epoch: 'e',
          pages,
          lastMid: orden.lastMid,
          scopesAdded: [],
          scopesRemoved: orden.quita
            .map((n) => SCOPES[n]!)
            .filter((s) => !pages.some(({ scope }) => scope === s)),
          done: true,
        };
        const serie = orden.deOtra ? this.#serie : await cache.serie();
        return cache.applyPull(answer, sent, id, serie);
      }
    }
  }

  /** Everything that the engine, the screens and the checks of the simulation read. */
  async mira(): Promise<unknown> {
    const { diario, cache } = this.bases;
    const { id } = await diario.device();
    const primera = (await diario.batch(1, 1))[0];
    const sigue = primera ? await diario.batch(3, BYTES, { device: id, mid: primera.mid }) : [];
    const nivel = await this.bases.nivel();
    const filas = async (lado: 'visible' | 'cursor') =>
      [...(await this.bases.filas(lado))].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      equipo: this.#equipo(id),
      stats: await diario.stats(),
      tanda: await diario.batch(4, BYTES),
      una: primera,
      sigue,
      epoca: await diario.epoch(),
      mutaciones: (await this.bases.mutaciones()).map(({ device, enviada_en, ...row }) => ({
        ...row,
        equipo: this.#equipo(device),
        enviada: enviada_en !== null,
      })),
      cursores: await cache.cursors(),
      nivel: nivel && [this.#equipo(nivel.device), nivel.mid],
      visible: await filas('visible'),
      cursor: await filas('cursor'),
      hallados: await this.bases.hallados(['C-0', 'C-3', 'C-5', 'NO']),
      rechazos: (await this.bases.rechazos()).map((fila: FilaRechazo) => fila.id).sort(),
    };
  }
}

test(`the phone in memory answers as the real journal and cache (seed ${SEMILLA})`, {
  timeout: 600_000,
}, async () => {
  Error.stackTraceLimit = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(ordenes, { minLength: 5, maxLength: 30, size: 'max' }), async (todas) => {
      const lados = [new Lado(new BasesMemoria()), new Lado(new BasesReales())];
      try {
        for (const [i, orden] of todas.entries()) {
          const [modelo, real] = [await lados[0]!.haz(orden), await lados[1]!.haz(orden)];
          expect({ orden, dijo: modelo }).toEqual({ orden, dijo: real });
          if (i % CADA !== 0 && i < todas.length - 1) continue;
          expect({ orden, ...((await lados[0]!.mira()) as object) }).toEqual({
            orden,
            ...((await lados[1]!.mira()) as object),
          });
        }
      } finally {
        for (const { bases } of lados) await bases.tira();
      }
    }),
    { numRuns: CAREOS, seed: SEMILLA },
  );
});
