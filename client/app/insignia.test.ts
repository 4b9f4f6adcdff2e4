import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { crearConteoLibre, terminarParte } from '#client/offline/acciones.ts';
import { usaBases } from '#client/offline/bases.ts';
import { Cache } from '#client/offline/cache.ts';
import { CacheDb } from '#client/offline/cache-db.ts';
import { Journal } from '#client/offline/journal.ts';
import { JournalDb } from '#client/offline/journal-db.ts';
import { leeInsignia, type MundoInsignia, tituloDe, vigilaInsignia } from './insignia.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, LUIS, JEFE] = [id(1), id(2), id(3)];
let next = 0;
let journal: Journal;
let cache: Cache;
let para: (() => void) | undefined;

const conteo = (n: number, cambios: object = {}) => ({
  id: id(n),
  folio: `F-${n}`,
  nombre: '',
  tiendaId: id(10),
  almacenId: id(11),
  alcance: 'ubicaciones',
  ciego: true,
  reparto: 'ninguno',
  estado: 'abierto',
  vence: null,
  creadoPor: JEFE,
  proposito: 'conteo',
  corrigeA: null,
  complementaA: null,
  abiertoEn: '2026-03-02T15:00:00.000Z',
  cerradoEn: null,
  ...cambios,
});

async function llegan(conteos: { id: string }[], contador = ANA): Promise<void> {
  const pages = conteos.map((fila) => ({
    scope: `conteo:${fila.id}`,
    reset: false,
    upserts: {
      conteos: [fila],
      conteo_contadores: [{ conteoId: fila.id, usuarioId: contador, nombre: 'x' }],
    },
    deletes: {},
    cursor: `${Math.random()}`,
    head: true,
  }));
  await cache.applyPull(
    { epoch: 'e', pages: pages as never, lastMid: null, scopesAdded: [], scopesRemoved: [], done: true },
    await cache.cursors(),
    'd',
  );
}

beforeEach(async () => {
  next += 1;
  const n = next;
  journal = new Journal({ open: () => new JournalDb(`journal-insignia-${n}`) });
  cache = new Cache(() => new CacheDb(`cache-insignia-${n}`));
  usaBases({ journal, cache });
  const at = '2026-03-02T15:00:00.000Z';
  await journal.enter(
    {
      usuarioId: ANA,
      nombre: 'Ana',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [],
      limiteAjuste: null,
      expiraEn: at,
    },
    { usuario: ANA, token: 'turno', emitido_en: at, expira_en: at },
  );
});
afterEach(() => para?.());

function mundo(setAppBadge: (numero?: number) => Promise<void>) {
  const titulos: string[] = [];
  const limpia = vi.fn(async () => {});
  const m: MundoInsignia = {
    navegador: { setAppBadge, clearAppBadge: limpia },
    titula: (titulo) => titulos.push(titulo),
  };
  return { m, titulos, limpia };
}

test('assigned work with deadlines and a badge: my open conteos are counted, overdue ones too, others’ and my own free ones not', async () => {
  await llegan([
    conteo(20, { vence: '2026-03-01T00:00:00.000Z' }),
    conteo(21),
    conteo(22, { estado: 'cerrado' }),
  ]);
  await llegan([conteo(23)], LUIS);
  await llegan([conteo(24, { alcance: 'libre', creadoPor: ANA })]);
  await crearConteoLibre({ almacenId: id(11) });
  expect((await leeInsignia()).asignados).toBe(2);
  await terminarParte(id(21), 1);
  expect((await leeInsignia()).asignados).toBe(1);
});

test('the badge and the tab’s title say the number, and are cleared when nothing waits', async () => {
  const pone = vi.fn(async () => {});
  const { m, titulos, limpia } = mundo(pone);
  await llegan([conteo(20)]);
  para = vigilaInsignia(m, 1);
  await vi.waitFor(() => expect(pone).toHaveBeenCalledWith(1));
  expect(titulos).toEqual(['(1) DevCompras']);
  await llegan([conteo(20, { estado: 'cerrado' })]);
  await vi.waitFor(() => expect(limpia).toHaveBeenCalledTimes(1));
  expect(titulos.at(-1)).toBe('DevCompras');
});

test('unsent lines without assigned work are a dot; who leaves takes the number along', async () => {
  expect(tituloDe({ asignados: 0, sinEnviar: 412 })).toBe('• DevCompras');
  expect(tituloDe({ asignados: 2, sinEnviar: 412 })).toBe('(2) DevCompras');
  await llegan([conteo(20)]);
  await journal.leave();
  expect(await leeInsignia()).toEqual({ asignados: 0, sinEnviar: 0 });
});

test('a browser without badges, or that refuses them, still gets the title', async () => {
  await llegan([conteo(20)]);
  const { m, titulos } = mundo(() => Promise.reject(new Error('NotAllowedError')));
  para = vigilaInsignia(m, 1);
  await vi.waitFor(() => expect(titulos).toEqual(['(1) DevCompras']));
  para();
  const otros: string[] = [];
  para = vigilaInsignia({ navegador: {}, titula: (titulo) => otros.push(titulo) }, 1);
  await vi.waitFor(() => expect(otros).toEqual(['(1) DevCompras']));
});
