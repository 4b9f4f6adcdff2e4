import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Fila } from './filas.ts';
import { COLUMNAS, type Lectura } from './filas-columnas.ts';

/** How a column is read: decimals without trailing zeros, instants as ISO text with milliseconds. */
function expresion(columna: string, lectura: Lectura) {
  const ref = sql.ref(`t.${columna}`);
  switch (lectura) {
    case 'decimal':
      return sql`trim_scale(${ref})::text`;
    case 'instante':
      return sql`to_char(${ref} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    case 'numero':
      return sql`${ref}::float8`;
    case 'igual':
      return ref;
  }
}

/**
 * The present state of these rows, by pk, with the rights of the transaction's role: a row that is gone or that the role
 * may not see is absent. `usuarioId` narrows the tables that only the server reads.
 */
export async function selectFilas(
  tx: Tx,
  tbl: keyof typeof COLUMNAS,
  pks: readonly string[],
  usuarioId: string,
): Promise<Map<string, Fila>> {
  const { tabla, clave, columnas, soloDe } = COLUMNAS[tbl];
  const partes = pks.map((pk) => pk.split(':')).filter((p) => p.length === clave.length);
  const listas = clave.map(({ tipo }, i) => {
    const valores = partes.map((p) => p[i]!);
    return sql`${valores}::${sql.raw(tipo)}[]`;
  });
  const nombres = clave.map((_, i) => `k${i}`);
  const iguala = clave.map(({ columna }, i) => sql`${sql.ref(`t.${columna}`)} = ${sql.ref(`k.k${i}`)}`);
  const pk = sql.join(
    clave.map(({ columna }) => sql`${sql.ref(`t.${columna}`)}::text`),
    sql` || ':' || `,
  );
  const lista = Object.entries(columnas).map(
    ([camel, { columna, lectura }]) => sql`${expresion(columna, lectura)} as ${sql.ref(camel)}`,
  );
  const propia = soloDe === undefined ? sql`` : sql`and ${sql.ref(`t.${soloDe}`)} = ${usuarioId}::uuid`;
  const { rows } = await sql<Fila & { __pk: string }>`
    select ${pk} as __pk, ${sql.join(lista)}
      from unnest(${sql.join(listas)}) as k (${sql.join(nombres.map((n) => sql.ref(n)))})
      join ${sql.table(tabla)} t on ${sql.join(iguala, sql` and `)}
     where true ${propia}`.execute(tx);
  return new Map(rows.map(({ __pk, ...fila }) => [__pk, fila]));
}
