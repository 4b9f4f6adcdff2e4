import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#server/platform/db/db.ts';
import { SCOPE_SNAPSHOT, type VerificaEntrada, type VerificaSalida } from '#shared/contracts/snapshot.ts';
import { AppError } from '#shared/errores.ts';
import { leeCursor } from './cursor.ts';
import { leeMeta } from './epoca.ts';
import { autenticaEquipo } from './equipo.ts';
import { COLUMNAS } from './filas-columnas.ts';
import { selectScopes } from './hello.sql.ts';
import { type CabezaScope, SIN_TOCAR, selectCabezas } from './pull.sql.ts';
import { CAMPOS, TABLAS_CATALOGO } from './snapshot-trozos.ts';
import { type Campos, sumaDelCatalogo, sumaDelScope, type Total } from './verifica-suma.ts';

/** A phone is not kept waiting longer: the sum goes on, and the phone asks again soon. */
const ESPERA_MS = 6_000;
/** Sums of other scopes wait for each other; beyond this many a phone asks later. */
const MAX_COLA = 20;
/** Sums that are kept, of the scopes which many phones hold. */
const MAX_SUMAS = 50;
const COMPARTIDOS = ['tienda', 'stock', 'costos'];

interface Sumas {
  /** The last sums, by what was asked for at which head; every phone that is level asks for the same. */
  readonly hechas: Map<string, Promise<Total | null>>;
  catalogo: { clave: string; total: Promise<Total | null> } | undefined;
  sumando: boolean;
  enCola: number;
  cola: Promise<unknown>;
}
const porBase = new WeakMap<Db, Sumas>();

function sumasDe(db: Db): Sumas {
  let sumas = porBase.get(db);
  if (sumas === undefined) {
    sumas = { hechas: new Map(), catalogo: undefined, sumando: false, enCola: 0, cola: Promise.resolve() };
    porBase.set(db, sumas);
  }
  return sumas;
}

const NO_SE_SABE: VerificaSalida = { igual: null };

/**
 * Compares what a level phone holds of a scope with the database. Answered only when its cursor is the head, which is
 * read in one snapshot with the rights of the caller. Throws what `pull` throws.
 */
export async function verifica(db: Db, usuarioId: string, entrada: VerificaEntrada): Promise<VerificaSalida> {
  const { scope, campos } = entrada;
  const cabeza = await db.asService(
    async (tx) => {
      const { revokedAt } = await autenticaEquipo(tx, entrada);
      if (revokedAt !== null) throw new AppError('EQUIPO_REVOCADO');
      const { epoch, minPullSchema } = await leeMeta(tx);
      if (entrada.schema < minPullSchema) throw new AppError('VERSION_VIEJA');
      if (!(await selectScopes(tx, usuarioId)).includes(scope)) return null;
      const posicion = leeCursor(entrada.cursor);
      const actual = (await selectCabezas(tx, [scope])).get(scope) ?? SIN_TOCAR;
      const enLaCabeza =
        posicion !== null &&
        posicion.scope === scope &&
        posicion.epoch === epoch &&
        posicion.after === null &&
        posicion.ver === actual.ver &&
        posicion.token === actual.token;
      return enLaCabeza ? actual : null;
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  if (cabeza === null || !conocidos(scope, campos)) return NO_SE_SABE;
  const suma =
    scope === SCOPE_SNAPSHOT
      ? totalDelCatalogo(db, cabeza, campos)
      : totalDelScope(db, usuarioId, scope, cabeza, campos);
  const total = await Promise.race([suma, sleep(ESPERA_MS, null, { ref: false })]);
  if (total === null) return NO_SE_SABE;
  return { igual: total.cuenta === entrada.cuenta && total.suma === entrada.suma };
}

/** Fields that this version has; of a newer phone it cannot tell. */
function conocidos(scope: string, campos: Campos): boolean {
  if (scope === SCOPE_SNAPSHOT) {
    return TABLAS_CATALOGO.every((tabla) => {
      const suyos = campos[tabla];
      return suyos?.[0] === 'id' && suyos.every((campo) => CAMPOS[tabla].includes(campo));
    });
  }
  return Object.entries(campos).every(([tabla, suyos]) => {
    if (!Object.hasOwn(COLUMNAS, tabla)) return false;
    const { columnas } = COLUMNAS[tabla as keyof typeof COLUMNAS];
    return suyos.every((campo) => Object.hasOwn(columnas, campo));
  });
}

/** null: another sum is under way, or the head moved while the rows were read. */
function totalDelCatalogo(db: Db, cabeza: CabezaScope, campos: Campos): Promise<Total | null> {
  const sumas = sumasDe(db);
  const clave = JSON.stringify([cabeza, TABLAS_CATALOGO.map((tabla) => campos[tabla])]);
  if (sumas.catalogo?.clave === clave) return sumas.catalogo.total;
  if (sumas.sumando) return Promise.resolve(null);
  sumas.sumando = true;
  const total = sumaDelCatalogo(db, cabeza, campos)
    .catch(() => null)
    .then((value) => {
      sumas.sumando = false;
      if (value === null && sumas.catalogo?.clave === clave) sumas.catalogo = undefined;
      return value;
    });
  sumas.catalogo = { clave, total };
  return total;
}

/** null: too many wait already, or the head moved while the rows were read. */
function totalDelScope(
  db: Db,
  usuarioId: string,
  scope: string,
  cabeza: CabezaScope,
  campos: Campos,
): Promise<Total | null> {
  const sumas = sumasDe(db);
  const deTodos = COMPARTIDOS.includes(scope.split(':', 1)[0]!);
  const clave = JSON.stringify([scope, deTodos ? '' : usuarioId, cabeza, campos]);
  const sabida = sumas.hechas.get(clave);
  if (sabida !== undefined) return sabida;
  if (sumas.enCola >= MAX_COLA) return Promise.resolve(null);
  sumas.enCola += 1;
  const total = sumas.cola
    .then(() => sumaDelScope(db, usuarioId, scope, cabeza, campos))
    .catch(() => null)
    .then((value) => {
      sumas.enCola -= 1;
      if (value === null || !deTodos) sumas.hechas.delete(clave);
      return value;
    });
  sumas.cola = total;
  sumas.hechas.set(clave, total);
  const [vieja] = sumas.hechas.keys();
  if (sumas.hechas.size > MAX_SUMAS && vieja !== undefined) sumas.hechas.delete(vieja);
  return total;
}
