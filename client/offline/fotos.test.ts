import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usaBases } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { NetFailure } from './core/ports.ts';
import { guardaFoto, subeFotos } from './fotos.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';

const ANA = '01981e00-0000-7000-8000-000000000001';
const CONTEO = '01981e00-0000-7000-8000-0000000000c1';
const siempre = new AbortController().signal;

let bases: { journal: Journal; cache: Cache };
let n = 0;
beforeEach(async () => {
  n += 1;
  const nombre = `fotos-${n}`;
  const cache = `cache-${nombre}`;
  bases = {
    journal: new Journal({ open: () => new JournalDb(nombre) }),
    cache: new Cache(() => new CacheDb(cache)),
  };
  usaBases(bases);
  const en = '2026-03-02T15:00:00.000Z';
  await bases.journal.enter(
    {
      usuarioId: ANA,
      nombre: 'Ana',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [],
      limiteAjuste: null,
      expiraEn: en,
    },
    { usuario: ANA, token: 'turno', emitido_en: en, expira_en: en },
  );
});
afterEach(async () => {
  await bases.journal.db.delete();
  await bases.cache.db.delete();
});

const foto = (byte: number) =>
  guardaFoto(`01981e00-0000-7000-8000-0000000000a${byte}`, CONTEO, new Uint8Array([byte]));
const pendientes = () => bases.journal.db.blobs.where('estado').equals('pendiente').count();
const falla = (status: number) => async () => {
  throw new NetFailure('http', { status });
};

test('photos have their own queue: no session, a busy server or no network never use up their turns', async () => {
  await foto(1);
  for (let i = 0; i < 12; i += 1) {
    for (const status of [401, 403, 429, 503]) expect(await subeFotos(falla(status), siempre)).toBe(0);
    expect(
      await subeFotos(async () => {
        throw new NetFailure('sin_red');
      }, siempre),
    ).toBe(0);
  }
  expect(await pendientes()).toBe(1);
  expect(await subeFotos(async () => {}, siempre)).toBe(1);
  expect(await pendientes()).toBe(0);
});

test('a photo that the server refuses for itself does not hold the others up, and stays to be seen as unsent', async () => {
  for (const byte of [1, 2, 3]) await foto(byte);
  let veces = 0;
  const [primera] = await bases.journal.db.blobs.orderBy('id').toArray();
  const sube = async ({ sha256 }: { sha256: string }) => {
    if (sha256 !== primera!.sha256) return;
    veces += 1;
    throw new NetFailure('http', { status: 415 });
  };
  expect(await subeFotos(sube, siempre)).toBe(2);
  for (let i = 0; i < 12; i += 1) expect(await subeFotos(sube, siempre)).toBe(0);
  expect(veces).toBe(8);
  expect(await pendientes()).toBe(1);
  expect((await bases.journal.db.blobs.get(primera!.id))?.bytes).not.toBeNull();
  expect(await bases.journal.db.mutations.where('name').equals('conteo.foto/1').count()).toBe(2);
});

test('killed between the upload and its note, a photo goes up again and is tied to its line once', async () => {
  await foto(4);
  const muerta = new AbortController();
  const subidas: string[] = [];
  // The bytes arrived; the process is gone before it could note it.
  await subeFotos(async ({ sha256 }) => {
    subidas.push(sha256);
    muerta.abort();
    throw new NetFailure('tiempo');
  }, muerta.signal);
  expect(await pendientes()).toBe(1);
  expect(await subeFotos(async ({ sha256 }) => void subidas.push(sha256), siempre)).toBe(1);
  expect(new Set(subidas).size).toBe(1);
  expect(await bases.journal.db.mutations.where('name').equals('conteo.foto/1').count()).toBe(1);
});
