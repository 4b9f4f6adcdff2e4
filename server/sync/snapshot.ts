import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { FORMATO_TROZO, type ManifiestoSnapshot, SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { AppError } from '#shared/errores.ts';
import { cifraCursor } from './cursor.ts';
import { leeMeta } from './epoca.ts';
import { autenticaEquipo } from './equipo.ts';
import { selectScopes } from './hello.sql.ts';
import { selectCabezas, selectLinaje } from './pull.sql.ts';
import {
  cuentaCambios,
  dejaTurno,
  deleteTrozosViejos,
  insertTrozo,
  type SnapshotRow,
  selectSnapshot,
  selectTrozo,
  type TrozoGuardado,
  tocaTrozos,
  tomaTurno,
  updateSnapshot,
} from './snapshot.sql.ts';
import { HUELLA_COLUMNAS, piezasDelCatalogo, type Tamano, textoDe } from './snapshot-trozos.ts';

const comprime = promisify(brotliCompress);
/**
 * Made once and sent to every phone, so it may cost more than a page does: a chunk of 4,000 rows takes 60 ms at 9, in a
 * thread of its own.
 */
const CALIDAD = 9;
/** A smaller catalogue is a page of pull. */
export const MIN_FILAS = 2_000;
/** What changed since the snapshot comes by pull. Beyond this many rows, or this share of all, a new one is built. */
const CAMBIOS_MAX = 2_000;
const CAMBIOS_PARTE = 0.02;
/** The right to build is another process's after this long: this one is dead. */
const TURNO_S = 900;
/** Phones that began with an earlier snapshot find its chunks for this long. */
const CONSERVA_S = 3_600;

async function vigente(tx: Tx, scope: string): Promise<SnapshotRow | undefined> {
  const snapshot = await selectSnapshot(tx, scope);
  if (snapshot === undefined || snapshot.huella !== HUELLA_COLUMNAS) return undefined;
  const { ver, token } = snapshot;
  // Restored, emptied or rebuilt since: that version is of another history.
  return (await selectLinaje(tx, [{ scope, ver, token }])).has(scope) ? snapshot : undefined;
}

/** Whether so much changed that phones would pull too long after the snapshot; false for a small catalogue. */
export async function convieneArmar(db: Db, minFilas = MIN_FILAS): Promise<boolean> {
  return db.asService(
    async (tx) => {
      const snapshot = await vigente(tx, SCOPE_SNAPSHOT);
      if (snapshot === undefined) {
        return (await cuentaCambios(tx, SCOPE_SNAPSHOT, 0, minFilas)) >= minFilas;
      }
      const tope = Math.max(CAMBIOS_MAX, Math.round(snapshot.filas * CAMBIOS_PARTE));
      return (await cuentaCambios(tx, SCOPE_SNAPSHOT, snapshot.ver, tope)) >= tope;
    },
    { readOnly: true },
  );
}

export interface ArmaOpciones {
  /** Between two pieces: the part of the time that the piece took which is left to others. */
  readonly respira?: ((tardoMs: number) => Promise<void>) | undefined;
  readonly sigue?: (() => boolean) | undefined;
  readonly tamano?: Tamano | undefined;
}

/**
 * Builds the snapshot of the catalogue and puts it in force. The head is read first and each chunk later, in a
 * transaction of its own: a row that changed in between may be in a chunk newer than `ver`, never older, and comes again
 * by pull. So what a phone holds after the chunks and the pull from `ver` is the head, and no transaction is long. False:
 * another process builds, or it was told to stop, or the history changed meanwhile.
 */
export async function armaSnapshot(
  db: Db,
  { respira, sigue = () => true, tamano }: ArmaOpciones = {},
): Promise<boolean> {
  const scope = SCOPE_SNAPSHOT;
  if (!(await db.asService((tx) => tomaTurno(tx, scope, TURNO_S)))) return false;
  let listo = false;
  try {
    const { cabeza, previo } = await db.asService(async (tx) => ({
      cabeza: (await selectCabezas(tx, [scope])).get(scope),
      previo: await selectSnapshot(tx, scope),
    }));
    if (cabeza === undefined || cabeza.token === null) return false;
    const { ver, token } = cabeza;
    const anteriores = new Map((previo?.trozos ?? []).map((trozo) => [trozo.sha256, trozo]));
    const cortes = [...anteriores.values()].flatMap(({ hasta }) => hasta ?? []).slice(0, -1);
    const trozos: TrozoGuardado[] = [];
    let desde = performance.now();
    for await (const pieza of piezasDelCatalogo(db, cortes, tamano)) {
      if (!sigue()) return false;
      const filas = Object.values(pieza.filas).reduce((suma, suyas) => suma + suyas.length, 0);
      const trozo = await guardaTrozo(db, textoDe(pieza), anteriores);
      trozos.push({ ...trozo, filas, hasta: pieza.hasta });
      await respira?.(performance.now() - desde);
      desde = performance.now();
    }
    listo = await db.asService(async (tx) => {
      if (!(await selectLinaje(tx, [{ scope, ver, token }])).has(scope)) return false;
      const shas = trozos.map(({ sha256 }) => sha256);
      // Whoever cleans up may have taken a chunk that this build found in place.
      if ((await tocaTrozos(tx, shas)).size < new Set(shas).size) return false;
      const filas = trozos.reduce((suma, trozo) => suma + trozo.filas, 0);
      await updateSnapshot(tx, scope, { ver, token, huella: HUELLA_COLUMNAS, filas, trozos });
      await deleteTrozosViejos(tx, shas, CONSERVA_S);
      return true;
    });
    return listo;
  } finally {
    if (!listo) await db.asService((tx) => dejaTurno(tx, scope));
  }
}

async function guardaTrozo(
  db: Db,
  texto: string,
  anteriores: ReadonlyMap<string, TrozoGuardado>,
): Promise<{ sha256: string; bytes: number }> {
  const sha256 = createHash('sha256').update(texto).digest('hex');
  const anterior = anteriores.get(sha256);
  if (anterior !== undefined) {
    const aqui = await db.asService((tx) => tocaTrozos(tx, [sha256]));
    if (aqui.size > 0) return { sha256, bytes: anterior.bytes };
  }
  const crudo = Buffer.from(texto);
  const contenido = await comprime(crudo, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: CALIDAD,
      [constants.BROTLI_PARAM_SIZE_HINT]: crudo.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
  await db.asService((tx) => insertTrozo(tx, sha256, contenido));
  return { sha256, bytes: contenido.length };
}

/** Who asks for a snapshot: a person on a device, as in `pull`. */
export interface Pide {
  readonly usuarioId: string;
  readonly deviceId: string;
  readonly secret: string;
  readonly scope: string;
}

async function autoriza(tx: Tx, { usuarioId, scope, ...equipo }: Pide): Promise<void> {
  const { revokedAt } = await autenticaEquipo(tx, equipo);
  if (revokedAt !== null) throw new AppError('EQUIPO_REVOCADO');
  if (scope !== SCOPE_SNAPSHOT || !(await selectScopes(tx, usuarioId)).includes(scope)) {
    throw new AppError('NO_ENCONTRADO');
  }
}

/**
 * The manifest in force. Throws NO_ENCONTRADO when there is none (small catalogue, not built yet, history changed): the
 * phone pulls; and what `pull` throws.
 */
export async function manifiesto(
  db: Db,
  pide: Pide & { readonly schema: number },
): Promise<ManifiestoSnapshot> {
  return db.asService(
    async (tx) => {
      const { schema, scope, ...resto } = pide;
      await autoriza(tx, { ...resto, scope });
      const { epoch, minPullSchema } = await leeMeta(tx);
      if (schema < minPullSchema) throw new AppError('VERSION_VIEJA');
      const snapshot = await vigente(tx, scope);
      if (snapshot === undefined) throw new AppError('NO_ENCONTRADO');
      const { ver, token, filas, trozos, creadoEn } = snapshot;
      return {
        scope,
        formato: FORMATO_TROZO,
        epoch,
        ver,
        token,
        cursor: cifraCursor({ epoch, scope, ver, after: null, head: ver, token, schema }),
        creadoEn: creadoEn.toISOString(),
        filas,
        trozos: trozos.map(({ filas: n, bytes, sha256 }) => ({ filas: n, bytes, sha256 })),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

/** A chunk under brotli. NO_ENCONTRADO: of a snapshot that is gone; the phone asks for the manifest again. */
export async function trozo(db: Db, pide: Pide & { readonly sha256: string }): Promise<Buffer> {
  return db.asService(
    async (tx) => {
      await autoriza(tx, {
        usuarioId: pide.usuarioId,
        scope: pide.scope,
        deviceId: pide.deviceId,
        secret: pide.secret,
      });
      const contenido = await selectTrozo(tx, pide.sha256);
      if (contenido === undefined) throw new AppError('NO_ENCONTRADO');
      return contenido;
    },
    { readOnly: true },
  );
}
