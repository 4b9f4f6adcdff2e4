import { now as systemNow } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { gtinKey } from '#shared/domain/codigos.ts';
import { azar } from './azar.ts';
import { inserta } from './carga.sql.ts';
import { ean13, generaCatalogo } from './catalogo.ts';
import { almacenId, idDemo, tiendaId } from './identidad.ts';

export interface OpcionesGrande {
  productos?: number;
  now?: Date;
}
export interface ResumenGrande {
  productos: number;
  codigos: number;
  tienda: { id: string; codigo: string; almacenId: string };
}

/** Products of one transaction: an import never stamps more than 2,000 rows at a time. */
const POR_TRANSACCION = 2000;

/**
 * A large catalogue for benches: one shop `GDE-01`, `productos` products (100,000 when left out) in names like the
 * demo's, an EAN-13 each, a carton code for one in seven, and a base for each. Deterministic. For a database without
 * the demo; nobody to log in.
 */
export async function seedGrande(db: Db, opciones: OpcionesGrande = {}): Promise<ResumenGrande> {
  const total = opciones.productos ?? 100_000;
  const base = new Date((opciones.now ?? systemNow()).getTime() - 30 * 86_400_000).toISOString();
  const suerte = azar(7);
  const modelo = generaCatalogo(azar(11));
  const codigo = 'GDE-01';
  const tienda = { id: tiendaId(codigo), codigo, almacenId: almacenId(codigo) };
  await db.asService(async (tx) => {
    await inserta(tx, 'inventario.tiendas', { id: 'uuid', codigo: 'text', nombre: 'text' }, [
      { id: tienda.id, codigo, nombre: 'Bodega grande' },
    ]);
    await inserta(
      tx,
      'inventario.almacenes',
      { id: 'uuid', tienda_id: 'uuid', codigo: 'text', nombre: 'text' },
      [{ id: tienda.almacenId, tienda_id: tienda.id, codigo, nombre: 'Bodega grande' }],
    );
    await inserta(
      tx,
      'inventario.categorias',
      { id: 'uuid', nombre: 'text', parent_id: 'uuid', nivel: 'int', path: 'text' },
      modelo.categorias,
    );
  });

  let codigos = 0;
  for (let desde = 0; desde < total; desde += POR_TRANSACCION) {
    const productos: object[] = [];
    const barras: object[] = [];
    const bases: object[] = [];
    for (let i = desde; i < Math.min(total, desde + POR_TRANSACCION); i += 1) {
      const { fila } = modelo.articulos[i % modelo.articulos.length]!;
      const serie = Math.floor(i / modelo.articulos.length) + 1;
      const clave = `G${serie}-${fila.codigo}`;
      const id = idDemo('grande', clave);
      const doce = `7509${String(i).padStart(8, '0')}`;
      const ean = ean13(doce);
      productos.push({ ...fila, id, codigo: clave, nombre: `${fila.nombre} serie ${serie}`, upc: ean });
      barras.push({
        id: idDemo('codigo', id),
        codigo: ean,
        clave_gtin: gtinKey(ean),
        producto_id: id,
        factor: 1,
        tipo: 'barras',
      });
      if (i % 7 === 0) {
        const caja = ean13(`7508${String(i).padStart(8, '0')}`);
        barras.push({
          id: idDemo('caja', id),
          codigo: caja,
          clave_gtin: gtinKey(caja),
          producto_id: id,
          factor: 12,
          tipo: 'caja',
        });
      }
      bases.push({
        id: idDemo('base', id),
        producto_id: id,
        almacen_id: tienda.almacenId,
        tipo: 'inventario',
        cantidad: suerte.entero(0, 200),
        ocurrida_en: base,
      });
    }
    codigos += barras.length;
    await db.asService(async (tx) => {
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
          unidad: 'text',
          decimales: 'smallint',
          marca: 'text',
          upc: 'text',
        },
        productos,
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
        },
        barras,
      );
      await inserta(
        tx,
        'inventario.transacciones',
        {
          id: 'uuid',
          producto_id: 'uuid',
          almacen_id: 'uuid',
          tipo: 'text',
          cantidad: 'numeric',
          ocurrida_en: 'timestamptz',
        },
        bases,
      );
    });
  }
  return { productos: total, codigos, tienda };
}
