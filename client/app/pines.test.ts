import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { Journal } from '#client/offline/journal.ts';
import { JournalDb } from '#client/offline/journal-db.ts';
import { Pines } from './pines.ts';
import { ITERACIONES } from './sello.ts';

const ANA = '01900000-0000-7000-8000-000000000001';
const LUIS = '01900000-0000-7000-8000-000000000002';
const SESION = JSON.stringify({ access_token: 'secreto-de-ana', refresh_token: 'renueva-ana' });
let next = 0;
let opened: Journal[] = [];

function telefono(name = `journal-pines-${++next}`): { pines: Pines; journal: Journal } {
  const journal = new Journal({ open: () => new JournalDb(name) });
  opened.push(journal);
  // why: the real work factor is held to its floor below; each try with it would take seconds here
  return { journal, pines: new Pines(() => journal, 1_000) };
}

afterEach(async () => {
  for (const { db } of opened) db.close();
  for (const { db } of opened) await Dexie.delete(db.name);
  opened = [];
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  );

test('shared phones: fast switch of user by an offline PIN (enrolled on that device): it brings back the person’s own tokens', async () => {
  const { pines } = telefono();
  await pines.crea(ANA, '4831');
  expect(await pines.prueba(ANA, 'Ana', '4831')).toBeNull();
  expect(await pines.sella(ANA, SESION)).toBe(true);
  expect(await pines.prueba(ANA, 'Ana', '4831')).toBe(SESION);
  expect(await code(pines.prueba(LUIS, 'Luis', '4831'))).toBe('PIN_SIN_PIN');
  expect(await pines.sella(LUIS, SESION)).toBe(false);
});

test('a PIN is kept as salted PBKDF2 with the work that OWASP asks for; neither it nor the tokens can be read, nor opened as another person', async () => {
  expect(ITERACIONES).toBeGreaterThanOrEqual(600_000);
  const { pines, journal } = telefono();
  await pines.crea(ANA, '4831');
  await pines.crea(LUIS, '4831');
  await pines.sella(ANA, SESION);
  const [ana, luis] = [(await journal.db.pines.get(ANA))!, (await journal.db.pines.get(LUIS))!];
  expect(Buffer.from(ana.sal).equals(Buffer.from(luis.sal))).toBe(false);
  const bytes = [ana.privada.datos, ana.sesion!.datos].map((each) => Buffer.from(each).toString('latin1'));
  const texto = JSON.stringify(ana) + bytes.join('');
  for (const secreto of ['4831', 'secreto-de-ana', 'renueva-ana']) expect(texto).not.toContain(secreto);
  await journal.db.pines.update(LUIS, { sesion: ana.sesion });
  expect(await pines.prueba(LUIS, 'Luis', '4831')).toBeNull();
});

test('lock-out after 5 misses: it survives a reload, the right PIN does not open it any more, the password does', async () => {
  const { pines, journal } = telefono();
  await pines.crea(ANA, '4831');
  await pines.crea(LUIS, '7302');
  for (let miss = 0; miss < 4; miss += 1)
    expect(await code(pines.prueba(ANA, 'Ana', '9999'))).toBe('PIN_INCORRECTO');
  // Another person's right PIN gives Ana's guesser nothing.
  expect(await code(pines.prueba(LUIS, 'Luis', '7302'))).toBe('ok');
  journal.db.close();
  const otra = telefono(journal.db.name).pines;
  expect(await code(otra.prueba(ANA, 'Ana', '9999'))).toBe('PIN_BLOQUEADO');
  expect(await code(otra.prueba(ANA, 'Ana', '4831'))).toBe('PIN_BLOQUEADO');
  await otra.perdona(ANA);
  expect(await code(otra.prueba(ANA, 'Ana', '4831'))).toBe('ok');
});

test('lock-out after 5 misses: tries at the same time get no more than five, and no clock gives them back', async () => {
  const { pines, journal } = telefono();
  await pines.crea(ANA, '4831');
  const said = await Promise.all(
    Array.from({ length: 20 }, (_, n) => code(pines.prueba(ANA, 'Ana', String(5000 + n * 7)))),
  );
  expect(said.filter((each) => each === 'PIN_INCORRECTO')).toHaveLength(4);
  const row = (await journal.db.pines.get(ANA))!;
  expect(row.fallos).toBe(5);
  // Nothing in the row is an instant: there is nothing that a changed clock could end.
  expect(Object.keys(row).sort()).toEqual(
    ['fallos', 'iteraciones', 'privada', 'publica', 'sal', 'sesion', 'usuarioId'].sort(),
  );
  expect(await code(pines.prueba(ANA, 'Ana', '4831'))).toBe('PIN_BLOQUEADO');
});

test('a right PIN starts the misses over; a trivial one is refused before anything is kept', async () => {
  const { pines } = telefono();
  expect(await code(pines.crea(ANA, '1234'))).toBe('PIN_OBVIO');
  expect(await code(pines.crea(ANA, '12'))).toBe('PIN_INVALIDO');
  expect(await pines.tiene(ANA)).toBe(false);
  await pines.crea(ANA, '4831');
  for (let round = 0; round < 3; round += 1) {
    for (let miss = 0; miss < 4; miss += 1)
      expect(await code(pines.prueba(ANA, 'Ana', '9999'))).toBe('PIN_INCORRECTO');
    expect(await code(pines.prueba(ANA, 'Ana', '4831'))).toBe('ok');
  }
});

test('a journal of version 1, open in an older tab, gets the table of PINs and loses nothing', async () => {
  const name = `journal-pines-${++next}`;
  const vieja = new Dexie(name);
  vieja.version(1).stores({
    device: 'k',
    mutations: '++seq, &[device+mid], state, hash, name, entidad, conteo',
    blobs: 'id, estado, lineaId',
    turnos: 'usuario',
    identidad: 'usuarioId, activa',
    medidas: 'k',
  });
  const fila = { device: 'd', mid: 1, name: 'x/1', state: 'pendiente', hash: 'h', entidad: 'e', conteo: 'c' };
  await vieja.table('mutations').add(fila);
  const { pines, journal } = telefono(name);
  await pines.crea(ANA, '4831');
  expect(await journal.db.mutations.toArray()).toEqual([{ ...fila, seq: 1 }]);
  expect(await code(pines.prueba(ANA, 'Ana', '4831'))).toBe('ok');
  vieja.close();
});
