import 'fake-indexeddb/auto';
import { Cache } from '#client/offline/cache.ts';
import { CacheDb, catalogoMeta, TABLAS_MARCADAS } from '#client/offline/cache-db.ts';
import { conCatalogo } from '#client/offline/catalogo.ts';
import { EscrituraCatalogo } from '#client/offline/catalogo-escribe.ts';
import { conHallazgo } from '#client/offline/catalogo-hallazgo.ts';
import type { CachePort, JournalPort } from '#client/offline/core/ports.ts';
import { Journal, type NuevaMutacion } from '#client/offline/journal.ts';
import { JournalDb, type MutationRow } from '#client/offline/journal-db.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import type { FilaRechazo } from '#shared/contracts/filas.ts';
import type { PullSalida, TurnoDeAntes } from '#shared/contracts/sync.ts';

/** A cached row as the server wrote it, with the scope that brought it. */
export type FilaEnCache = { scope: string; fila: object };

/** What a registration brought, and for which id it was asked: the person's turno, and those of others that move to it. */
export type AltaDeSim = {
  deviceId: string;
  token: string;
  movidos: readonly { usuario: string; token: string }[];
};

export interface CacheDeSim extends Omit<CachePort, 'schema' | 'applyPull'> {
  /** Of the person whose rows are here: an answer that was asked under another one is not stored. */
  serie(): Promise<string>;
  applyPull(
    answer: PullSalida,
    sent: Readonly<Record<string, string>>,
    device: string,
    serie?: string,
  ): Promise<void>;
}

/** The two databases of a phone, all that survives a crash: the real ones, or the fast ones of memoria.ts. */
export interface Bases {
  readonly diario: JournalPort;
  readonly cache: CacheDeSim;
  guarda(nuevas: readonly NuevaMutacion[]): Promise<unknown>;
  entra(usuario: string, alta: AltaDeSim, now: number): Promise<void>;
  /** What a renewal brought, however late: it changes nobody's place. */
  renueva(usuario: string, alta: AltaDeSim, now: number): Promise<void>;
  /** Of everybody, from before this phone took a new id. */
  turnosDeAntes(): Promise<TurnoDeAntes[]>;
  sale(): Promise<void>;
  /** At a change of person: what only the former one might see goes. */
  purga(usuario: string | null): Promise<void>;
  mutaciones(): Promise<MutationRow[]>;
  /** For seeded bugs only: takes mutations out of the journal, or changes them. */
  borra(cuales: (row: MutationRow) => boolean): Promise<void>;
  marca(cuales: (row: MutationRow) => boolean, cambio: Partial<MutationRow>): Promise<void>;
  rechazos(): Promise<FilaRechazo[]>;
  nivel(): Promise<{ device: string; mid: number } | null>;
  /** Cached rows by `tbl|pk`: those on the screen, or those that the cursors speak of while the catalogue flips. */
  filas(lado?: 'visible' | 'cursor'): Promise<Map<string, FilaEnCache>>;
  /** Products that a look-up by code finds on a cold start, by id. */
  hallados(codigos: readonly string[]): Promise<object[]>;
  /** A new version of the app begins with an empty cache of its own. */
  otroEsquema(): Promise<void>;
  /** The same journal in another phone. */
  clona(): Promise<Bases>;
  tira(): Promise<void>;
}

/** What `hallados` has to answer with, from the rows on the screen. */
export function halladosEn(filas: ReadonlyMap<string, FilaEnCache>, codigos: readonly string[]): object[] {
  return [...filas]
    .filter(
      ([, { fila, scope }]) => scope === 'catalogo' && codigos.includes((fila as { codigo: string }).codigo),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { fila }]) => fila);
}

let numero = 0;

function deAlta(
  usuario: string,
  { deviceId, token, movidos }: AltaDeSim,
  now: number,
): Parameters<Journal['renew']> {
  const at = new Date(now).toISOString();
  const turno = { emitido_en: at, expira_en: at };
  const identidad = {
    usuarioId: usuario,
    nombre: usuario,
    correo: null,
    rol: 'almacenista',
    tiendaIds: ['1', '2'],
    limiteAjuste: null,
    expiraEn: at,
  } as const;
  return [
    { ...identidad, tiendaIds: [...identidad.tiendaIds] },
    { usuario, token, ...turno },
    { deviceId, movidos: movidos.map((movido) => ({ ...movido, ...turno })) },
  ];
}

/** The real journal and cache over an IndexedDB in memory. */
export class BasesReales implements Bases {
  readonly journal: Journal;
  real: Cache;
  readonly diario: JournalPort;
  readonly cache: CacheDeSim;
  readonly #n: number;
  #esquema = 1;
  #miradas = 0;

  constructor() {
    numero += 1;
    const n = numero;
    this.#n = n;
    this.journal = new Journal({ open: () => new JournalDb(`journal-sim-${n}`) });
    this.real = new Cache(() => new CacheDb(`cache-sim-${n}-1`));
    this.diario = journalPort(this.journal);
    this.cache = {
      serie: async () => (await this.real.dueno()).serie,
      cursors: () => this.real.cursors(),
      applyPull: (...args) => this.real.applyPull(...args),
      dropLevel: (device, mid) => this.real.dropLevel(device, mid),
      reopen: () => this.real.reopen(),
      rebuild: () => this.real.rebuild(),
    };
  }

  guarda(nuevas: readonly NuevaMutacion[]): Promise<unknown> {
    return this.journal.save(nuevas);
  }

  async entra(usuario: string, alta: AltaDeSim, now: number): Promise<void> {
    await this.journal.enter(...deAlta(usuario, alta, now));
  }

  async renueva(usuario: string, alta: AltaDeSim, now: number): Promise<void> {
    await this.journal.renew(...deAlta(usuario, alta, now));
  }

  turnosDeAntes(): Promise<TurnoDeAntes[]> {
    return this.journal.turnosDeAntes();
  }

  sale(): Promise<void> {
    return this.journal.leave();
  }

  purga(usuario: string | null): Promise<void> {
    return this.real.purgeFor(
      usuario === null ? null : { usuarioId: usuario, rol: 'almacenista', tiendaIds: ['1', '2'] },
    );
  }

  mutaciones(): Promise<MutationRow[]> {
    return this.journal.db.mutations.toArray();
  }

  async borra(cuales: (row: MutationRow) => boolean): Promise<void> {
    await this.journal.db.mutations.filter(cuales).delete();
  }

  async marca(cuales: (row: MutationRow) => boolean, cambio: Partial<MutationRow>): Promise<void> {
    await this.journal.db.mutations.filter(cuales).modify(cambio);
  }

  rechazos(): Promise<FilaRechazo[]> {
    return this.real.db.rechazos.toArray();
  }

  async nivel(): Promise<{ device: string; mid: number } | null> {
    const level = await this.real.db.meta.get('lastMid');
    return level?.k === 'lastMid' ? level : null;
  }

  async filas(lado: 'visible' | 'cursor' = 'visible'): Promise<Map<string, FilaEnCache>> {
    const { db } = this.real;
    const found = new Map<string, FilaEnCache>();
    for (const tbl of TABLAS_MARCADAS) {
      for (const { _s, _pk, ...fila } of await db.table(tbl).toArray()) {
        found.set(`${tbl}|${_pk}`, { scope: _s, fila });
      }
    }
    const meta = await catalogoMeta(db);
    const side = lado === 'cursor' ? (meta.llenando ?? meta.activa) : meta.activa;
    for (const fila of await conCatalogo(db, (lectura) => lectura.filas('productos'), side)) {
      found.set(`productos|${fila.id}`, { scope: 'catalogo', fila });
    }
    return found;
  }

  /** By the index of the catalogue, which is written anew at every second look: what comes after it is in no index yet. */
  async hallados(codigos: readonly string[]): Promise<object[]> {
    const frio = new CacheDb(this.real.db.name);
    try {
      const found = await conHallazgo(frio, async (lectura) => {
        const por = await lectura.conTexto('productos', codigos);
        return [...(await lectura.productos(por.map(({ id }) => id))).values()];
      });
      this.#miradas += 1;
      if (this.#miradas % 2 === 1) {
        await this.real.enCatalogo(async (db) => {
          const meta = await catalogoMeta(db);
          const escritura = new EscrituraCatalogo(db, meta.activa, meta);
          await escritura.repasa(0);
          await escritura.indexa(0);
          await db.meta.put(meta);
        });
      }
      return found.sort((a, b) => (a.id < b.id ? -1 : 1));
    } finally {
      frio.close();
    }
  }

  async otroEsquema(): Promise<void> {
    this.#esquema += 1;
    await this.real.db.delete();
    const name = `cache-sim-${this.#n}-${this.#esquema}`;
    this.real = new Cache(() => new CacheDb(name));
  }

  async clona(): Promise<BasesReales> {
    const copia = new BasesReales();
    for (const table of this.journal.db.tables) {
      await copia.journal.db.table(table.name).bulkAdd(await table.toArray());
    }
    return copia;
  }

  async tira(): Promise<void> {
    this.journal.db.close();
    this.real.db.close();
    await this.journal.db.delete();
    await this.real.db.delete();
  }
}
