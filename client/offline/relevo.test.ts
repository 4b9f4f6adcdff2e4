import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contar, crearConteoLibre } from './acciones.ts';
import { usaBases } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { journalPort } from './journal-port.ts';
import { observa } from './live.ts';
import type { Identidad } from './modelo.ts';
import { releva } from './relevo.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, LUIS, TIENDA, OTRA_TIENDA, ALMACEN, CONTEO] = [1, 2, 10, 13, 11, 40].map(id) as [
  string,
  ...string[],
];
const AT = '2026-03-02T15:00:00.000Z';
let next = 0;
let bases: { journal: Journal; cache: Cache };

const persona = (
  usuarioId: string,
  nombre: string,
  rol: Identidad['rol'],
  tiendaIds = [TIENDA!],
): Identidad => ({
  usuarioId,
  nombre,
  correo: null,
  rol,
  tiendaIds,
  limiteAjuste: null,
  expiraEn: AT,
});
const gerente = persona(ANA, 'Ana', 'gerente', [TIENDA!, OTRA_TIENDA!]);
const contador = persona(LUIS!, 'Luis', 'almacenista');
const turno = (usuario: string) => ({ usuario, token: `turno-${usuario}`, emitido_en: AT, expira_en: AT });

function respuesta(pages: Record<string, Record<string, object[]>>) {
  return {
    epoch: 'e',
    pages: Object.entries(pages).map(([scope, upserts]) => ({
      scope,
      reset: false,
      upserts,
      deletes: {},
      cursor: 'c1',
      head: true,
    })) as never[],
    lastMid: null,
    scopesAdded: [],
    scopesRemoved: [],
    done: true,
  };
}

/** What only Ana, a gerente of two shops, may see. */
const DE_ANA: Record<string, Record<string, object[]>> = {
  [`stock:${TIENDA}`]: { existencias: [{ productoId: id(20), almacenId: ALMACEN, cantidad: '84' }] },
  [`costos:${TIENDA}`]: { producto_costos: [{ id: id(21), productoId: id(20), costo: '10' }] },
  [`conteo:${CONTEO}`]: {
    conteos: [{ id: CONTEO, nombre: 'De Ana', almacenId: ALMACEN, estado: 'abierto' }],
  },
  [`tienda:${OTRA_TIENDA}`]: { tiendas: [{ id: OTRA_TIENDA, codigo: 'GDL-01', nombre: 'Guadalajara' }] },
  [`lineas:${CONTEO}:${ANA}`]: { conteo_lineas: [{ id: id(50), conteoId: CONTEO, usuarioId: ANA }] },
};
const TABLAS = ['existencias', 'producto_costos', 'conteos', 'conteo_lineas'] as const;

async function deAna(): Promise<number> {
  const { db } = bases.cache;
  const counts = await Promise.all(TABLAS.map((table) => db.table(table).count()));
  return counts.reduce((sum, n) => sum + n, 0) + (await db.tiendas.where('_pk').equals(OTRA_TIENDA!).count());
}

beforeEach(async () => {
  next += 1;
  bases = {
    journal: new Journal({ open: () => new JournalDb(`journal-relevo-${next}`) }),
    cache: new Cache(() => new CacheDb(`cache-relevo-${next}`)),
  };
  usaBases(bases);
  await releva(gerente, turno(ANA));
  await bases.cache.applyPull(
    respuesta({ ...DE_ANA, [`tienda:${TIENDA}`]: { tiendas: [{ id: TIENDA, codigo: 'CDMX-01' }] } }),
    {},
    'd',
  );
});

afterEach(async () => {
  usaBases(null);
  await bases.journal.db.delete();
  await bases.cache.db.delete();
});

test('what the former user might see and the new one may not is purged at the switch, before the new person is in', async () => {
  expect(await deAna()).toBe(5);
  await releva(contador, turno(LUIS!));
  await releva(gerente, null);
  await bases.cache.applyPull(respuesta(DE_ANA), {}, 'd');
  const vistos: [string, number][] = [];
  const stop = observa(
    async () => {
      const quien = (await bases.journal.activeIdentity())?.nombre ?? 'nadie';
      return [quien, await deAna()] as [string, number];
    },
    (visto) => vistos.push(visto),
  );
  await expect.poll(() => vistos.at(-1)).toEqual(['Ana', 5]);
  await releva(contador, null);
  await expect.poll(() => vistos.at(-1)).toEqual(['Luis', 0]);
  stop();
  expect(vistos.filter(([quien, filas]) => quien === 'Luis' && filas > 0)).toEqual([]);
  // The shop of both stays: the new person can count at once.
  expect(await bases.cache.db.tiendas.count()).toBe(1);
});

test('what the former user might see is purged at the switch also when the phone died in the middle of it', async () => {
  await bases.journal.leave();
  await releva(contador, null);
  expect(await deAna()).toBe(0);
});

test('an answer of the server that was asked for the former user is not stored after the switch', async () => {
  const { serie } = await bases.cache.dueno();
  await releva(contador, turno(LUIS!));
  await bases.cache.applyPull(respuesta(DE_ANA), {}, 'd', serie);
  expect(await deAna()).toBe(0);
  const { serie: suya } = await bases.cache.dueno();
  await bases.cache.applyPull(
    respuesta({ [`conteo:${CONTEO}`]: { conteos: [{ id: CONTEO, estado: 'abierto' }] } }),
    {},
    'd',
    suya,
  );
  expect(await bases.cache.db.conteos.count()).toBe(1);
});

test('the same person coming back keeps what is on the phone', async () => {
  await bases.journal.leave();
  await releva(gerente, null);
  expect(await deAna()).toBe(5);
});

test('each line keeps its own author: what Ana left unsent goes with her turno, what Luis counts with his', async () => {
  const linea = (conteoId: string) => ({
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo: '999',
    simbologia: null,
    fuente: 'pistola' as const,
    productoId: null,
    cantidad: '1',
    factor: '1',
  });
  const deElla = await crearConteoLibre({ almacenId: ALMACEN! });
  await contar(linea(deElla));
  await releva(contador, turno(LUIS!));
  const deEl = await crearConteoLibre({ almacenId: ALMACEN! });
  await contar(linea(deEl));
  await releva(gerente, null);
  await contar(linea(deElla));
  const rows = await bases.journal.db.mutations.orderBy('seq').toArray();
  expect(rows.map((row) => row.usuario)).toEqual([ANA, ANA, LUIS, LUIS, ANA]);
  const batch = await journalPort(bases.journal).batch(100, 1_000_000);
  const [deAnaTurno, deLuisTurno] = [`turno-${ANA}`, `turno-${LUIS}`];
  expect(batch.map((each) => each.turno)).toEqual([
    deAnaTurno,
    deAnaTurno,
    deLuisTurno,
    deLuisTurno,
    deAnaTurno,
  ]);
});

describe('a renewal whose answer comes late', () => {
  const alta = async () => ({ deviceId: (await bases.journal.device()).id, movidos: [] });
  const nuevo = (usuario: string) => ({
    ...turno(usuario),
    token: 'renovado',
    emitido_en: '2026-03-02T16:00:00.000Z',
  });
  const token = async (usuario: string) => (await bases.journal.db.turnos.get(usuario))?.token;

  test('renews the turno of who asked for it, and leaves the phone to who has taken it since', async () => {
    await releva(gerente, turno(ANA));
    await releva(contador, turno(LUIS!));
    expect(await bases.journal.renew({ ...gerente, nombre: 'Ana T.' }, nuevo(ANA), await alta())).toBe(false);
    expect((await bases.journal.activeIdentity())?.usuarioId).toBe(LUIS);
    expect(await token(ANA)).toBe('renovado');
    // When she comes back by PIN, she is who the server last said.
    await releva(gerente, null);
    expect(await bases.journal.activeIdentity()).toMatchObject({ usuarioId: ANA, nombre: 'Ana T.' });
  });

  test('puts nobody back who has signed out, and keeps who is still in', async () => {
    await releva(gerente, turno(ANA));
    expect(await bases.journal.renew(gerente, nuevo(ANA), await alta())).toBe(true);
    expect((await bases.journal.activeIdentity())?.usuarioId).toBe(ANA);
    await bases.journal.leave();
    expect(await bases.journal.renew(gerente, nuevo(ANA), await alta())).toBe(false);
    expect(await bases.journal.activeIdentity()).toBeUndefined();
  });

  test('takes the person again where the journal was lost under the open app', async () => {
    expect(await bases.journal.renew(gerente, nuevo(ANA), await alta())).toBe(true);
    expect((await bases.journal.activeIdentity())?.usuarioId).toBe(ANA);
  });
});
