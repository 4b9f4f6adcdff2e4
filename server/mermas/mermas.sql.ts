import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ResultadoRow {
  intento: number;
  contado: string;
  instante: Date;
  decision: 'ajuste' | 'sin_ajuste' | 'base' | 'prueba';
  aprobado_en: Date;
}

export async function findResultado(tx: Tx, conteoId: string, productoId: string) {
  const { rows } = await sql<ResultadoRow>`
    select intento, contado, instante, decision, aprobado_en from inventario.conteo_resultados
     where conteo_id = ${conteoId} and producto_id = ${productoId}`.execute(tx);
  return rows[0];
}

export interface MermaRow {
  cantidad: string;
  decision: 'traspasado' | 'descartado';
  traspaso_id: string | null;
  motivo: string | null;
  por: string;
  en: Date;
}

export async function findMerma(tx: Tx, conteoId: string, productoId: string): Promise<MermaRow | undefined> {
  const { rows } = await sql<MermaRow>`
    select m.cantidad, m.decision, m.traspaso_id, m.motivo, u.nombre as por, m.en
      from inventario.conteo_mermas m join inventario.usuarios u on u.id = m.por
     where m.conteo_id = ${conteoId} and m.producto_id = ${productoId}`.execute(tx);
  return rows[0];
}

export interface DestinoRow {
  id: string;
  codigo: string;
  nombre: string;
}

/** Where the damaged goods of an almacén go: the oldest active almacén of tipo merma of its shop. */
export async function findDestino(tx: Tx, tiendaId: string): Promise<DestinoRow | undefined> {
  const { rows } = await sql<DestinoRow>`
    select id, codigo, nombre from inventario.almacenes
     where tienda_id = ${tiendaId} and tipo = 'merma' and is_active order by created_at, id limit 1`.execute(
    tx,
  );
  return rows[0];
}

export async function findTipoDeAlmacen(tx: Tx, almacenId: string): Promise<string> {
  const { rows } = await sql<{ tipo: string }>`
    select tipo from inventario.almacenes where id = ${almacenId}`.execute(tx);
  return rows[0]?.tipo ?? 'general';
}

/** What the prohibitions look at: movements by hand of this person, and who fixed the stock after `instante`. */
export async function findHechos(
  tx: Tx,
  de: {
    conteoId: string;
    productoId: string;
    almacenId: string;
    usuarioId: string;
    instante: Date;
    abiertoEn: Date;
  },
) {
  const { rows } = await sql<{ movio: boolean; conteo: Date | null; base: Date | null }>`
    select exists (
             select from inventario.transacciones m
              where m.producto_id = ${de.productoId} and m.almacen_id = ${de.almacenId} and m.origen = 'manual'
                and m.user_id = ${de.usuarioId} and m.ocurrida_en <= ${de.instante} and m.created_at >= ${de.abiertoEn}
           ) as movio,
           (select max(r.instante) from inventario.conteo_resultados r join inventario.conteos c on c.id = r.conteo_id
             where r.producto_id = ${de.productoId} and c.almacen_id = ${de.almacenId} and r.conteo_id <> ${de.conteoId}
               and r.decision <> 'prueba' and r.instante > ${de.instante}) as conteo,
           (select max(b.ocurrida_en) from inventario.transacciones b
             where b.producto_id = ${de.productoId} and b.almacen_id = ${de.almacenId} and b.tipo = 'inventario'
               and b.conteo_id is distinct from ${de.conteoId} and b.ocurrida_en > ${de.instante}) as base`.execute(
    tx,
  );
  return rows[0]!;
}

export interface TraspasoNuevo {
  ids: { traspaso: string; salida: string; entrada: string };
  conteoId: string;
  productoId: string;
  tiendaId: string;
  origen: string;
  destino: string;
  cantidad: string;
  costo: string | null;
  costoFuente: string;
  folio: string | null;
  /** When the goods change place. Never before the first open instant. */
  en: Date;
  usuarioId: string;
}

/**
 * Both rows of the transfer, out of one almacén and into the other at one instant: nothing is in transit. A second try of
 * the same ids writes nothing.
 */
export async function insertTraspaso(tx: Tx, t: TraspasoNuevo): Promise<void> {
  await sql`
    insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en,
                                          orden, fecha, costo_unitario, costo_fuente, traspaso_id, referencia, notas,
                                          metadata, origen, origen_id, user_id, created_at)
    select x.id, ${t.productoId}::uuid, ${t.tiendaId}::uuid, x.almacen, 'transferencia', x.subtipo, x.cantidad,
           greatest(${t.en}::timestamptz, s.cerrado_hasta), 1, ${t.en}::timestamptz, ${t.costo}::numeric, ${t.costoFuente},
           ${t.ids.traspaso}::uuid, ${t.folio}, 'Dañado en el conteo' || coalesce(' ' || ${t.folio}::text, ''),
           jsonb_build_object('destino', ${t.destino}::text, 'conteo', ${t.conteoId}::text, 'causa', 'danado'), 'merma', x.id::text,
           ${t.usuarioId}::uuid, ${t.en}::timestamptz
      from (values (${t.ids.salida}::uuid, ${t.origen}::uuid, 'salida', -${t.cantidad}::numeric),
                   (${t.ids.entrada}::uuid, ${t.destino}::uuid, 'entrada', ${t.cantidad}::numeric))
             as x(id, almacen, subtipo, cantidad)
      join inventario.tiendas s on s.id = ${t.tiendaId}::uuid
     order by x.almacen
    on conflict (id) do nothing`.execute(tx);
}

export async function insertMerma(
  tx: Tx,
  m: {
    conteoId: string;
    productoId: string;
    cantidad: string;
    traspasoId: string | null;
    motivo: string | null;
    por: string;
    en: Date;
  },
): Promise<void> {
  await sql`
    insert into inventario.conteo_mermas (conteo_id, producto_id, cantidad, decision, traspaso_id, motivo, por, en)
    values (${m.conteoId}, ${m.productoId}, ${m.cantidad}, ${m.traspasoId === null ? 'descartado' : 'traspasado'},
            ${m.traspasoId}::uuid, ${m.motivo}, ${m.por}, ${m.en})`.execute(tx);
}
