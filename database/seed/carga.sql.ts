import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Rows of one statement. */
const LOTE = 2000;

type Columnas = Readonly<Record<string, string>>;

/** Inserts rows as one JSON array per 2,000; `columnas` maps each column to its type. What is there already stays. */
export async function inserta(
  tx: Tx,
  tabla: string,
  columnas: Columnas,
  filas: readonly object[],
): Promise<void> {
  const nombres = sql.join(Object.keys(columnas).map((c) => sql.ref(c)));
  const tipos: RawBuilder<unknown> = sql.raw(
    Object.entries(columnas)
      .map(([c, tipo]) => `${c} ${tipo}`)
      .join(', '),
  );
  for (let i = 0; i < filas.length; i += LOTE) {
    const json = JSON.stringify(filas.slice(i, i + LOTE));
    await sql`
      insert into ${sql.table(tabla)} (${nombres})
      select ${nombres} from json_to_recordset(${json}::json) as f(${tipos})
      on conflict do nothing`.execute(tx);
  }
}

/** When the demo was made; undefined: it is not in this database. */
export async function demoHecha(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ en: string }>`
    select valor ->> 'en' as en from inventario.configuracion where clave = 'demo'`.execute(tx);
  return rows[0]?.en;
}

export async function anotaDemo(tx: Tx, en: Date): Promise<void> {
  await sql`
    insert into inventario.configuracion (clave, valor)
    values ('demo', ${JSON.stringify({ en: en.toISOString() })}::jsonb)`.execute(tx);
}
