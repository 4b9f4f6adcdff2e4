import fc from 'fast-check';
import { sql } from 'kysely';
import { contar, crearConteoLibre, deshacer } from '#client/offline/acciones.ts';
import { usaBases } from '#client/offline/bases.ts';
import { leeRechazos } from '#client/offline/rechazos.ts';
import { leeContado } from '#client/offline/vista-conteos.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { startSync } from '#server/sync/port.ts';
import { type TestUser, testTienda, testUser } from '../db/people.ts';
import { BasesReales } from './bases.ts';
import { exige } from './invariantes.ts';
import { Manejadores } from './manejadores.ts';
import { Red } from './red.ts';
import { azar, Reloj } from './reloj.ts';
import { Pestana, Telefono } from './telefono.ts';

/** The phone's real actions, journal, cache and engine against the server's real handlers on a real database. */
type Paso =
  | { k: 'cuenta'; veces: number }
  | { k: 'deshace' | 'cambia' | 'pestana' }
  | { k: 'veneno' | 'futuro' }
  | { k: 'espera'; ms: number }
  | { k: 'red'; maldad: number }
  | { k: 'choca'; en: number; momento: 'antes' | 'despues' }
  | { k: 'mata'; en: number };

export type HistoriaSql = { seed: number; pasos: Paso[] };

const pasos: fc.Arbitrary<Paso> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ k: fc.constant('cuenta' as const), veces: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      k: fc.constantFrom('deshace' as const, 'cambia' as const, 'pestana' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ k: fc.constantFrom('veneno' as const, 'futuro' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ k: fc.constant('espera' as const), ms: fc.constantFrom(400, 2_000, 12_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ k: fc.constant('red' as const), maldad: fc.constantFrom(0, 0.3, 0.6) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      k: fc.constant('choca' as const),
      en: fc.integer({ min: 1, max: 8 }),
      momento: fc.constantFrom('antes' as const, 'despues' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ k: fc.constant('mata' as const), en: fc.integer({ min: 1, max: 22 }) }),
  },
);

export function historiasSql(maxLength: number): fc.Arbitrary<HistoriaSql> {
  return fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pasos: fc.array(pasos, { minLength: 3, maxLength, size: 'max' }),
  });
}

/** Once per database. */
export async function abreServidor(db: Db): Promise<void> {
  await startSync({ db, clock: { now: () => new Date(), newId } });
}

/** Plays one history to its end, with a shop and people of its own; rejects with a `Violacion` that names the invariant. */
export async function viveSql(db: Db, historia: HistoriaSql): Promise<void> {
  const tienda = await testTienda(db);
  const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  const luis = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  const reloj = new Reloj();
  const random = azar(historia.seed);
  const servidor = new Manejadores(db, { now: () => new Date(reloj.now), newId }, [ana, luis]);
  const bases = new BasesReales();
  const telefono = new Telefono(new Red(reloj, random), bases);
  usaBases({ journal: bases.journal, cache: bases.real });
  let autor = ana;
  let tabs: Pestana[] = [];
  const abre = () => {
    tabs = [...tabs.filter((tab) => tab.viva), new Pestana(telefono, () => servidor, reloj, random)];
  };
  const enTurno = async (person: TestUser) => {
    const { id, secret } = await bases.diario.device();
    await telefono.entra(person.id, await servidor.registra({ id, secret }, person.id), reloj.now);
    autor = person;
    telefono.persona = { usuario: person.id, sesion: true };
  };
  const conteos = new Map<string, string>();
  const guardadas = new Map<string, string>();
  /** What the server will not apply: id → its text. */
  const negadas = new Map<string, { args: string; autor: string }>();
  const conteoDe = async () => {
    const there = conteos.get(autor.id);
    if (there) return there;
    const id = await crearConteoLibre({ almacenId: tienda.almacenId });
    conteos.set(autor.id, id);
    return id;
  };
  const cuenta = async (veces: number) => {
    const conteoId = await conteoDe();
    for (let i = 0; i < veces; i += 1) {
      const linea = await contar({
        conteoId,
        intento: 1,
        ubicacionId: null,
        codigoCrudo: `SIN-ALTA-${i}`,
        simbologia: null,
        fuente: 'pistola',
        productoId: null,
        cantidad: String(i + 1),
        factor: '1',
      });
      guardadas.set(linea.id, autor.id);
    }
  };
  const niega = async (name: string) => {
    const id = newId();
    const args = JSON.stringify({ id, conteoId: await conteoDe(), cantidad: 'muchas' });
    const createdAt = new Date(reloj.now).toISOString();
    await bases.guarda([
      { name, args, usuario: autor.id, createdAt, desfaseGuardarMs: null, entidad: id, conteo: null },
    ]);
    negadas.set(id, { args, autor: autor.id });
  };

  try {
    await enTurno(ana);
    abre();
    for (const paso of historia.pasos) {
      if (tabs.every((tab) => !tab.viva)) abre();
      const tab = tabs.find((one) => one.viva)!;
      if (paso.k === 'cuenta') await cuenta(paso.veces);
      else if (paso.k === 'deshace') {
        const linea = await deshacer(await conteoDe(), 1);
        if (linea) guardadas.set(linea.id, autor.id);
      } else if (paso.k === 'cambia') await enTurno(autor === ana ? luis : ana);
      else if (paso.k === 'pestana') {
        if (tabs.filter((one) => one.viva).length < 3) abre();
      } else if (paso.k === 'veneno') await niega('conteo.linea/1');
      else if (paso.k === 'futuro') await niega('conteo.futuro/1');
      else if (paso.k === 'espera') await reloj.advance(paso.ms);
      else if (paso.k === 'red') telefono.red.maldad = paso.maldad;
      else if (paso.k === 'mata') servidor.matarEn = paso.en;
      else if (paso.k === 'choca') {
        tab.choque = { en: paso.en, momento: paso.momento };
        tab.engine.poke('foco');
        await reloj.advance(2_000);
      }
    }
    telefono.red.maldad = 0;
    servidor.matarEn = null;
    if (tabs.every((tab) => !tab.viva)) abre();
    for (const tab of tabs) {
      tab.choque = null;
      tab.engine.poke('online');
    }
    await reloj.advance(120_000);
    await comprueba();
  } finally {
    for (const tab of tabs) tab.mata();
    await reloj.settle();
    usaBases(null);
    await bases.tira();
  }

  async function comprueba(): Promise<void> {
    const diario = await bases.mutaciones();
    const quedan = diario.filter((row) => row.state === 'pendiente' || row.state === 'apartada');
    exige(quedan.length === 0, 'I5', `quedan ${quedan.length} sin enviar`);
    const ids = [...conteos.values()];
    const { rows } =
      ids.length === 0
        ? { rows: [] }
        : await sql<{ id: string; usuario_id: string }>`
            select id, usuario_id from inventario.conteo_lineas
            where conteo_id in (${sql.join(ids)})`.execute(db.kysely);
    const hay = new Map(rows.map((row) => [row.id, row.usuario_id]));
    for (const [id, usuario] of guardadas) {
      exige(hay.has(id), 'I1', `el servidor no tiene ${id}`);
      exige(hay.get(id) === usuario, 'I2', `${id} cambió de autor`);
    }
    // An id is a row once, by its key; more rows than lines saved would be lines that nobody counted.
    exige(
      hay.size === guardadas.size,
      'I2',
      `${hay.size} líneas en el servidor de ${guardadas.size} guardadas`,
    );
    await compruebaCartas();
    const propio = conteos.get(autor.id) ?? '';
    const suyas = [...guardadas].filter(([, usuario]) => usuario === autor.id).length;
    const enCache = await bases.real.db.conteo_lineas.where('conteoId').equals(propio).count();
    exige(enCache === suyas, 'I3', `${enCache} líneas en la caché de ${suyas}`);
    if (propio === '') return;
    const contado = await leeContado(propio, autor.id);
    const todo = contado.every((row) => row.estado === 'enviado');
    exige(todo, 'I1', 'algo contado no se ve enviado');
  }

  /** I7: a dead letter for each refused one, whole, and on the screen of its author. */
  async function compruebaCartas(): Promise<void> {
    if (negadas.size === 0) return;
    const { rows } = await sql<{ args: string }>`
      select args from sync.rejection where conteo_id in (${sql.join([...conteos.values()])})`.execute(
      db.kysely,
    );
    const textos = rows.map((row) => row.args);
    const vistos = (await leeRechazos()).map((rechazo) => rechazo.args);
    for (const [id, carta] of negadas) {
      const veces = textos.filter((texto) => texto === carta.args).length;
      exige(veces === 1, 'I7', `${veces} cartas muertas de ${id}`);
      if (carta.autor !== autor.id) continue;
      exige(vistos.includes(carta.args), 'I7', `el rechazo de ${id} no se ve`);
    }
  }
}
