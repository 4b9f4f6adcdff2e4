import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#server/platform/db/db.ts';
import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { SumaFilas } from '#shared/domain/suma-filas.ts';
import { estadoDe, type Fila } from './filas.ts';
import { type CabezaScope, SIN_TOCAR, selectCabezas, selectCambios } from './pull.sql.ts';
import { piezasDelCatalogo, TABLAS_CATALOGO } from './snapshot-trozos.ts';

export type Total = { readonly cuenta: number; readonly suma: string };
export type Campos = Readonly<Record<string, readonly string[]>>;

/** No statement asks for more: PGlite answers nobody else meanwhile. */
const FILAS_SENTENCIA = 2_000;

function agrega(total: SumaFilas, campos: Campos, tabla: string, filas: readonly Fila[] = []): void {
  const suyos = campos[tabla];
  if (suyos === undefined) return;
  for (const fila of filas) total.agrega(tabla, JSON.stringify(suyos.map((campo) => fila[campo])));
}

/**
 * Both sums read piece by piece, so that nobody waits for the whole. A commit that touches the scope moves its head, and
 * both are seen at once: rows read between two looks at the same head are all of it. null: the head moved.
 */
async function siSigue(
  db: Db,
  scope: string,
  cabeza: CabezaScope,
  { cuenta, suma }: SumaFilas,
): Promise<Total | null> {
  const despues = await db.asService(
    async (tx) => (await selectCabezas(tx, [scope])).get(scope) ?? SIN_TOCAR,
    { readOnly: true },
  );
  return despues.ver === cabeza.ver && despues.token === cabeza.token ? { cuenta, suma } : null;
}

/** The catalogue, from its tables and not from the list of changes. */
export async function sumaDelCatalogo(db: Db, cabeza: CabezaScope, campos: Campos): Promise<Total | null> {
  const total = new SumaFilas();
  for await (const pieza of piezasDelCatalogo(db, [])) {
    const inicio = performance.now();
    for (const tabla of TABLAS_CATALOGO) agrega(total, campos, tabla, pieza.filas[tabla]);
    await sleep(performance.now() - inicio);
  }
  return siSigue(db, SCOPE_SNAPSHOT, cabeza, total);
}

/** Another scope: what a pull of it from nothing would give this person now, of the tables that are asked for. */
export async function sumaDelScope(
  db: Db,
  usuarioId: string,
  scope: string,
  cabeza: CabezaScope,
  campos: Campos,
): Promise<Total | null> {
  const total = new SumaFilas();
  let desde: Parameters<typeof selectCambios>[2] = { ver: 0, after: null };
  for (;;) {
    const inicio = performance.now();
    const { cambios, upserts } = await db.asService(
      async (tx) => {
        const leidos = await selectCambios(tx, scope, desde, cabeza.ver, FILAS_SENTENCIA);
        const vivos = leidos.filter((cambio) => cambio.op === 'U' && campos[cambio.tbl] !== undefined);
        return { cambios: leidos, upserts: (await estadoDe(tx, usuarioId, vivos)).upserts };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
    for (const [tabla, filas] of Object.entries(upserts)) agrega(total, campos, tabla, filas);
    const ultimo = cambios.at(-1);
    if (ultimo === undefined || cambios.length < FILAS_SENTENCIA) break;
    desde = { ver: ultimo.ver - 1, after: [ultimo.tbl, ultimo.pk] };
    await sleep(performance.now() - inicio);
  }
  return siSigue(db, scope, cabeza, total);
}
