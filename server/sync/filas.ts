import type { Tx } from '#server/platform/db/db.ts';
import type { NombreTabla } from '#shared/contracts/filas.ts';
import { selectFilas } from './filas.sql.ts';
import { COLUMNAS } from './filas-columnas.ts';
import type { Cambio } from './pull.sql.ts';
import { comoPersona } from './rol.sql.ts';

export type Fila = Record<string, unknown>;

/** Rows to put and keys to take away, by table. */
export interface Estado {
  readonly upserts: Record<string, Fila[]>;
  readonly deletes: Record<string, string[]>;
}

function esTabla(tbl: string): tbl is NombreTabla {
  return Object.hasOwn(COLUMNAS, tbl);
}

function agrupa(cambios: readonly Cambio[]): Map<NombreTabla, Cambio[]> {
  const porTabla = new Map<NombreTabla, Cambio[]>();
  for (const cambio of cambios) {
    if (!esTabla(cambio.tbl)) throw new Error(`sync.change names ${cambio.tbl}, which pull does not know`);
    const grupo = porTabla.get(cambio.tbl);
    if (grupo === undefined) porTabla.set(cambio.tbl, [cambio]);
    else grupo.push(cambio);
  }
  return porTabla;
}

/**
 * The present state of what changed. Tables are read as the person, so that row-level security is a second fence behind
 * the scopes; what the person's role cannot read at all is narrowed to their own rows.
 */
export async function estadoDe(tx: Tx, usuarioId: string, cambios: readonly Cambio[]): Promise<Estado> {
  const upserts: Record<string, Fila[]> = {};
  const deletes: Record<string, string[]> = {};
  for (const [tbl, grupo] of agrupa(cambios)) {
    const vivos = grupo.filter((cambio) => cambio.op === 'U').map((cambio) => cambio.pk);
    const lee = () => selectFilas(tx, tbl, vivos, usuarioId);
    const comoServidor = COLUMNAS[tbl].soloDe !== undefined;
    const filas =
      vivos.length === 0 ? new Map() : await (comoServidor ? lee() : comoPersona(tx, usuarioId, lee));
    const ausentes: string[] = [];
    const presentes: Fila[] = [];
    for (const { pk } of grupo) {
      const fila = filas.get(pk) as Fila | undefined;
      if (fila === undefined) ausentes.push(pk);
      else presentes.push(fila);
    }
    if (presentes.length > 0) upserts[tbl] = presentes;
    if (ausentes.length > 0) deletes[tbl] = ausentes;
  }
  return { upserts, deletes };
}
