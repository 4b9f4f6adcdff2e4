import { sql } from 'kysely';
import type { Quien } from '#server/conteos/acceso-conteo.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Condicion } from '#shared/domain/conteo.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from './people.ts';

/** A shop with a gerente, two counters, a bin in zone A, and helpers that write rows as the phones' pushes leave them. */
export interface Escena {
  db: Db;
  tienda: TestTienda;
  gerente: TestUser;
  ana: TestUser;
  luis: TestUser;
  bins: Record<'A1' | 'A2' | 'B1', string>;
  producto(opciones?: { bins?: readonly ('A1' | 'A2' | 'B1')[]; costo?: string | null }): Promise<string>;
  /** An open conteo of the whole almacén, not blind, for these people. */
  conteo(contadores: readonly { id: string; nombre: string }[], id?: string): Promise<string>;
  mueve(m: {
    producto: string;
    tipo: 'inventario' | 'venta' | 'compra';
    cantidad: string;
    en: Date;
    registrada?: Date;
    costo?: string;
    origen?: string;
    referencia?: string;
    por?: string;
    precision?: 'instante' | 'dia';
  }): Promise<string>;
  linea(l: {
    conteo: string;
    por: TestUser;
    producto?: string | null;
    codigo?: string;
    cantidad: string;
    factor?: string;
    en: Date;
    bin?: string | null;
    tipo?: 'suma' | 'cero' | 'anula';
    anula?: string;
    intento?: number;
    recibido?: Date;
    relojDudoso?: boolean;
    condicion?: Condicion;
    lote?: string;
    caduca?: string;
  }): Promise<string>;
  parte(conteo: string, por: TestUser, lineas: number, intento?: number): Promise<void>;
  quien(user: TestUser, limite?: string | null): Quien;
  existencia(producto: string): Promise<string | null>;
  ajustes(conteo: string): Promise<
    {
      id: string;
      producto_id: string;
      tipo: string;
      cantidad: string;
      ocurrida_en: Date;
      costo_unitario: string | null;
      costo_fuente: string | null;
    }[]
  >;
}

export async function escenaConteo(db: Db): Promise<Escena> {
  const tienda = await testTienda(db);
  const [gerente, ana, luis] = [
    await testUser(db, { rol: 'gerente', tiendas: [tienda] }),
    await testUser(db, { rol: 'almacenista', tiendas: [tienda] }),
    await testUser(db, { rol: 'almacenista', tiendas: [tienda] }),
  ];
  const bins: Record<'A1' | 'A2' | 'B1', string> = { A1: newId(), A2: newId(), B1: newId() };
  await db.asService(async (tx) => {
    for (const [codigo, id] of Object.entries(bins)) {
      await sql`insert into inventario.ubicaciones (id, almacen_id, codigo, zona)
                values (${id}, ${tienda.almacenId}, ${codigo}, ${codigo[0]})`.execute(tx);
    }
  });

  return {
    db,
    tienda,
    gerente,
    ana,
    luis,
    bins,
    async conteo(contadores, id = newId()) {
      await db.asService(async (tx) => {
        await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
                  values (${id}, ${tienda.id}, ${tienda.almacenId}, 'almacen', ${gerente.id})`.execute(tx);
        await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${id}, 1)`.execute(tx);
        for (const c of contadores) {
          await sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
                    values (${id}, ${c.id}, ${c.nombre})`.execute(tx);
        }
      });
      return id;
    },
    async producto({ bins: donde = ['A1'] as const, costo = null } = {}) {
      const id = newId();
      await db.asService(async (tx) => {
        await sql`insert into inventario.productos (id, codigo, nombre, costo)
                  values (${id}, ${`P-${id.slice(-10)}`}, ${`Producto ${id.slice(-4)}`}, ${costo})`.execute(
          tx,
        );
        for (const bin of donde) {
          await sql`insert into inventario.producto_ubicaciones (producto_id, ubicacion_id)
                    values (${id}, ${bins[bin]})`.execute(tx);
        }
      });
      return id;
    },
    async mueve(m) {
      const id = newId();
      await db.asService((tx) =>
        sql`insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha,
                                                  precision, created_at, costo_unitario, origen, origen_id, referencia, user_id)
            values (${id}, ${m.producto}, ${tienda.id}, ${tienda.almacenId}, ${m.tipo}, ${m.cantidad}, ${m.en}, ${m.en},
                    ${m.precision ?? 'instante'}, ${m.registrada ?? m.en}, ${m.costo ?? null}, ${m.origen ?? 'prueba'}, ${id},
                    ${m.referencia ?? null}, ${m.por ?? null})`.execute(tx),
      );
      return id;
    },
    async linea(l) {
      const id = newId();
      await db.asService((tx) =>
        sql`insert into inventario.conteo_lineas (id, conteo_id, intento, ubicacion_id, codigo_crudo, producto_id, cantidad,
                                                  factor, tipo, anula, usuario_id, contado_en, instante, recibido_en, fuente, reloj_dudoso,
                                                  condicion, lote, caduca)
            values (${id}, ${l.conteo}, ${l.intento ?? 1}, ${l.bin === undefined ? bins.A1 : l.bin}, ${l.codigo ?? null},
                    ${l.producto ?? null}, ${l.cantidad}, ${l.factor ?? '1'}, ${l.tipo ?? 'suma'}, ${l.anula ?? null},
                    ${l.por.id}, ${l.en}, ${l.en}, ${l.recibido ?? l.en}, 'pistola', ${l.relojDudoso ?? false},
                    ${l.condicion ?? 'vendible'}, ${l.lote ?? null}, ${l.caduca ?? null})`.execute(tx),
      );
      return id;
    },
    async parte(conteo, por, lineas, intento = 1) {
      await db.asService((tx) =>
        sql`insert into inventario.conteo_partes (conteo_id, intento, usuario_id, lineas, terminada_en)
            values (${conteo}, ${intento}, ${por.id}, ${lineas}, now())`.execute(tx),
      );
    },
    quien: (user, limite = null) => ({
      id: user.id,
      nombre: user.nombre,
      rol: user.rol,
      tiendaIds: user.tiendaIds,
      limiteAjuste: limite,
    }),
    async existencia(producto) {
      const { rows } = await sql<{ cantidad: string | null }>`
        select cantidad from inventario.existencias
         where producto_id = ${producto} and almacen_id = ${tienda.almacenId}`.execute(db.kysely);
      return rows[0]?.cantidad ?? null;
    },
    async ajustes(conteo) {
      const { rows } = await sql<Awaited<ReturnType<Escena['ajustes']>>[number]>`
        select id, producto_id, tipo, cantidad, ocurrida_en, costo_unitario, costo_fuente
          from inventario.transacciones where conteo_id = ${conteo} order by created_at, id`.execute(
        db.kysely,
      );
      return rows;
    },
  };
}
