import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anular, cero, contar, terminarParte } from '#client/offline/acciones.ts';
import { iniciarOffline } from '#client/offline/arranque.ts';
import {
  type Bases,
  elCache,
  elJournal,
  elJournalReal,
  usaBases,
  usaPractica,
} from '#client/offline/bases.ts';
import { buscarTexto, olvidaBuscador } from '#client/offline/busqueda.ts';
import { Cache } from '#client/offline/cache.ts';
import { CONTEO_PRACTICA, PERSONA_PRACTICA } from '#client/offline/conteo-practica.ts';
import { exportarNoGuardado } from '#client/offline/exportar.ts';
import { guardaFoto } from '#client/offline/fotos.ts';
import { importarPendientes } from '#client/offline/importar.ts';
import type { Contar } from '#client/offline/index.ts';
import { Journal } from '#client/offline/journal.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import { empiezaPractica, reanudaPractica, terminaPractica } from '#client/offline/practica.ts';
import { buscarCodigo } from '#client/offline/productos.ts';
import { leeContado, leeConteo, leeConteos, leeSinContar } from '#client/offline/vista-conteos.ts';
import { isAppError } from '#shared/errores.ts';
import { LEER, PRODUCTOS, UBICACIONES } from './catalogo.ts';
import { logros, PASOS } from './guia.ts';
import { siembraPractica } from './siembra.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, LUIS, CONTEO, TIENDA] = [id(1), id(2), id(3), id(4)] as const;
const SUYAS = ['devcompras-practica', 'devcompras-practica-cache'];
let bases: Bases;

/** What a tab keeps for itself; another one has its own. */
function pestana(): Storage {
  const datos = new Map<string, string>();
  const storage = {
    getItem: (k: string) => datos.get(k) ?? null,
    setItem(k: string, v: string) {
      datos.set(k, v);
      (storage as Record<string, unknown>)[k] = v;
    },
    removeItem(k: string) {
      datos.delete(k);
      delete (storage as Record<string, unknown>)[k];
    },
  };
  return storage as unknown as Storage;
}

async function entra(journal: Journal, usuarioId: string): Promise<void> {
  const at = '2026-03-02T15:00:00.000Z';
  const persona = { usuarioId, nombre: 'Ana', correo: null, rol: 'almacenista' as const };
  await journal.enter(
    { ...persona, tiendaIds: [TIENDA], limiteAjuste: null, expiraEn: at },
    { usuario: usuarioId, token: 'turno', emitido_en: at, expira_en: at },
  );
}

function scan(change: Partial<Contar> = {}): Contar {
  return {
    conteoId: CONTEO_PRACTICA,
    intento: 1,
    ubicacionId: UBICACIONES[0]!.id,
    codigoCrudo: LEER.aceite,
    simbologia: null,
    fuente: 'pistola',
    productoId: PRODUCTOS[0]!.id,
    cantidad: '1',
    factor: '1',
    ...change,
  };
}

/** Every row of every table of both databases of the phone. */
async function todo(): Promise<string> {
  const fuera: unknown[] = [];
  for (const db of [bases.journal.db, bases.cache.db])
    for (const tabla of db.tables) fuera.push([tabla.name, await tabla.toArray()]);
  return JSON.stringify(fuera);
}

const quedan = async () => (await Dexie.getDatabaseNames()).filter((nombre) => SUYAS.includes(nombre)).sort();

async function codigoDe(obra: Promise<unknown>): Promise<string> {
  const fallo = await obra.then(
    () => null,
    (error: unknown) => error,
  );
  return isAppError(fallo) ? fallo.code : String(fallo);
}

beforeEach(async () => {
  vi.stubGlobal('sessionStorage', pestana());
  bases = { journal: new Journal(), cache: new Cache() };
  usaBases(bases);
  olvidaBuscador();
  await entra(bases.journal, ANA);
  await contar(scan({ conteoId: CONTEO, ubicacionId: null, productoId: id(9) }));
});

afterEach(async () => {
  await terminaPractica();
  usaBases(null);
  await bases.journal.db.delete();
  await bases.cache.db.delete();
  vi.unstubAllGlobals();
});

test('práctica: the whole count with nothing synced and no server, and on leaving every row of the real databases is as before and nothing of it is left', async () => {
  const antes = await todo();
  await empiezaPractica('v1', siembraPractica);
  expect(elJournal().db.name).toBe('devcompras-practica');

  expect((await leeConteos(PERSONA_PRACTICA)).map((conteo) => conteo.id)).toEqual([CONTEO_PRACTICA]);
  expect(await leeSinContar(CONTEO_PRACTICA, PERSONA_PRACTICA)).toHaveLength(7);
  const caja = (await buscarCodigo(LEER.caja))[0]!;
  expect(caja).toMatchObject({ factor: '12', producto: { codigo: 'PR-01' } });
  expect((await buscarCodigo(LEER.foco)).map((hallado) => hallado.producto.codigo)).toEqual([
    'PR-04',
    'PR-05',
  ]);
  expect(await buscarCodigo(LEER.desconocido)).toEqual([]);
  expect((await buscarTexto('llanta 185')).map((fila) => fila.codigo)).toEqual(['PR-07']);

  const una = await contar(scan());
  await contar(scan({ codigoCrudo: LEER.caja, factor: '12' }));
  await contar(scan({ codigoCrudo: null, fuente: 'manual', cantidad: '5' }));
  await contar(scan({ codigoCrudo: LEER.foco, productoId: PRODUCTOS[3]!.id }));
  await contar(scan({ codigoCrudo: LEER.desconocido, productoId: null }));
  const lugar = { conteoId: CONTEO_PRACTICA, intento: 1, productoId: PRODUCTOS[2]!.id, ubicacionId: null };
  await cero(lugar);
  await anular(CONTEO_PRACTICA, una.id);
  await guardaFoto(una.id, CONTEO_PRACTICA, new Uint8Array([1, 2, 3]));
  await terminarParte(CONTEO_PRACTICA, 1);

  const [aceite] = (await leeContado(CONTEO_PRACTICA, PERSONA_PRACTICA)).filter((r) => r.codigo === 'PR-01');
  expect(aceite?.unidades).toBe('17');
  expect(await elJournal().db.blobs.count()).toBe(1);
  expect([...logros(await elJournal().db.mutations.toArray())].sort()).toEqual(
    PASOS.map((paso) => paso.clave).sort(),
  );

  await terminaPractica();
  expect(await quedan()).toEqual([]);
  expect(elJournal()).toBe(bases.journal);
  expect(elCache()).toBe(bases.cache);
  expect(await todo()).toBe(antes);
  expect(await leeConteo(CONTEO_PRACTICA, ANA)).toBe(null);
});

test('práctica cannot post, first fence: the real journal refuses whatever names the practice conteo, also from a file and inside arguments', async () => {
  const antes = await todo();
  const fuera = {
    name: 'conteo.linea/1',
    usuario: ANA,
    createdAt: '2026-03-02T15:00:00.000Z',
    desfaseGuardarMs: null,
    entidad: null,
  };
  const porConteo = { ...fuera, args: '{}', conteo: CONTEO_PRACTICA };
  const porArgs = { ...fuera, args: JSON.stringify({ conteoId: CONTEO_PRACTICA }), conteo: null };
  expect(await codigoDe(bases.journal.save([porConteo]))).toBe('PRACTICA_NO_SE_ENVIA');
  expect(await codigoDe(bases.journal.save([porArgs]))).toBe('PRACTICA_NO_SE_ENVIA');
  expect(await codigoDe(contar(scan()))).toBe('PRACTICA_NO_SE_ENVIA');
  expect(await codigoDe(guardaFoto(id(7), CONTEO_PRACTICA, new Uint8Array([1])))).toBe(
    'PRACTICA_NO_SE_ENVIA',
  );
  const archivo = await exportarNoGuardado([porConteo]);
  expect(await codigoDe(importarPendientes(archivo))).toBe('PRACTICA_NO_SE_ENVIA');
  expect(await todo()).toBe(antes);
});

test('a real line that is on its way when practice starts is refused by the practice journal, not deleted with it', async () => {
  await empiezaPractica('v1', siembraPractica);
  expect(await codigoDe(contar(scan({ conteoId: CONTEO })))).toBe('EN_PRACTICA');
  expect(await codigoDe(guardaFoto(id(7), CONTEO, new Uint8Array([1])))).toBe('EN_PRACTICA');
  expect(await elJournal().db.mutations.count()).toBe(0);
});

test('práctica cannot post, second fence: the engine works on the real journal while somebody practises, and does not take the other', async () => {
  await empiezaPractica('v1', siembraPractica);
  expect(() => journalPort(elJournal())).toThrow();
  await contar(scan());
  const enviadas: unknown[] = [];
  const para = iniciarOffline({
    app: 'v1',
    sube: async () => {},
    auth: { hasSession: () => true, refresh: async () => 'ok', register: async () => 'ok' },
    net: {
      hello: async () => ({
        epoch: id(50),
        serverTime: new Date().toISOString(),
        lastMid: 0,
        expectedMid: 1,
        registered: true,
        grants: [],
      }),
      push: async (entrada: { mutations: readonly { args: string }[] }) => {
        enviadas.push(...entrada.mutations.map((mutacion) => mutacion.args));
        throw new Error('enough');
      },
      pull: () => new Promise(() => {}),
    } as never,
  });
  await vi.waitFor(() => expect(enviadas.length).toBeGreaterThan(0), 10_000);
  para();
  expect(enviadas).toHaveLength(1);
  expect(JSON.stringify(enviadas)).toContain(CONTEO);
  expect(JSON.stringify(enviadas)).not.toContain(CONTEO_PRACTICA);
});

test('a reload goes on practising; another version, another person or a browser that threw it away ends it and deletes it', async () => {
  // why: a page that goes lets go of its locks, which a test of one process cannot play
  vi.stubGlobal('navigator', {});
  await empiezaPractica('v1', siembraPractica);
  await contar(scan());
  const recarga = async (version: string) => {
    usaPractica(null);
    await reanudaPractica(version);
  };
  await recarga('v1');
  expect(elJournal().db.name).toBe('devcompras-practica');
  expect(await elJournal().db.mutations.count()).toBe(1);

  await recarga('v2');
  expect(elJournal()).toBe(bases.journal);
  expect(await quedan()).toEqual([]);

  await empiezaPractica('v2', siembraPractica);
  await elCache().db.conteos.clear();
  await recarga('v2');
  expect(elJournal()).toBe(bases.journal);
  expect(await quedan()).toEqual([]);

  await empiezaPractica('v2', siembraPractica);
  await entra(bases.journal, LUIS);
  await recarga('v2');
  expect(elJournal()).toBe(elJournalReal());
  expect(await quedan()).toEqual([]);
  expect(sessionStorage.getItem('devcompras-practica')).toBe(null);
});

test('practice is of one tab: another one opens without it, and deletes only what no tab is using', async () => {
  await empiezaPractica('v1', siembraPractica);
  const primera = sessionStorage;
  vi.stubGlobal('sessionStorage', pestana());
  vi.resetModules();
  const { elJournal: elSuyo } = await import('#client/offline/bases.ts');
  const otra = await import('#client/offline/practica.ts');
  await otra.reanudaPractica('v1');
  expect(elSuyo().db.name).toBe('journal');
  await new Promise((done) => setTimeout(done, 50));
  expect(await quedan()).toEqual(SUYAS);
  elSuyo().db.close();
  vi.stubGlobal('sessionStorage', primera);
  await contar(scan());
  expect(await elJournal().db.mutations.count()).toBe(1);
});

test('what comes late, after leaving, neither makes the practice databases again nor lands in the real ones', async () => {
  const antes = await todo();
  await empiezaPractica('v1', siembraPractica);
  const vieja = elJournal();
  await terminaPractica();
  await expect(
    vieja.save([
      {
        name: 'conteo.linea/1',
        args: JSON.stringify({ conteoId: CONTEO_PRACTICA }),
        usuario: PERSONA_PRACTICA,
        createdAt: '2026-03-02T15:00:00.000Z',
        desfaseGuardarMs: null,
        entidad: null,
        conteo: CONTEO_PRACTICA,
      },
    ]),
  ).rejects.toThrow();
  expect(await codigoDe(contar(scan()))).toBe('PRACTICA_NO_SE_ENVIA');
  expect(await quedan()).toEqual([]);
  expect(await todo()).toBe(antes);
});
