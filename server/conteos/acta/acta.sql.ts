import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { ColumnaHuella } from '#shared/domain/huella-acta.ts';

export interface CabeceraRow {
  clase_abc: string | null;
  categoria: string | null;
  zonas: string[];
  ubicaciones: string[];
  productos: number;
  creado_por: string;
  en_revision_en: Date | null;
  cerrado_en: Date | null;
  cancelado_en: Date | null;
  cancelado_por: string | null;
  motivo_cancelacion: string | null;
  corrige_a: string | null;
  complementa_a: string | null;
  compara_con: string | null;
  complementos: string[];
}

/** What the acta's head says beyond `findConteo`. The conteo exists. */
export async function findCabecera(tx: Tx, conteoId: string): Promise<CabeceraRow> {
  const { rows } = await sql<CabeceraRow>`
    select c.clase_abc, k.nombre as categoria, c.creado_por, c.en_revision_en, c.cerrado_en, c.cancelado_en,
           c.cancelado_por, c.motivo_cancelacion,
           coalesce((select array_agg(distinct u.zona) filter (where u.zona <> '') from inventario.conteo_ubicaciones cu
                       join inventario.ubicaciones u on u.id = cu.ubicacion_id where cu.conteo_id = c.id), '{}') as zonas,
           coalesce((select array_agg(u.codigo order by u.codigo) from inventario.conteo_ubicaciones cu
                       join inventario.ubicaciones u on u.id = cu.ubicacion_id where cu.conteo_id = c.id), '{}') as ubicaciones,
           (select count(*)::int from inventario.conteo_productos p where p.conteo_id = c.id) as productos,
           (select coalesce(o.folio, o.nombre) from inventario.conteos o where o.id = c.corrige_a) as corrige_a,
           (select coalesce(o.folio, o.nombre) from inventario.conteos o where o.id = c.complementa_a) as complementa_a,
           (select coalesce(o.folio, o.nombre) from inventario.conteos o where o.id = c.compara_con) as compara_con,
           coalesce((select array_agg(coalesce(o.folio, o.nombre) order by o.abierto_en, o.id)
                       from inventario.conteos o where o.complementa_a = c.id), '{}') as complementos
      from inventario.conteos c left join inventario.categorias k on k.id = c.categoria_id
     where c.id = ${conteoId}`.execute(tx);
  return rows[0]!;
}

/** Every attempt of the conteo, with why it was asked for. */
export async function findIntentos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{
    intento: number;
    motivo: string | null;
    pedido_por: string | null;
    created_at: Date;
    productos: number;
    controles: number;
  }>`
    select i.intento, i.motivo, i.pedido_por, i.created_at, cardinality(i.controles) as controles,
           (select count(*)::int from inventario.conteo_intento_productos p
             where p.conteo_id = i.conteo_id and p.intento = i.intento) as productos
      from inventario.conteo_intentos i where i.conteo_id = ${conteoId} order by i.intento`.execute(tx);
  return rows;
}

/** Why a manager closed a part in its counter's place. */
export async function findMotivosDePartes(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ usuario_id: string; intento: number; motivo: string }>`
    select usuario_id, intento, motivo from inventario.conteo_partes
     where conteo_id = ${conteoId} and motivo is not null and cerrada_por is not null`.execute(tx);
  return new Map(rows.map((row) => [`${row.usuario_id} ${row.intento}`, row.motivo]));
}

/** Reason given with the approval of each product. */
export async function findMotivos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ producto_id: string; motivo: string }>`
    select producto_id, motivo from inventario.conteo_resultados
     where conteo_id = ${conteoId} and motivo is not null`.execute(tx);
  return new Map(rows.map((row) => [row.producto_id, row.motivo]));
}

/** Codes of what each approval was warned of, by who approved and when. */
export async function findAdvertencias(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ en: Date; usuario_id: string; advertencias: string[] | null }>`
    select en, usuario_id, datos -> 'advertencias' as advertencias from inventario.auditoria
     where entidad = 'conteo' and entidad_id = ${conteoId} and accion = 'conteo.aprobado'`.execute(tx);
  return new Map(rows.map((row) => [`${row.usuario_id} ${row.en.getTime()}`, row.advertencias ?? []]));
}

/** Where each ajuste of the conteo was posted. */
export async function findAsientos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ id: string; ocurrida_en: Date }>`
    select id, ocurrida_en from inventario.transacciones
     where conteo_id = ${conteoId} and subtipo = 'conteo'`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.ocurrida_en]));
}

export async function findVaciasDichas(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ producto_id: string; codigo: string; motivo: string; por: string }>`
    select v.producto_id, u.codigo, v.motivo, v.por from inventario.conteo_vacias v
      join inventario.ubicaciones u on u.id = v.ubicacion_id
     where v.conteo_id = ${conteoId} order by v.producto_id, u.codigo`.execute(tx);
  return rows;
}

export async function findTraslapesDecididos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{
    producto_id: string;
    decision: 'suma' | 'uno';
    usuario_id: string | null;
    por: string;
  }>`
    select producto_id, decision, usuario_id, por from inventario.conteo_traslapes
     where conteo_id = ${conteoId}`.execute(tx);
  return new Map(rows.map((row) => [row.producto_id, row]));
}

/** Contra-ajustes that a person decided on for what was learned after the approval. */
export async function findContraAjustesDecididos(tx: Tx, conteoId: string) {
  const { rows } = await sql<{
    codigo: string;
    nombre: string;
    decision: 'firmado' | 'descartado';
    cantidad: string;
    motivo: string | null;
    por: string;
    en: Date;
    transaccion_id: string | null;
  }>`
    select p.codigo, p.nombre, k.decision, -m.efecto as cantidad, k.motivo, u.nombre as por, k.en, k.transaccion_id
      from inventario.contra_ajustes k
      join inventario.productos p on p.id = k.producto_id
      join inventario.transacciones m on m.id = k.movimiento_id
      join inventario.usuarios u on u.id = k.por
     where k.conteo_id = ${conteoId} order by k.en, k.id`.execute(tx);
  return rows;
}

/** Reasons of the links that are in force without a product: left pending, or of others. */
export async function findMotivosDeLigas(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ id: string; motivo: string }>`
    select id, motivo from inventario.conteo_linea_ligas
     where conteo_id = ${conteoId} and motivo is not null`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.motivo]));
}

export type HuellaRow = Record<ColumnaHuella, string | null> & {
  /** Received within the cut. */
  dentro: boolean;
};

/** With microseconds, as stored. */
const UTC = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/**
 * Lines, links and declared zeros of a conteo as the columns of the huella, with which of them had been received by
 * `corte` (compared in milliseconds, which is what a link to the acta can carry).
 */
export async function findRenglones(tx: Tx, conteoId: string, corte: Date): Promise<HuellaRow[]> {
  const { rows } = await sql<HuellaRow>`
    select x.registro, x.id::text, x.linea_id::text, x.intento::text, x.tipo, x.producto_id::text, x.codigo_crudo,
           x.cantidad::text, x.factor::text, x.anula::text, x.condicion, x.ubicacion_id::text, x.lote, x.caduca::text, x.dot,
           x.nota, x.usuario_id::text, x.device_id::text,
           to_char(x.contado_en at time zone 'UTC', ${UTC}) as contado_en,
           to_char(x.instante at time zone 'UTC', ${UTC}) as instante,
           to_char(x.recibido_en at time zone 'UTC', ${UTC}) as recibido_en,
           date_trunc('milliseconds', x.recibido_en) <= ${corte}::timestamptz as dentro
      from (
        select 'linea' as registro, id, null::uuid as linea_id, intento, tipo, producto_id, codigo_crudo, cantidad, factor,
               anula, condicion, ubicacion_id, lote, caduca, dot, nota, usuario_id, device_id, contado_en, instante, recibido_en
          from inventario.conteo_lineas where conteo_id = ${conteoId}
        union all
        select 'liga', id, linea_id, null, estado, producto_id, null, null, factor, null, null, null, null, null, null, motivo,
               por, null, null, en, recibido_en
          from inventario.conteo_linea_ligas where conteo_id = ${conteoId}
        union all
        select 'cero', producto_id, null, null, 'cero', producto_id, null, 0, 1, null, null, null, null, null, null, null,
               por, null, null, en, en
          from inventario.conteo_ceros where conteo_id = ${conteoId}) x
     order by x.id::text collate "C", x.registro collate "C"`.execute(tx);
  return rows;
}

/** Codes of bins, also of those that are no longer in use. */
export async function findUbicaciones(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; codigo: string }>`
    select id, codigo from inventario.ubicaciones where id = any(${ids as string[]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.codigo]));
}
