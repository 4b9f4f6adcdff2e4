import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Proposito } from '#shared/roles.ts';

export interface ConteoRow {
  id: string;
  folio: string | null;
  nombre: string;
  tienda_id: string;
  tienda: string;
  zona_horaria: string;
  almacen_id: string;
  almacen: string;
  movimientos_hasta: Date | null;
  alcance: string;
  ciego: boolean;
  /** Who reviews sees no figure either until every part is in. */
  doble_ciego: boolean;
  proposito: Proposito;
  /** The real conteo that a test count is compared with. */
  compara_con: string | null;
  reparto: 'repartido' | 'doble' | 'ninguno';
  tol_unidades: string | null;
  tol_porcentaje: string | null;
  tol_pesos: string | null;
  holgura_s: number;
  estado: string;
  vence: Date | null;
  abierto_en: Date;
  /** When it was closed or cancelled. */
  fin_en: Date | null;
  /** Sold goods leave the book when they are handed over. */
  descarga_al_entregar: boolean;
}

export async function findConteo(tx: Tx, conteoId: string): Promise<ConteoRow | undefined> {
  const { rows } = await sql<ConteoRow>`
    select c.id, c.folio, c.nombre, c.tienda_id, t.nombre as tienda, t.zona_horaria, c.almacen_id, a.nombre as almacen,
           a.movimientos_hasta, c.alcance, c.ciego, c.doble_ciego, c.proposito, c.compara_con, c.reparto, c.tol_unidades, c.tol_porcentaje, c.tol_pesos, c.holgura_s,
           c.estado, c.vence, c.abierto_en, coalesce(c.cerrado_en, c.cancelado_en) as fin_en, t.descarga_al_entregar
      from inventario.conteos c
      join inventario.almacenes a on a.id = c.almacen_id
      join inventario.tiendas t on t.id = c.tienda_id
     where c.id = ${conteoId}`.execute(tx);
  return rows[0];
}

/** Takes the conteo for this transaction: approvals, parts and decisions of one conteo go one after another. */
export async function lockConteo(tx: Tx, conteoId: string): Promise<void> {
  await sql`select id from inventario.conteos where id = ${conteoId} for update`.execute(tx);
}

export interface LineaRow {
  id: string;
  intento: number;
  ubicacion_id: string | null;
  codigo_crudo: string | null;
  producto_id: string | null;
  cantidad: string;
  factor: string;
  tipo: 'suma' | 'cero' | 'anula';
  anula: string | null;
  condicion: 'vendible' | 'por_entregar' | 'danado' | 'garantia' | 'ajeno';
  nota: string | null;
  lote: string | null;
  caduca: string | null;
  dot: string | null;
  usuario_id: string;
  instante: Date;
  reloj_dudoso: boolean;
  recibido_en: Date;
}

export async function findLineas(tx: Tx, conteoId: string): Promise<LineaRow[]> {
  const { rows } = await sql<LineaRow>`
    select id, intento, ubicacion_id, codigo_crudo, producto_id, cantidad, factor, tipo, anula, condicion, nota, lote, caduca::text as caduca, dot,
           usuario_id, instante, reloj_dudoso, recibido_en
      from inventario.conteo_lineas where conteo_id = ${conteoId}`.execute(tx);
  return rows;
}

export interface LigaRow {
  id: string;
  linea_id: string;
  estado: 'propuesta' | 'ligada' | 'ajena' | 'pendiente';
  producto_id: string | null;
  factor: string | null;
  por: string;
  en: Date;
}

export async function findLigas(tx: Tx, conteoId: string): Promise<LigaRow[]> {
  const { rows } = await sql<LigaRow>`
    select id, linea_id, estado, producto_id, factor, por, en
      from inventario.conteo_linea_ligas where conteo_id = ${conteoId}`.execute(tx);
  return rows;
}

/** Products of the scope, and of the recount lists: what has to be counted. */
export async function findAlcance(tx: Tx, conteoId: string) {
  const [productos, ubicaciones] = [
    await sql<{ producto_id: string }>`
      select producto_id from inventario.conteo_productos where conteo_id = ${conteoId}`.execute(tx),
    await sql<{ ubicacion_id: string }>`
      select ubicacion_id from inventario.conteo_ubicaciones where conteo_id = ${conteoId}`.execute(tx),
  ];
  return {
    productoIds: productos.rows.map((row) => row.producto_id),
    ubicacionIds: ubicaciones.rows.map((row) => row.ubicacion_id),
  };
}

/** Products that a recount was asked for. Its controls go along and hold nothing back. */
export async function findListasDeRecuento(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ intento: number; producto_id: string }>`
    select p.intento, p.producto_id
      from inventario.conteo_intento_productos p
      join inventario.conteo_intentos i on i.conteo_id = p.conteo_id and i.intento = p.intento
     where p.conteo_id = ${conteoId} and p.producto_id <> all (i.controles)`.execute(tx);
  return rows.map((row) => ({ intento: row.intento, productoId: row.producto_id }));
}

export interface JuegoRow {
  id: string;
  codigo: string;
  nombre: string;
  es_juego: boolean;
  partes: { productoId: string; cantidad: string }[] | null;
}

/** Kits and services among the products that were counted or linked: they are not counted as themselves. */
export async function findJuegos(tx: Tx, conteoId: string): Promise<JuegoRow[]> {
  const { rows } = await sql<JuegoRow>`
    select p.id, p.codigo, p.nombre, p.es_juego, p.partes from inventario.productos p
     where (p.es_juego or p.es_servicio)
       and p.id in (select producto_id from inventario.conteo_lineas where conteo_id = ${conteoId}
                    union select producto_id from inventario.conteo_linea_ligas where conteo_id = ${conteoId})`.execute(
    tx,
  );
  return rows;
}

export async function findCeros(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ producto_id: string; por: string; en: Date }>`
    select producto_id, por, en from inventario.conteo_ceros where conteo_id = ${conteoId}`.execute(tx);
  return rows.map((row) => ({ productoId: row.producto_id, por: row.por, en: row.en.getTime() }));
}

export interface ProductoRow {
  id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  decimales: number;
  is_active: boolean;
  fusionado_en: string | null;
}

export async function findProductos(tx: Tx, ids: readonly string[]): Promise<ProductoRow[]> {
  const { rows } = await sql<ProductoRow>`
    select id, codigo, nombre, unidad, decimales, is_active, fusionado_en
      from inventario.productos where id = any(${ids as string[]}::uuid[])
     order by lower(extensions.unaccent(nombre)), codigo`.execute(tx);
  return rows;
}

/** ABC class of the products in the almacén; those without class are absent. */
export async function findClases(tx: Tx, almacenId: string, ids: readonly string[]) {
  const { rows } = await sql<{ producto_id: string; clase_abc: string }>`
    select producto_id, clase_abc from inventario.producto_almacenes
     where almacen_id = ${almacenId} and producto_id = any(${ids as string[]}::uuid[]) and clase_abc is not null`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.producto_id, row.clase_abc]));
}

export type ToleranciaRow = Pick<ConteoRow, 'tol_unidades' | 'tol_porcentaje' | 'tol_pesos'>;

export async function findTolerancias(tx: Tx, conteoId: string) {
  const { rows } = await sql<ToleranciaRow & { clase_abc: string }>`
    select clase_abc, tol_unidades, tol_porcentaje, tol_pesos
      from inventario.conteo_tolerancias where conteo_id = ${conteoId}`.execute(tx);
  return new Map(rows.map((row) => [row.clase_abc, row]));
}

/** Known bins of the products in the almacén. */
export async function findUbicacionesConocidas(tx: Tx, almacenId: string, ids: readonly string[]) {
  const { rows } = await sql<{ producto_id: string; ubicacion_id: string; codigo: string }>`
    select pu.producto_id, pu.ubicacion_id, u.codigo
      from inventario.producto_ubicaciones pu
      join inventario.ubicaciones u on u.id = pu.ubicacion_id
     where u.almacen_id = ${almacenId} and u.is_active and pu.producto_id = any(${ids as string[]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

export async function findUbicaciones(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; codigo: string; zona: string }>`
    select id, codigo, zona from inventario.ubicaciones where id = any(${ids as string[]}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findVacias(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ producto_id: string; ubicacion_id: string }>`
    select producto_id, ubicacion_id from inventario.conteo_vacias where conteo_id = ${conteoId}`.execute(tx);
  return rows;
}

export async function findTraslapes(tx: Tx, conteoId: string) {
  const { rows } = await sql<{ producto_id: string; decision: 'suma' | 'uno'; usuario_id: string | null }>`
    select producto_id, decision, usuario_id from inventario.conteo_traslapes where conteo_id = ${conteoId}`.execute(
    tx,
  );
  return rows;
}

/** Names of the people of this conteo, also of those who have left since. */
export async function findNombres(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; nombre: string }>`
    select id, nombre from inventario.usuarios where id = any(${ids as string[]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.nombre]));
}

export interface MovimientoRow {
  id: string;
  producto_id: string;
  tipo: 'inventario' | 'venta' | 'compra' | 'ajuste' | 'transferencia' | 'devolucion';
  subtipo: string | null;
  cantidad: string;
  efecto: string;
  ocurrida_en: Date;
  precision: 'instante' | 'dia' | 'periodo';
  orden: number;
  created_at: Date;
  referencia: string | null;
  origen: string | null;
  user_id: string | null;
  conteo_id: string | null;
}

/** Stock of each product just before `corte`: stands for all the older movements, so that only recent rows are read. */
export async function findTeoricosAntesDe(tx: Tx, almacenId: string, ids: readonly string[], corte: Date) {
  const { rows } = await sql<{ producto_id: string; tiene_base: boolean; cantidad: string }>`
    select p.id as producto_id, t.tiene_base, coalesce(t.cantidad, 0) as cantidad
      from unnest(${ids as string[]}::uuid[]) as p(id)
      cross join lateral inventario.teorico(p.id, ${almacenId}::uuid, ${corte}::timestamptz - interval '1 microsecond') t`.execute(
    tx,
  );
  return rows;
}

/** Every movement of the products from `corte` on, in ledger order. */
export async function findMovimientosDesde(
  tx: Tx,
  almacenId: string,
  ids: readonly string[],
  corte: Date,
): Promise<MovimientoRow[]> {
  const { rows } = await sql<MovimientoRow>`
    select id, producto_id, tipo, subtipo, cantidad, efecto, ocurrida_en, precision, orden, created_at, referencia,
           origen, user_id, conteo_id
      from inventario.transacciones
     where almacen_id = ${almacenId} and producto_id = any(${ids as string[]}::uuid[]) and ocurrida_en >= ${corte}
     order by producto_id, ocurrida_en, orden, created_at, id`.execute(tx);
  return rows;
}

/** Cost in force per product at its own instant: average of the almacén, else last, else the catalogue's. */
export async function findCostos(
  tx: Tx,
  almacenId: string,
  items: readonly { producto_id: string; instante: Date }[],
) {
  const { rows } = await sql<{ producto_id: string; costo_unitario: string | null; fuente: string }>`
    select x.producto_id, c.costo_unitario, c.fuente
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as x(producto_id uuid, instante timestamptz)
      cross join lateral inventario.costo_vigente(x.producto_id, ${almacenId}::uuid, x.instante) c`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.producto_id, row]));
}

export interface ResultadoRow {
  producto_id: string;
  variacion: string;
  contado: string;
  intento: number;
  instante: Date;
  teorico: string | null;
  lo: string | null;
  hi: string | null;
  costo_unitario: string | null;
  costo_fuente: string | null;
  valor: string | null;
  decision: 'ajuste' | 'sin_ajuste' | 'base' | 'prueba';
  ajuste_id: string | null;
  aprobado_por: string;
  aprobado_en: Date;
}

export async function findResultados(tx: Tx, conteoId: string): Promise<ResultadoRow[]> {
  const { rows } = await sql<ResultadoRow>`
    select producto_id, variacion, contado, intento, instante, teorico, lo, hi, costo_unitario, costo_fuente, valor,
           decision, ajuste_id, aprobado_por, aprobado_en
      from inventario.conteo_resultados where conteo_id = ${conteoId}`.execute(tx);
  return rows;
}

/**
 * Products of this almacén that another conteo decided at a later instant than `desde` (earliest of the review). Test
 * counts decide nothing.
 */
export async function findResultadosPosteriores(
  tx: Tx,
  conteoId: string,
  almacenId: string,
  ids: readonly string[],
  desde: Date,
) {
  const { rows } = await sql<{ producto_id: string; instante: Date; decision: string }>`
    select r.producto_id, max(r.instante) as instante, max(r.decision) as decision
      from inventario.conteo_resultados r
      join inventario.conteos c on c.id = r.conteo_id
     where r.conteo_id <> ${conteoId} and c.almacen_id = ${almacenId} and r.decision <> 'prueba'
       and r.producto_id = any(${ids as string[]}::uuid[]) and r.instante >= ${desde}
     group by r.producto_id`.execute(tx);
  return rows;
}

export interface ParteRow {
  usuario_id: string;
  intento: number;
  lineas: number | null;
  /** null while it is open, also when it was given back. */
  terminada_en: Date | null;
  cerrada_por: string | null;
  devuelta_en: Date | null;
  nota_devolucion: string | null;
  recibidas: number;
}

/** One row per person who must send a part (or who counted), for each intento. */
export async function findPartes(tx: Tx, conteoId: string): Promise<ParteRow[]> {
  const { rows } = await sql<ParteRow>`
    with quienes as (
      select usuario_id, 1::smallint as intento from inventario.conteo_contadores where conteo_id = ${conteoId}
      union select usuario_id, intento from inventario.conteo_intento_contadores where conteo_id = ${conteoId}
      union select usuario_id, intento from inventario.conteo_partes where conteo_id = ${conteoId}
      union select usuario_id, intento from inventario.conteo_lineas where conteo_id = ${conteoId})
    select q.usuario_id, q.intento, p.lineas, p.devuelta_en, p.nota_devolucion,
           case when p.devuelta_en is null then p.terminada_en end as terminada_en,
           case when p.devuelta_en is null then p.cerrada_por end as cerrada_por,
           (select count(*)::int from inventario.conteo_lineas l
             where l.conteo_id = ${conteoId} and l.usuario_id = q.usuario_id and l.intento = q.intento) as recibidas
      from quienes q
      left join inventario.conteo_partes p
        on p.conteo_id = ${conteoId} and p.usuario_id = q.usuario_id and p.intento = q.intento
     order by q.intento, q.usuario_id`.execute(tx);
  return rows;
}

/** Phones of the people: what they last said about unsent lines. Schema sync is not open to `authenticated`. */
export async function findEquipos(tx: Tx, usuarioIds: readonly string[]) {
  const { rows } = await sql<{
    nombre: string | null;
    usuario_id: string | null;
    last_seen: Date | null;
    pending_reported: number;
  }>`
    select nombre, usuario_id, last_seen, pending_reported from sync.device
     where usuario_id = any(${usuarioIds as string[]}::uuid[]) and revoked_at is null
     order by last_seen desc nulls last`.execute(tx);
  return rows;
}
