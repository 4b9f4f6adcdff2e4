import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Proposito } from '#shared/roles.ts';
import { asignadoAlIntento } from './conteo.sql.ts';

/** A line as it is stored; `n` is its place in the run. Quantities are decimal text. */
export interface LineaNueva {
  readonly n: number;
  readonly id: string;
  readonly conteo_id: string;
  readonly intento: number;
  readonly ubicacion_id: string | null;
  readonly codigo_crudo: string | null;
  readonly simbologia: string | null;
  readonly fuente: string;
  readonly producto_id: string | null;
  readonly cantidad: string;
  readonly factor: string;
  readonly tipo: 'suma' | 'cero' | 'anula';
  readonly anula: string | null;
  readonly condicion: string;
  readonly lote: string | null;
  readonly caduca: string | null;
  readonly dot: string | null;
  readonly nota: string | null;
  readonly device_id: string;
  readonly contado_en: string;
  readonly desfase_guardar_ms: number | null;
  readonly desfase_enviar_ms: number | null;
  readonly instante: string;
  readonly reloj_dudoso: boolean;
}

const RECORD = sql`(n int, id uuid, conteo_id uuid, intento smallint, ubicacion_id uuid, codigo_crudo text,
  simbologia text, fuente text, producto_id uuid, cantidad numeric, factor numeric, tipo text, anula uuid,
  condicion text, lote text, caduca date, dot text, nota text, device_id uuid, contado_en timestamptz,
  desfase_guardar_ms bigint, desfase_enviar_ms bigint, instante timestamptz, reloj_dudoso boolean)`;

/** What a line meets in the database. */
export interface HechosLinea {
  readonly n: number;
  /** null: there is no line with this id; true: the same line of the same author; false: another one. */
  readonly igual: boolean | null;
  /** null: no such conteo. */
  readonly estado: string | null;
  readonly tiendaId: string;
  readonly ciego: boolean;
  readonly proposito: Proposito;
  readonly asignado: boolean;
  readonly intentoExiste: boolean;
  readonly productoExiste: boolean;
  readonly ubicacionExiste: boolean;
  readonly anulaAutor: string | null;
  readonly anulaTipo: string | null;
  readonly anulaConteo: string | null;
  /** The product of the line (of the voided line, of its link) has an approved result in this conteo. */
  readonly aprobado: boolean;
}

/** What of a line is asked about. json and not jsonb: each field is read once. */
function preguntas(lineas: readonly LineaNueva[]): RawBuilder<unknown> {
  const texto = JSON.stringify(
    lineas.map(({ n, id, conteo_id, intento, ubicacion_id, producto_id, anula }) => ({
      n,
      id,
      conteo_id,
      intento,
      ubicacion_id,
      producto_id,
      anula,
    })),
  );
  return sql`json_to_recordset(${texto}::json)
    as x (n int, id uuid, conteo_id uuid, intento smallint, ubicacion_id uuid, producto_id uuid, anula uuid)`;
}

/** Places of those lines, all of them stored, that are the stored line of the same author, field by field. */
async function selectIguales(
  tx: Tx,
  autorId: string,
  lineas: readonly LineaNueva[],
): Promise<ReadonlySet<number>> {
  if (lineas.length === 0) return new Set();
  const { rows } = await sql<{ n: number }>`
    select x.n
      from json_to_recordset(${JSON.stringify(lineas)}::json) as x ${RECORD}
      join inventario.conteo_lineas e on e.id = x.id and e.usuario_id = ${autorId}::uuid
     where (e.conteo_id, e.intento, e.ubicacion_id, e.codigo_crudo, e.producto_id, e.cantidad, e.factor,
            e.tipo, e.anula, e.condicion, e.lote, e.caduca, e.contado_en)
           is not distinct from
           (x.conteo_id, x.intento, x.ubicacion_id, x.codigo_crudo, x.producto_id, x.cantidad, x.factor,
            x.tipo, x.anula, x.condicion, x.lote, x.caduca, x.contado_en)`.execute(tx);
  return new Set(rows.map(({ n }) => n));
}

/** One row per line, in order. Runs past row-level security: it must see other people's lines to refuse them. */
export async function selectHechos(
  tx: Tx,
  autorId: string,
  lineas: readonly LineaNueva[],
): Promise<HechosLinea[]> {
  const { rows } = await sql<Omit<HechosLinea, 'igual'> & { existe: boolean }>`
    select x.n, e.id is not null as existe, c.estado, c.tienda_id as "tiendaId", c.ciego, c.proposito,
           ${asignadoAlIntento(sql`x.conteo_id`, sql`x.intento`, autorId)} as asignado,
           x.intento = 1 or exists (select from inventario.conteo_intentos i
                    where i.conteo_id = x.conteo_id and i.intento = x.intento) as "intentoExiste",
           x.producto_id is null
             or exists (select from inventario.productos p where p.id = x.producto_id) as "productoExiste",
           x.ubicacion_id is null
             or exists (select from inventario.ubicaciones u where u.id = x.ubicacion_id) as "ubicacionExiste",
           t.usuario_id as "anulaAutor", t.tipo as "anulaTipo", t.conteo_id as "anulaConteo",
           exists (select from inventario.conteo_resultados r
                    where r.conteo_id = x.conteo_id
                      and r.producto_id = coalesce(x.producto_id, t.producto_id, (
                            select g.producto_id from inventario.conteo_linea_ligas g
                             where g.linea_id = t.id order by g.recibido_en desc, g.id desc limit 1))) as aprobado
      from ${preguntas(lineas)}
      left join inventario.conteo_lineas e on e.id = x.id
      left join inventario.conteos c on c.id = x.conteo_id
      left join inventario.conteo_lineas t on t.id = x.anula
     order by x.n`.execute(tx);
  // A line that is already here is rare: only then is it compared whole.
  const existen = new Set(rows.filter(({ existe }) => existe).map(({ n }) => n));
  const iguales = await selectIguales(
    tx,
    autorId,
    lineas.filter(({ n }) => existen.has(n)),
  );
  return rows.map(({ existe, ...hechos }) => ({ ...hechos, igual: existe ? iguales.has(hechos.n) : null }));
}

/** Inserts what is new in one statement; the ids that it wrote come back. */
export async function insertLineas(
  tx: Tx,
  autorId: string,
  lineas: readonly LineaNueva[],
  recibidoEn: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into inventario.conteo_lineas (
      id, conteo_id, intento, ubicacion_id, codigo_crudo, simbologia, fuente, producto_id, cantidad, factor, tipo, anula,
      condicion, lote, caduca, dot, nota, device_id, usuario_id, contado_en, desfase_guardar_ms, desfase_enviar_ms,
      instante, reloj_dudoso, recibido_en)
    select x.id, x.conteo_id, x.intento, x.ubicacion_id, x.codigo_crudo, x.simbologia, x.fuente, x.producto_id,
           x.cantidad, x.factor, x.tipo, x.anula, x.condicion, x.lote, x.caduca, x.dot, x.nota, x.device_id,
           ${autorId}::uuid, x.contado_en, x.desfase_guardar_ms, x.desfase_enviar_ms, x.instante, x.reloj_dudoso,
           ${recibidoEn}::timestamptz
      from json_to_recordset(${JSON.stringify(lineas)}::json) as x ${RECORD}
     order by x.n
    on conflict (id) do nothing
    returning id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
