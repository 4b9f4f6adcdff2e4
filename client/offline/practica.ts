import { Dexie } from 'dexie';
import { type Bases, elJournalReal, practicando, usaPractica } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { CONTEO_PRACTICA } from './conteo-practica.ts';
import { Journal } from './journal.ts';
import { JOURNAL_PRACTICA, JournalDb } from './journal-db.ts';
import { olvidaVivas } from './live.ts';
import { avisaPractica, MARCA_PRACTICA } from './practica-activa.ts';

/**
 * Practice: this tab counts over two databases of its own, with the real screens. The engine, the session and whatever
 * concerns the person keep the phone's. It survives a reload of the tab, and ends with the person, with the version of
 * the app, or when somebody leaves it; then its databases are deleted.
 */

const CACHE_PRACTICA = 'devcompras-practica-cache';
/** Held by each tab that practises, for as long as it does: the last one to leave deletes. */
const CANDADO = 'devcompras-practica';

/** Which app and whose shift it began with. */
type Marca = { version: string; usuarioId: string | null };
/** Puts the invented catalogue and conteo in; again over what is there adds nothing. */
export type SiembraPractica = (bases: Bases) => Promise<void>;

let suelta: (() => Promise<void>) | null = null;

function leeMarca(): Marca | null {
  try {
    const texto = sessionStorage.getItem(MARCA_PRACTICA);
    return texto === null ? null : (JSON.parse(texto) as Marca);
  } catch {
    return null; // a browser that keeps nothing for the tab: practice ends with the page
  }
}

/** The mark, and what the counting screen remembers for the tab of its bin and condition. */
function quitaMarca(): void {
  try {
    for (const clave of Object.keys(sessionStorage))
      if (clave === MARCA_PRACTICA || clave.includes(CONTEO_PRACTICA)) sessionStorage.removeItem(clave);
  } catch {
    // as above
  }
}

async function enTurno(): Promise<string | null> {
  return (await elJournalReal().activeIdentity())?.usuarioId ?? null;
}

/** Takes its part of the lock; resolves with the function that lets go. Without Web Locks nothing is held. */
async function toma(): Promise<() => Promise<void>> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return async () => {};
  return new Promise((resolve, reject) => {
    let fin = () => {};
    const ocupado = new Promise<void>((done) => {
      fin = done;
    });
    const libre = locks.request(CANDADO, { mode: 'shared' }, () => {
      resolve(async () => {
        fin();
        await libre;
      });
      return ocupado;
    });
    libre.catch(reject);
  });
}

/** Deletes what practice left, unless another tab is at it. Opens nothing. */
async function borra(): Promise<void> {
  const todo = async () => {
    const nombres = await Dexie.getDatabaseNames();
    for (const nombre of [JOURNAL_PRACTICA, CACHE_PRACTICA])
      if (nombres.includes(nombre)) await Dexie.delete(nombre);
  };
  const locks = globalThis.navigator?.locks;
  if (!locks) return todo();
  await locks.request(CANDADO, { ifAvailable: true }, (lock) => (lock ? todo() : undefined));
}

/** Handles that die with their practice: a write that comes late must not make the databases again. */
function abre(): Bases & { cierra: () => void } {
  let viva = true;
  const solo = <T>(open: () => T) => {
    if (!viva) throw new Error('PRACTICA_TERMINADA');
    return open();
  };
  const journal = new Journal({ open: () => solo(() => new JournalDb(JOURNAL_PRACTICA)) });
  const cache = new Cache(() => solo(() => new CacheDb(CACHE_PRACTICA)));
  return {
    journal,
    cache,
    cierra() {
      viva = false;
      journal.db.close();
      cache.db.close();
    },
  };
}

async function entra(prepara: SiembraPractica): Promise<void> {
  const sueltaCandado = await toma();
  const bases = abre();
  suelta = async () => {
    bases.cierra();
    await sueltaCandado();
  };
  try {
    await prepara(bases);
  } catch (error) {
    await terminaPractica();
    throw error;
  }
  usaPractica(bases);
  olvidaVivas();
  avisaPractica();
}

let empezando: Promise<void> | null = null;

/** Starts practice in this tab, from nothing. Needs neither network nor a person. Rejects when the browser keeps nothing. */
export function empiezaPractica(version: string, siembra: SiembraPractica): Promise<void> {
  empezando ??= empieza(version, siembra).finally(() => {
    empezando = null;
  });
  return empezando;
}

async function empieza(version: string, siembra: SiembraPractica): Promise<void> {
  if (practicando()) return;
  const marca: Marca = { version, usuarioId: await enTurno() };
  await borra();
  await entra(siembra);
  try {
    sessionStorage.setItem(MARCA_PRACTICA, JSON.stringify(marca));
  } catch {
    // as above
  }
}

/** A browser that was short of room may have thrown away what was practised, and not the mark. */
async function sigueAhi({ cache }: Bases): Promise<void> {
  if ((await cache.db.conteos.get(CONTEO_PRACTICA)) === undefined) throw new Error('PRACTICA_TERMINADA');
}

/**
 * Once at the start of the app, before anything is painted: goes on where a reload cut it off. With another version or
 * another person it ends instead; what a tab that was closed left behind is deleted. Loads nothing: a chunk that needs
 * the one that waits here would wait for ever.
 */
export async function reanudaPractica(version: string): Promise<void> {
  const marca = leeMarca();
  try {
    if (marca === null) {
      // Nobody waits for the cleaning.
      borra().catch(() => undefined);
    } else if (marca.version === version && marca.usuarioId === (await enTurno())) await entra(sigueAhi);
    else await terminaPractica();
  } catch {
    // why: practice never stands between a person and their work; the next start tries to delete again
    quitaMarca();
  }
}

/** Ends practice in this tab and deletes what was practised. The phone's own databases are not touched. */
export async function terminaPractica(): Promise<void> {
  quitaMarca();
  const soltar = suelta;
  suelta = null;
  if (practicando()) {
    usaPractica(null);
    olvidaVivas();
    avisaPractica();
  }
  await soltar?.();
  await borra();
}
