import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#server/platform/db/db.ts';
import { SCOPE_SNAPSHOT, type VerificaEntrada, type VerificaSalida } from '#shared/contracts/snapshot.ts';
import { SumaFilas } from '#shared/domain/suma-filas.ts';
import { AppError } from '#shared/errores.ts';
import { leeCursor } from './cursor.ts';
import { leeMeta } from './epoca.ts';
import { autenticaEquipo } from './equipo.ts';
import { selectScopes } from './hello.sql.ts';
import { type CabezaScope, selectCabezas } from './pull.sql.ts';
import { CAMPOS, piezasDelCatalogo, TABLAS_CATALOGO } from './snapshot-trozos.ts';

type Total = { readonly cuenta: number; readonly suma: string };
type Campos = Readonly<Record<string, readonly string[]>>;

/** A phone is not kept waiting longer: the sum goes on, and the phone asks again soon. */
const ESPERA_MS = 6_000;

/** The last sum of each database, of one head; every phone that is level asks for the same. */
const sumas = new WeakMap<Db, { clave: string; total: Promise<Total | null> }>();
const sumando = new WeakSet<Db>();

const NO_SE_SABE: VerificaSalida = { igual: null };

/**
 * Compares what a level phone holds with the database. Answered only when its cursor is the head, which is read in one
 * snapshot with the rights of the caller. Throws what `pull` throws.
 */
export async function verifica(db: Db, usuarioId: string, entrada: VerificaEntrada): Promise<VerificaSalida> {
  const cabeza = await db.asService(
    async (tx) => {
      const { revokedAt } = await autenticaEquipo(tx, entrada);
      if (revokedAt !== null) throw new AppError('EQUIPO_REVOCADO');
      const { epoch, minPullSchema } = await leeMeta(tx);
      if (entrada.schema < minPullSchema) throw new AppError('VERSION_VIEJA');
      const { scope } = entrada;
      if (scope !== SCOPE_SNAPSHOT || !(await selectScopes(tx, usuarioId)).includes(scope)) return null;
      const posicion = leeCursor(entrada.cursor);
      const actual = (await selectCabezas(tx, [scope])).get(scope);
      const enLaCabeza =
        posicion !== null &&
        actual !== undefined &&
        posicion.scope === scope &&
        posicion.epoch === epoch &&
        posicion.after === null &&
        posicion.ver === actual.ver &&
        posicion.token === actual.token;
      return enLaCabeza ? actual : null;
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  if (cabeza === null || !conocidos(entrada.campos)) return NO_SE_SABE;
  const total = await Promise.race([
    totalDe(db, cabeza, entrada.campos),
    sleep(ESPERA_MS, null, { ref: false }),
  ]);
  if (total === null) return NO_SE_SABE;
  return { igual: total.cuenta === entrada.cuenta && total.suma === entrada.suma };
}

function conocidos(campos: Campos): boolean {
  return TABLAS_CATALOGO.every((tabla) => {
    const suyos = campos[tabla];
    return suyos?.[0] === 'id' && suyos.every((campo) => CAMPOS[tabla].includes(campo));
  });
}

/** null: another sum is under way, or the head moved while the rows were read. */
function totalDe(db: Db, cabeza: CabezaScope, campos: Campos): Promise<Total | null> {
  const clave = JSON.stringify([cabeza, TABLAS_CATALOGO.map((tabla) => campos[tabla])]);
  const sabida = sumas.get(db);
  if (sabida?.clave === clave) return sabida.total;
  if (sumando.has(db)) return Promise.resolve(null);
  sumando.add(db);
  const total = suma(db, cabeza, campos)
    .catch(() => null)
    .then((value) => {
      sumando.delete(db);
      if (value === null && sumas.get(db)?.clave === clave) sumas.delete(db);
      return value;
    });
  sumas.set(db, { clave, total });
  return total;
}

/**
 * Read piece by piece, so that nobody waits for the whole. A commit that touches the scope moves its head, and both are
 * seen at once: rows read between two looks at the same head are all of it.
 */
async function suma(db: Db, cabeza: CabezaScope, campos: Campos): Promise<Total | null> {
  const total = new SumaFilas();
  for await (const pieza of piezasDelCatalogo(db, [])) {
    const inicio = performance.now();
    for (const tabla of TABLAS_CATALOGO) {
      const suyos = campos[tabla]!;
      for (const fila of pieza.filas[tabla] ?? []) {
        total.agrega(tabla, JSON.stringify(suyos.map((campo) => fila[campo])));
      }
    }
    await sleep(performance.now() - inicio);
  }
  const despues = await db.asService(
    async (tx) => (await selectCabezas(tx, [SCOPE_SNAPSHOT])).get(SCOPE_SNAPSHOT),
    {
      readOnly: true,
    },
  );
  if (despues?.ver !== cabeza.ver || despues.token !== cabeza.token) return null;
  return { cuenta: total.cuenta, suma: total.suma };
}
