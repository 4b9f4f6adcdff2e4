import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { CuarentenaEntrada } from '#shared/contracts/cuarentena.ts';
import { mandaApartadas } from './apartadas.ts';
import { usaBases } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { NetFailure } from './core/ports.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { journalPort } from './journal-port.ts';

const ANA = '01981e00-0000-7000-8000-000000000001';

test('what was set aside after three failures goes to the quarantine of the server once, and stays on the phone', async () => {
  const journal = new Journal({ open: () => new JournalDb('apartadas') });
  usaBases({ journal, cache: new Cache(() => new CacheDb('cache-apartadas')) });
  const en = '2026-03-02T15:00:00.000Z';
  const persona = { usuarioId: ANA, nombre: 'Ana', correo: null, rol: 'almacenista' as const };
  await journal.enter(
    { ...persona, tiendaIds: [], limiteAjuste: null, expiraEn: en },
    { usuario: ANA, token: 'turno-ana', emitido_en: en, expira_en: en },
  );
  const nueva = (args: string) => ({
    name: 'conteo.linea/1',
    args,
    usuario: ANA,
    createdAt: en,
    desfaseGuardarMs: null,
    entidad: null,
    conteo: null,
  });
  await journal.save([nueva('{"veneno":1}'), nueva('{"buena":2}')]);
  const { id } = await journal.device();
  await journalPort(journal).setAside(id, 1, 'http 500');
  const siempre = new AbortController().signal;
  const llegadas: CuarentenaEntrada[] = [];
  const falla = async () => {
    throw new NetFailure('sin_red');
  };
  expect(await mandaApartadas(falla, siempre)).toBe(0);
  const manda = async (entrada: CuarentenaEntrada) => void llegadas.push(entrada);
  expect(await mandaApartadas(manda, siempre)).toBe(1);
  expect(await mandaApartadas(manda, siempre)).toBe(0);
  expect(llegadas).toEqual([
    expect.objectContaining({
      deviceId: id,
      seq: 1,
      args: '{"veneno":1}',
      turno: 'turno-ana',
      error: 'http 500',
    }),
  ]);
  expect((await journal.db.mutations.toArray()).map((row) => row.state)).toEqual(['apartada', 'pendiente']);
});
