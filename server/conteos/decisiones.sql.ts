import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** Closes, in a manager's name, the parts that nobody has sent (of `solo`, when given) or that were given back. Returns whose. */
export async function insertPartesCerradas(
  tx: Tx,
  conteoId: string,
  por: string,
  motivo: string | null,
  en: Date,
  solo: readonly string[] | null = null,
): Promise<string[]> {
  const { rows } = await sql<{ usuario_id: string }>`
    insert into inventario.conteo_partes as p (conteo_id, intento, usuario_id, lineas, terminada_en, cerrada_por, motivo)
    select ${conteoId}::uuid, q.intento, q.usuario_id,
           (select count(*) from inventario.conteo_lineas l
             where l.conteo_id = ${conteoId} and l.usuario_id = q.usuario_id and l.intento = q.intento),
           ${en}, ${por}::uuid, ${motivo}
      from (select usuario_id, 1::smallint as intento from inventario.conteo_contadores where conteo_id = ${conteoId}
            union select usuario_id, intento from inventario.conteo_intento_contadores where conteo_id = ${conteoId}) q
     where ${solo as string[] | null}::uuid[] is null or q.usuario_id = any(${solo as string[] | null}::uuid[])
    on conflict (conteo_id, intento, usuario_id) do update
       set terminada_en = excluded.terminada_en, lineas = excluded.lineas, cerrada_por = excluded.cerrada_por,
           motivo = excluded.motivo, devuelta_en = null, devuelta_por = null, nota_devolucion = null
     where p.devuelta_en is not null and ${solo as string[] | null}::uuid[] is null
    returning usuario_id`.execute(tx);
  return rows.map((row) => row.usuario_id);
}

export async function updateEstado(tx: Tx, conteoId: string, de: readonly string[], a: string, en: Date) {
  const { rows } = await sql<{ id: string }>`
    update inventario.conteos
       set estado = ${a},
           en_revision_en = case when ${a} = 'en_revision' then ${en}::timestamptz else en_revision_en end
     where id = ${conteoId} and estado = any(${de as string[]}::text[])
     returning id`.execute(tx);
  return rows.length === 1;
}

export async function cancelConteo(
  tx: Tx,
  conteoId: string,
  por: string,
  motivo: string,
  en: Date,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update inventario.conteos
       set estado = 'cancelado', cancelado_en = ${en}, cancelado_por = ${por}::uuid, motivo_cancelacion = ${motivo}
     where id = ${conteoId} and estado in ('planeado', 'abierto', 'en_revision')
     returning id`.execute(tx);
  return rows.length === 1;
}

export async function upsertVacia(
  tx: Tx,
  v: { conteoId: string; productoId: string; ubicacionId: string; motivo: string; por: string; en: Date },
) {
  await sql`
    insert into inventario.conteo_vacias (conteo_id, producto_id, ubicacion_id, motivo, por, en)
    values (${v.conteoId}, ${v.productoId}, ${v.ubicacionId}, ${v.motivo}, ${v.por}, ${v.en})
    on conflict (conteo_id, producto_id, ubicacion_id) do update
      set motivo = excluded.motivo, por = excluded.por, en = excluded.en`.execute(tx);
}

export async function upsertTraslape(
  tx: Tx,
  t: {
    conteoId: string;
    productoId: string;
    decision: string;
    usuarioId: string | null;
    por: string;
    en: Date;
  },
) {
  await sql`
    insert into inventario.conteo_traslapes (conteo_id, producto_id, decision, usuario_id, por, en)
    values (${t.conteoId}, ${t.productoId}, ${t.decision}, ${t.usuarioId}, ${t.por}, ${t.en})
    on conflict (conteo_id, producto_id) do update
      set decision = excluded.decision, usuario_id = excluded.usuario_id, por = excluded.por, en = excluded.en`.execute(
    tx,
  );
}

/** Lines of this conteo among the ids, with their raw code. */
export async function findLineasPorId(tx: Tx, conteoId: string, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; codigo_crudo: string | null; simbologia: string | null }>`
    select id, codigo_crudo, simbologia from inventario.conteo_lineas
     where conteo_id = ${conteoId} and id = any(${ids as string[]}::uuid[])`.execute(tx);
  return rows;
}

export async function insertLigas(
  tx: Tx,
  ligas: readonly {
    id: string;
    linea_id: string;
    conteo_id: string;
    estado: string;
    producto_id: string | null;
    factor: string | null;
    motivo: string | null;
    por: string;
    en: string;
  }[],
) {
  await sql`
    insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, factor, motivo, por, en)
    select x.id, x.linea_id, x.conteo_id, x.estado, x.producto_id, x.factor, x.motivo, x.por, x.en
      from jsonb_to_recordset(${JSON.stringify(ligas)}::jsonb)
        as x(id uuid, linea_id uuid, conteo_id uuid, estado text, producto_id uuid, factor numeric, motivo text, por uuid, en timestamptz)`.execute(
    tx,
  );
}

export async function existsProductoActivo(tx: Tx, productoId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.productos where id = ${productoId} and is_active and fusionado_en is null`.execute(
    tx,
  );
  return rows.length === 1;
}

/** Teaches a product one more code. A code that it already has stays as it is. */
export async function insertCodigoAprendido(
  tx: Tx,
  c: { id: string; codigo: string; claveGtin: string | null; productoId: string; factor: string },
) {
  await sql`
    insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id, factor, tipo)
    values (${c.id}, ${c.codigo}, ${c.claveGtin}, ${c.productoId}, ${c.factor}, 'aprendida')
    on conflict (codigo, producto_id) do nothing`.execute(tx);
}

export async function findUltimoIntento(tx: Tx, conteoId: string): Promise<number> {
  const { rows } = await sql<{ intento: number }>`
    select coalesce(max(intento), 1)::int as intento from inventario.conteo_intentos where conteo_id = ${conteoId}`.execute(
    tx,
  );
  return rows[0]!.intento;
}

export async function insertIntento(
  tx: Tx,
  i: {
    conteoId: string;
    intento: number;
    motivo: string | null;
    por: string;
    productoIds: readonly string[];
    /** Among `productoIds`: those that only go along. */
    controles: readonly string[];
    contadores: readonly string[];
  },
) {
  await sql`
    insert into inventario.conteo_intentos (conteo_id, intento, motivo, pedido_por, controles)
    values (${i.conteoId}, ${i.intento}, ${i.motivo}, ${i.por}, ${i.controles as string[]}::uuid[])`.execute(
    tx,
  );
  await sql`
    insert into inventario.conteo_intento_productos (conteo_id, intento, producto_id)
    select ${i.conteoId}::uuid, ${i.intento}::smallint, unnest(${i.productoIds as string[]}::uuid[])`.execute(
    tx,
  );
  await sql`
    insert into inventario.conteo_intento_contadores (conteo_id, intento, usuario_id)
    select ${i.conteoId}::uuid, ${i.intento}::smallint, unnest(${i.contadores as string[]}::uuid[])`.execute(
    tx,
  );
}
