import { hashPassword } from '#server/acceso/contrasenas.ts';
import { now as systemNow } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { anotaDemo, demoHecha, inserta } from './carga.sql.ts';
import { type Catalogo, codigosDeUbicacion } from './catalogo.ts';
import { CONTRASENA_DEMO, TIENDAS, USUARIOS } from './demo-fijos.ts';
import { generaDemo, type Surtido } from './empresa.ts';
import { almacenId, tiendaId, ubicacionId, usuarioId } from './identidad.ts';

export interface OpcionesDemo {
  /** Movements end an hour before this. Default: the present. */
  now?: Date;
  /** How a password is stored. Default: the server's scrypt. */
  hashPassword?: (password: string) => Promise<string>;
}
export interface ResumenDemo {
  /** False: it was there already and nothing was touched. */
  hecha: boolean;
  productos: number;
  movimientos: number;
}

async function siembraGente(tx: Tx, hash: string, creado: string): Promise<void> {
  const fila = USUARIOS.map((u) => ({ ...u, id: usuarioId(u.correo), created_at: creado }));
  await inserta(
    tx,
    'auth.users',
    { id: 'uuid', email: 'text', encrypted_password: 'text', created_at: 'timestamptz' },
    fila.map((u) => ({ ...u, email: u.correo, encrypted_password: hash })),
  );
  await inserta(
    tx,
    'inventario.usuarios',
    {
      id: 'uuid',
      correo: 'text',
      nombre_usuario: 'text',
      nombre: 'text',
      rol: 'text',
      limite_ajuste: 'numeric',
    },
    fila.map((u) => ({ ...u, nombre_usuario: u.correo.split('@')[0], limite_ajuste: u.limite })),
  );
  await inserta(
    tx,
    'inventario.usuario_tiendas',
    { usuario_id: 'uuid', tienda_id: 'uuid' },
    USUARIOS.flatMap((u) =>
      u.tiendas.map((t) => ({ usuario_id: usuarioId(u.correo), tienda_id: tiendaId(t) })),
    ),
  );
}

async function siembraTiendas(tx: Tx): Promise<void> {
  await inserta(
    tx,
    'inventario.tiendas',
    { id: 'uuid', codigo: 'text', nombre: 'text', ciudad: 'text', estado: 'text', zona_horaria: 'text' },
    TIENDAS.map((t) => ({ ...t, id: tiendaId(t.codigo), zona_horaria: t.zona })),
  );
  await inserta(
    tx,
    'inventario.almacenes',
    { id: 'uuid', tienda_id: 'uuid', codigo: 'text', nombre: 'text' },
    TIENDAS.map((t) => ({
      id: almacenId(t.codigo),
      tienda_id: tiendaId(t.codigo),
      codigo: t.codigo,
      nombre: `Almacén ${t.nombre}`,
    })),
  );
  await inserta(
    tx,
    'inventario.ubicaciones',
    { id: 'uuid', almacen_id: 'uuid', codigo: 'text', zona: 'text' },
    TIENDAS.flatMap((t) =>
      codigosDeUbicacion().map((u) => ({
        ...u,
        id: ubicacionId(t.codigo, u.codigo),
        almacen_id: almacenId(t.codigo),
      })),
    ),
  );
}

async function siembraCatalogo(tx: Tx, catalogo: Catalogo): Promise<void> {
  await inserta(
    tx,
    'inventario.categorias',
    { id: 'uuid', nombre: 'text', parent_id: 'uuid', nivel: 'int', path: 'text' },
    catalogo.categorias,
  );
  await inserta(
    tx,
    'inventario.productos',
    {
      id: 'uuid',
      codigo: 'text',
      nombre: 'text',
      categoria_id: 'uuid',
      precio: 'numeric',
      costo: 'numeric',
      precio_mayoreo: 'numeric',
      unidad: 'text',
      decimales: 'smallint',
      marca: 'text',
      sku: 'text',
      upc: 'text',
      clave_prod_serv: 'text',
      clave_unidad: 'text',
    },
    catalogo.articulos.map((a) => a.fila),
  );
  await inserta(
    tx,
    'inventario.codigos_barras',
    {
      id: 'uuid',
      codigo: 'text',
      clave_gtin: 'text',
      producto_id: 'uuid',
      factor: 'numeric',
      tipo: 'text',
      nombre: 'text',
    },
    catalogo.codigos,
  );
}

async function siembraSurtido(tx: Tx, surtido: Surtido): Promise<void> {
  await inserta(
    tx,
    'inventario.producto_almacenes',
    { producto_id: 'uuid', almacen_id: 'uuid', clase_abc: 'text' },
    surtido.clases,
  );
  await inserta(
    tx,
    'inventario.producto_ubicaciones',
    { producto_id: 'uuid', ubicacion_id: 'uuid' },
    surtido.lugares,
  );
  // In order of product, so that a statement touches few existencias and each is computed once or twice.
  await inserta(
    tx,
    'inventario.transacciones',
    {
      id: 'uuid',
      producto_id: 'uuid',
      almacen_id: 'uuid',
      tipo: 'text',
      cantidad: 'numeric',
      precio: 'numeric',
      costo_unitario: 'numeric',
      impuesto: 'numeric',
      total: 'numeric',
      ocurrida_en: 'timestamptz',
      orden: 'smallint',
      referencia: 'text',
      origen: 'text',
      created_at: 'timestamptz',
    },
    surtido.movimientos,
  );
}

/**
 * The demo company: 3 shops, 7 people (password `demo1234`), 5,176 products with codes and bins, 18 months of
 * movements up to `now`. Everything but the dates is the same at every run. One transaction; a database that has
 * it already is left as it is.
 */
export async function seedDemo(db: Db, opciones: OpcionesDemo = {}): Promise<ResumenDemo> {
  const ahora = opciones.now ?? systemNow();
  const hash = await (opciones.hashPassword ?? hashPassword)(CONTRASENA_DEMO);
  return db.asService(async (tx) => {
    if ((await demoHecha(tx)) !== undefined) return { hecha: false, productos: 0, movimientos: 0 };
    const { catalogo, surtidos } = generaDemo(ahora.getTime());
    await siembraTiendas(tx);
    await siembraGente(tx, hash, ahora.toISOString());
    await siembraCatalogo(tx, catalogo);
    for (const surtido of surtidos) await siembraSurtido(tx, surtido);
    await anotaDemo(tx, ahora);
    const movimientos = surtidos.reduce((n, { movimientos: m }) => n + m.length, 0);
    return { hecha: true, productos: catalogo.articulos.length, movimientos };
  });
}
