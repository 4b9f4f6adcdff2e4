import type { Tx } from '#server/platform/db/db.ts';
import type { PaginaScope, PullEntrada, PullSalida } from '#shared/contracts/sync.ts';
import { AppError } from '#shared/errores.ts';
import type { SyncPort } from './contexto.ts';
import { cifraCursor, leeCursor, type Posicion } from './cursor.ts';
import { leeMeta } from './epoca.ts';
import { autenticaEquipo } from './equipo.ts';
import { estadoDe } from './filas.ts';
import { selectScopes } from './hello.sql.ts';
import { type CabezaScope, SIN_TOCAR, selectCabezas, selectCambios, selectLinaje } from './pull.sql.ts';

/** Small scopes first, the catalogue last: a conteo is usable before a hundred thousand products have come. */
const ORDEN = ['usuario', 'tienda', 'conteo', 'lineas', 'stock', 'costos', 'catalogo'];

function rango(scope: string): number {
  return ORDEN.indexOf(scope.split(':', 1)[0]!);
}

interface Punto {
  readonly scope: string;
  readonly cabeza: CabezaScope;
  /** null: from nothing. */
  readonly desde: Posicion | null;
}

/**
 * Where each granted scope goes on; from nothing where the cursor is missing, foreign, forged, of another history or so old
 * that what left the scope since then may be forgotten.
 */
async function puntos(
  tx: Tx,
  entrada: PullEntrada,
  epoch: string,
  scopes: readonly string[],
): Promise<Punto[]> {
  const cabezas = await selectCabezas(tx, scopes);
  const leidos = new Map<string, Posicion>();
  for (const scope of scopes) {
    const texto = entrada.cursors[scope];
    const posicion = texto === undefined ? null : leeCursor(texto);
    const { ver: cabeza, piso } = cabezas.get(scope) ?? SIN_TOCAR;
    const propio =
      posicion !== null &&
      posicion.scope === scope &&
      posicion.epoch === epoch &&
      posicion.schema === entrada.schema &&
      (posicion.base ?? posicion.ver) >= piso &&
      posicion.head <= cabeza;
    if (propio) leidos.set(scope, posicion);
  }
  const pruebas = [...leidos.values()].flatMap(({ scope, head, token }) =>
    token === null ? [] : [{ scope, ver: head, token }],
  );
  const probados = await selectLinaje(tx, pruebas);
  return scopes.map((scope) => {
    const posicion = leidos.get(scope);
    const vale = posicion !== undefined && (posicion.token === null || probados.has(scope));
    return { scope, cabeza: cabezas.get(scope) ?? SIN_TOCAR, desde: vale ? posicion : null };
  });
}

/** One page of a scope with at most `limit` rows, and how many of them it used. */
async function pagina(
  tx: Tx,
  usuarioId: string,
  entrada: PullEntrada,
  epoch: string,
  { scope, cabeza, desde }: Punto,
  limit: number,
): Promise<{ pagina: PaginaScope; filas: number }> {
  const inicio = desde ?? { ver: 0, after: null };
  const leidos = await selectCambios(tx, scope, inicio, cabeza.ver, limit + 1);
  const cambios = leidos.slice(0, limit);
  const head = leidos.length <= limit;
  const ultimo = cambios.at(-1);
  const hasta: Pick<Posicion, 'ver' | 'after'> = head
    ? { ver: cabeza.ver, after: null }
    : ultimo === undefined
      ? inicio
      : { ver: ultimo.ver - 1, after: [ultimo.tbl, ultimo.pk] };
  const cursor = cifraCursor({
    epoch,
    scope,
    ...hasta,
    base: head ? cabeza.ver : desde === null ? cabeza.ver : (desde.base ?? desde.ver),
    head: cabeza.ver,
    token: cabeza.token,
    schema: entrada.schema,
  });
  const estado = await estadoDe(tx, usuarioId, cambios);
  return { pagina: { scope, reset: desde === null, ...estado, cursor, head }, filas: cambios.length };
}

/**
 * What a person's phone still lacks (contract: `PullEntrada`, `PullSalida`), in one snapshot. At most `limit` rows over
 * all scopes; call again with the new cursors until `done`. Scopes that have nothing new have no page. Throws
 * EQUIPO_DESCONOCIDO, EQUIPO_SECRETO, EQUIPO_REVOCADO, VERSION_VIEJA.
 */
export async function pull(port: SyncPort, usuarioId: string, entrada: PullEntrada): Promise<PullSalida> {
  return port.db.asService(
    async (tx) => {
      const equipo = await autenticaEquipo(tx, entrada);
      if (equipo.revokedAt !== null) throw new AppError('EQUIPO_REVOCADO');
      const { epoch, minPullSchema } = await leeMeta(tx);
      if (entrada.schema < minPullSchema) throw new AppError('VERSION_VIEJA');

      const scopes = await selectScopes(tx, usuarioId);
      scopes.sort((a, b) => rango(a) - rango(b) || (a < b ? -1 : 1));
      const omite = new Set(entrada.omite);
      const pedidos = scopes.filter((scope) => !omite.has(scope));
      const pages: PaginaScope[] = [];
      let quedan = entrada.limit;
      let done = true;
      for (const punto of await puntos(tx, entrada, epoch, pedidos)) {
        const alDia = punto.desde !== null && punto.desde.ver === punto.cabeza.ver;
        if (alDia) continue;
        if (quedan === 0) {
          done = false;
          continue;
        }
        const hecha = await pagina(tx, usuarioId, entrada, epoch, punto, quedan);
        pages.push(hecha.pagina);
        quedan -= hecha.filas;
        done &&= hecha.pagina.head;
      }
      return {
        epoch,
        pages,
        // A person put out receives nothing, so nothing of theirs is promised to be in what was received.
        lastMid:
          done && scopes.length > 0 && pedidos.length === scopes.length ? Number(equipo.lastMid) : null,
        scopesAdded: scopes.filter((scope) => entrada.cursors[scope] === undefined),
        scopesRemoved: Object.keys(entrada.cursors).filter((scope) => !scopes.includes(scope)),
        done,
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
