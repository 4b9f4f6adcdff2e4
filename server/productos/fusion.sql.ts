import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type { Recogido } from './fusion-recogido.sql.ts';

export interface ProductoDeFusion {
  id: string;
  codigo: string;
  nombre: string;
  unidad: string;
  decimales: number;
  isActive: boolean;
  fusionadoEn: string | null;
  esJuego: boolean;
  esServicio: boolean;
  imagenUrl: string | null;
}

/**
 * Both, locked in order of their ids. A movement of either holds its product (the foreign key) until it commits, so those under way
 * are waited for, and those that come meanwhile wait, and then find the product joined.
 */
export async function lockAmbos(tx: Tx, ids: readonly string[]): Promise<ProductoDeFusion[]> {
  const { rows } = await sql<ProductoDeFusion>`
    select p.id, p.codigo, p.nombre, p.unidad, p.decimales, p.is_active as "isActive", p.fusionado_en as "fusionadoEn",
           p.es_juego as "esJuego", p.es_servicio as "esServicio", p.imagen_url as "imagenUrl"
      from inventario.productos p where p.id = any(${[...ids]}::uuid[]) order by p.id for update`.execute(tx);
  return rows;
}

export interface AlmacenDeFusion {
  almacenId: string;
  almacen: string;
  origen: string;
  origenBase: boolean;
  origenMovimientos: number;
  destino: string;
  destinoBase: boolean;
  destinoMovimientos: number;
  primeraLinea: Date | null;
  folios: string[];
  ultimaBase: Date | null;
  cerradoHasta: Date | null;
  ultimoMovimiento: Date | null;
}

/** Stock of both by almacén, and what decides when it passes. */
export async function selectAlmacenes(tx: Tx, origen: string, destino: string): Promise<AlmacenDeFusion[]> {
  const par = sql`(${origen}::uuid, ${destino}::uuid)`;
  const { rows } = await sql<AlmacenDeFusion>`
    with abiertos as (
      select c.id, c.almacen_id, coalesce(c.folio, c.nombre) as folio, min(l.instante) as primera
        from inventario.conteos c
        join inventario.conteo_lineas l on l.conteo_id = c.id
       where c.estado in ('planeado', 'abierto', 'en_revision') and c.proposito = 'conteo'
         and l.tipo <> 'anula'
         and (l.producto_id in ${par}
           or exists (select from inventario.conteo_linea_ligas g where g.conteo_id = c.id and g.linea_id = l.id and g.producto_id in ${par}))
         and not exists (select from inventario.conteo_resultados r where r.conteo_id = c.id and r.producto_id in ${par})
       group by c.id
    ), donde as (
      select distinct e.almacen_id from inventario.existencias e where e.producto_id in ${par}
      union select almacen_id from abiertos
    )
    select d.almacen_id as "almacenId", a.nombre as almacen,
           coalesce(o.cantidad, 0)::text as origen, o.tiene_base as "origenBase",
           (select count(*)::int from inventario.transacciones m where m.producto_id = ${origen} and m.almacen_id = d.almacen_id) as "origenMovimientos",
           coalesce(s.cantidad, 0)::text as destino, s.tiene_base as "destinoBase",
           (select count(*)::int from inventario.transacciones m where m.producto_id = ${destino} and m.almacen_id = d.almacen_id) as "destinoMovimientos",
           (select min(x.primera) from abiertos x where x.almacen_id = d.almacen_id) as "primeraLinea",
           array(select x.folio from abiertos x where x.almacen_id = d.almacen_id order by x.folio) as folios,
           greatest(
             (select max(m.ocurrida_en) from inventario.transacciones m where m.producto_id in ${par} and m.almacen_id = d.almacen_id and m.tipo = 'inventario'),
             (select max(r.instante) from inventario.conteo_resultados r join inventario.conteos c on c.id = r.conteo_id
               where r.producto_id in ${par} and c.almacen_id = d.almacen_id and r.decision <> 'prueba')) as "ultimaBase",
           t.cerrado_hasta as "cerradoHasta",
           (select max(m.ocurrida_en) from inventario.transacciones m where m.producto_id = ${origen} and m.almacen_id = d.almacen_id) as "ultimoMovimiento"
      from donde d
      join inventario.almacenes a on a.id = d.almacen_id
      join inventario.tiendas t on t.id = a.tienda_id
     cross join lateral inventario.teorico(${origen}::uuid, d.almacen_id, 'infinity') o
     cross join lateral inventario.teorico(${destino}::uuid, d.almacen_id, 'infinity') s
     order by a.nombre`.execute(tx);
  return rows;
}

export async function selectTeorico(tx: Tx, producto: string, almacen: string, en: Date): Promise<string> {
  const { rows } = await sql<{ cantidad: string }>`
    select cantidad::text as cantidad from inventario.teorico(${producto}::uuid, ${almacen}::uuid, ${en}::timestamptz)`.execute(
    tx,
  );
  return rows[0]?.cantidad ?? '0';
}

export async function selectMovimientosDespues(
  tx: Tx,
  producto: string,
  almacen: string,
  en: Date,
): Promise<{ en: Date; efecto: string }[]> {
  const { rows } = await sql<{ en: Date; efecto: string }>`
    select m.ocurrida_en as en, m.efecto::text as efecto from inventario.transacciones m
     where m.producto_id = ${producto}::uuid and m.almacen_id = ${almacen}::uuid and m.ocurrida_en > ${en}
       and m.tipo <> 'inventario'
     order by m.ocurrida_en, m.orden, m.created_at, m.id`.execute(tx);
  return rows;
}

export interface Renglon {
  id: string;
  producto_id: string;
  almacen_id: string;
  tipo: 'transferencia' | 'inventario';
  subtipo: 'salida' | 'entrada' | null;
  cantidad: string;
  ocurrida_en: string;
  traspaso_id: string | null;
  reversa_de: string | null;
  referencia: string;
  origen: string;
  origen_id: string;
  user_id: string;
}

export async function insertRenglones(tx: Tx, filas: readonly Renglon[]): Promise<void> {
  if (filas.length === 0) return;
  await sql`
    insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en, orden, traspaso_id,
                                          reversa_de, referencia, origen, origen_id, user_id)
    select x.id, x.producto_id, x.almacen_id, x.tipo, x.subtipo, x.cantidad, x.ocurrida_en, 1, x.traspaso_id, x.reversa_de,
           x.referencia, x.origen, x.origen_id, x.user_id
      from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
        as x(id uuid, producto_id uuid, almacen_id uuid, tipo text, subtipo text, cantidad numeric, ocurrida_en timestamptz,
             traspaso_id uuid, reversa_de uuid, referencia text, origen text, origen_id text, user_id uuid)
     order by x.producto_id, x.almacen_id`.execute(tx);
}

export interface CodigoDe {
  id: string;
  productoId: string;
  codigo: string;
  factor: string;
  isActive: boolean;
}

export async function selectCodigosDe(tx: Tx, ids: readonly string[]): Promise<CodigoDe[]> {
  const { rows } = await sql<CodigoDe>`
    select id, producto_id as "productoId", codigo, trim_scale(factor)::text as factor, is_active as "isActive"
      from inventario.codigos_barras where producto_id = any(${[...ids]}::uuid[]) order by codigo, id`.execute(
    tx,
  );
  return rows;
}

export async function moveCodigos(tx: Tx, ids: readonly string[], a: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update inventario.codigos_barras set producto_id = ${a} where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}
export async function setCodigosActivos(tx: Tx, ids: readonly string[], activos: boolean): Promise<void> {
  if (ids.length === 0) return;
  await sql`update inventario.codigos_barras set is_active = ${activos} where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}
export async function setFactor(tx: Tx, id: string, factor: string): Promise<void> {
  await sql`update inventario.codigos_barras set factor = ${factor}::numeric where id = ${id}`.execute(tx);
}
/** The origin's own code finds the destination from now on. */
export async function insertAlterna(tx: Tx, id: string, codigo: string, producto: string): Promise<boolean> {
  const { rows } = await sql`
    insert into inventario.codigos_barras (id, codigo, producto_id, tipo) values (${id}, ${codigo}, ${producto}, 'alterna')
    on conflict (codigo, producto_id) do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

export async function setFusion(
  tx: Tx,
  origen: string,
  destino: string | null,
  activo: boolean,
): Promise<void> {
  await sql`update inventario.productos set fusionado_en = ${destino}, is_active = ${activo} where id = ${origen}`.execute(
    tx,
  );
}

/** Products joined with the origin before follow it, so that one look is enough. Returns them. */
export async function repointFusionados(tx: Tx, de: string, a: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update inventario.productos set fusionado_en = ${a} where fusionado_en = ${de} returning id::text as id`.execute(
    tx,
  );
  return rows.map((r) => r.id);
}
export async function repointEstos(tx: Tx, ids: readonly string[], a: string): Promise<void> {
  await sql`update inventario.productos set fusionado_en = ${a} where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

export interface FusionRow {
  id: string;
  origenId: string;
  destinoId: string;
  por: string;
  quien: string;
  en: Date;
  datos: DatosFusion;
  deshechaEn: Date | null;
}

/** What a join moved, so that it can be undone. */
export interface DatosFusion {
  origenCodigo: string;
  destinoCodigo: string;
  origenActivo: boolean;
  pasaron: string[];
  sobraron: string[];
  alterna: string | null;
  factores: { id: string; antes: string }[];
  campos: Record<string, { antes: unknown; despues: unknown }>;
  imagenAntes: { url: string | null } | null;
  recogido: Recogido;
  agregado: { ubicaciones: string[]; proveedores: string[]; listas: string[] };
  fusionados: string[];
  lineas: string[];
  movimientos: string[];
}

export async function insertFusion(
  tx: Tx,
  f: { id: string; origenId: string; destinoId: string; por: string; en: Date; datos: DatosFusion },
): Promise<void> {
  await sql`insert into inventario.producto_fusiones (id, origen_id, destino_id, por, en, datos)
            values (${f.id}, ${f.origenId}, ${f.destinoId}, ${f.por}, ${f.en}, ${JSON.stringify(f.datos)}::jsonb)`.execute(
    tx,
  );
}

const FUSION = sql`
  select f.id, f.origen_id as "origenId", f.destino_id as "destinoId", f.por, u.nombre as quien, f.en, f.datos, f.deshecha_en as "deshechaEn"
    from inventario.producto_fusiones f join inventario.usuarios u on u.id = f.por`;

export async function lockFusion(tx: Tx, id: string): Promise<FusionRow | undefined> {
  const { rows } = await sql<FusionRow>`${FUSION} where f.id = ${id} for update of f`.execute(tx);
  return rows[0];
}

export async function selectFusiones(tx: Tx): Promise<FusionRow[]> {
  const { rows } =
    await sql<FusionRow>`${FUSION} where f.deshecha_en is null order by f.en desc limit 100`.execute(tx);
  return rows;
}

export async function closeFusion(tx: Tx, id: string, por: string, en: Date): Promise<void> {
  await sql`update inventario.producto_fusiones set deshecha_por = ${por}, deshecha_en = ${en} where id = ${id}`.execute(
    tx,
  );
}

/** What happened to either product since the join that hangs on it; null: nothing. In words for a sentence. */
export async function findDependencia(tx: Tx, f: FusionRow): Promise<string | null> {
  const par = sql`(${f.origenId}::uuid, ${f.destinoId}::uuid)`;
  const { rows } = await sql<{ que: string }>`
    with esta as (select id, registrada_en from inventario.producto_fusiones where id = ${f.id})
    select 'un movimiento de ' || m.tipo as que from inventario.transacciones m, esta x
     where m.producto_id in ${par} and m.created_at >= x.registrada_en and m.id <> all(${f.datos.movimientos}::uuid[])
    union all
    select 'se aprobó en ' || coalesce(c.folio, c.nombre) from inventario.conteo_resultados r join inventario.conteos c on c.id = r.conteo_id cross join esta x
     where r.producto_id in ${par} and r.aprobado_en >= x.registrada_en
    union all
    select 'se contó en ' || coalesce(c.folio, c.nombre) from inventario.conteo_lineas l join inventario.conteos c on c.id = l.conteo_id cross join esta x
     where l.producto_id in ${par} and l.recibido_en >= x.registrada_en
    union all
    select 'se unió otra vez' from inventario.producto_fusiones y, esta x
     where y.id <> x.id and y.deshecha_en is null and y.registrada_en >= x.registrada_en and (y.origen_id in ${par} or y.destino_id in ${par})
    limit 1`.execute(tx);
  return rows[0]?.que ?? null;
}

/** The movements of a join, to be taken back. */
export async function selectRenglones(
  tx: Tx,
  ids: readonly string[],
): Promise<(Omit<Renglon, 'ocurrida_en'> & { en: Date })[]> {
  const { rows } = await sql<Omit<Renglon, 'ocurrida_en'> & { en: Date }>`
    select m.id, m.producto_id, m.almacen_id, m.tipo, m.subtipo, m.cantidad::text as cantidad, m.ocurrida_en as en, m.traspaso_id,
           m.reversa_de, coalesce(m.referencia, '') as referencia, m.origen, m.origen_id, m.user_id
      from inventario.transacciones m where m.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}
