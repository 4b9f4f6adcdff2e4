import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Campo, Valor } from '#shared/domain/catalogo/campo.ts';
import { medidasDe } from '#shared/domain/catalogo/campos-producto.ts';

/** A table of the catalogue whose rows are edited field by field; both names are constants of our code. */
export interface TablaEditable {
  readonly tabla: `inventario.${string}`;
  /** As the audit calls it. */
  readonly entidad: string;
  readonly campos: readonly Campo[];
  /** False: a row has no `is_active`. */
  readonly conCodigo: boolean;
}

export type Fila = Record<string, Valor>;

/** Every field as text or boolean, under its wire name. */
function columnas(campos: readonly Campo[]): RawBuilder<unknown> {
  return sql.join(
    campos.map((c) => {
      const columna = sql.ref(`x.${c.columna}`);
      const valor =
        c.tipo === 'si_no'
          ? columna
          : c.tipo === 'json'
            ? sql`(${columna} ->> 'largo') || ' x ' || (${columna} ->> 'ancho') || ' x ' || (${columna} ->> 'alto')`
            : sql`${columna}::text`;
      return sql`${valor} as ${sql.id(c.campo)}`;
    }),
  );
}

/** One row, locked until the transaction ends. */
export async function lockFila(tx: Tx, t: TablaEditable, id: string): Promise<Fila | undefined> {
  const { rows } = await sql<Fila>`
    select ${columnas(t.campos)} from ${sql.table(t.tabla)} x where x.id = ${id}::uuid for update of x`.execute(
    tx,
  );
  return rows[0];
}

/** Many rows, locked in order of their ids so that two editions do not wait for each other in a circle. */
export async function lockFilas(
  tx: Tx,
  t: TablaEditable,
  ids: readonly string[],
): Promise<(Fila & { id: string })[]> {
  const { rows } = await sql<Fila & { id: string }>`
    select x.id, ${columnas(t.campos)} from ${sql.table(t.tabla)} x
     where x.id = any(${[...ids]}::uuid[]) order by x.id for update of x`.execute(tx);
  return rows;
}

/** What PostgreSQL's own JSON input takes for the column. */
function guardado(campo: Campo, valor: Valor): unknown {
  if (campo.tipo === 'json' && typeof valor === 'string') return medidasDe(valor);
  return valor;
}

function enColumnas(t: TablaEditable, valores: Fila): { nombres: string[]; json: string } {
  const puestos = t.campos.filter((c) => Object.hasOwn(valores, c.campo));
  const json = Object.fromEntries(puestos.map((c) => [c.columna, guardado(c, valores[c.campo] ?? null)]));
  return { nombres: puestos.map((c) => c.columna), json: JSON.stringify(json) };
}

/** Writes only the fields that are given. */
export async function updateFilas(
  tx: Tx,
  t: TablaEditable,
  ids: readonly string[],
  valores: Fila,
): Promise<void> {
  const { nombres, json } = enColumnas(t, valores);
  if (nombres.length === 0 || ids.length === 0) return;
  const pone = sql.join(nombres.map((n) => sql`${sql.id(n)} = r.${sql.id(n)}`));
  await sql`
    update ${sql.table(t.tabla)} x set ${pone}
      from jsonb_populate_record(null::${sql.table(t.tabla)}, ${json}::jsonb) r
     where x.id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** Adds a row; what is not given has the column's default. `fijos`: columns that are no field (its almacén, its shop). */
export async function insertFila(
  tx: Tx,
  t: TablaEditable,
  id: string,
  valores: Fila,
  fijos: Readonly<Record<string, string>> = {},
): Promise<void> {
  const puestos = Object.fromEntries(Object.entries(valores).filter(([, v]) => v !== null));
  const { nombres, json } = enColumnas(t, puestos);
  const todos = ['id', ...Object.keys(fijos), ...nombres].map((n) => sql.id(n));
  const con = JSON.stringify({ ...(JSON.parse(json) as object), ...fijos, id });
  await sql`
    insert into ${sql.table(t.tabla)} (${sql.join(todos)})
    select ${sql.join(todos.map((n) => sql`r.${n}`))}
      from jsonb_populate_record(null::${sql.table(t.tabla)}, ${con}::jsonb) r`.execute(tx);
}

/** Id of another row with that code. */
export async function findCodigoOcupado(
  tx: Tx,
  t: TablaEditable,
  codigo: string,
  salvo: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select x.id from ${sql.table(t.tabla)} x where x.codigo = ${codigo} and x.id <> ${salvo}::uuid limit 1`.execute(
    tx,
  );
  return rows[0]?.id;
}

export interface UltimoCambio {
  readonly usuarioId: string | null;
  readonly quien: string | null;
  readonly en: Date;
}

/** Who last changed a field, as the audit remembers it; undefined when it was not a person of the app. */
export async function findUltimoCambio(
  tx: Tx,
  entidad: string,
  id: string,
  campo: string,
): Promise<UltimoCambio | undefined> {
  const { rows } = await sql<UltimoCambio>`
    select a.usuario_id as "usuarioId", u.nombre as quien, a.en
      from inventario.auditoria a left join inventario.usuarios u on u.id = a.usuario_id
     where a.entidad = ${entidad} and a.entidad_id = ${id} and a.datos -> 'campos' ? ${campo}
     order by a.en desc limit 1`.execute(tx);
  return rows[0];
}

/** Puts a row out of use, or back. False when it was so already. */
export async function updateActivo(tx: Tx, t: TablaEditable, id: string, activo: boolean): Promise<boolean> {
  const { rows } = await sql`
    update ${sql.table(t.tabla)} set is_active = ${activo} where id = ${id}::uuid and is_active <> ${activo} returning 1`.execute(
    tx,
  );
  return rows.length > 0;
}
