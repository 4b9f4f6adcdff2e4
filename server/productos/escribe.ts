import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { ProductoNuevo } from '#shared/contracts/existencias.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { COSTO_ESCALA, DINERO_ESCALA, parseDecimal } from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import * as escribe from './productos.sql.ts';

type Nuevo = z.infer<typeof ProductoNuevo>;

/**
 * Bulk upsert by `codigo`, all or none. The same code twice in one batch is refused by name, since one of the two would
 * silently win. Throws PRODUCTO_REPETIDO, ALMACENES_DESCONOCIDOS, ENTRADA_INVALIDA.
 */
export async function upsertProductos(
  db: Db,
  clock: Clock,
  quien: { id: string },
  productos: readonly Nuevo[],
): Promise<{ nuevos: number; cambiados: number }> {
  const vistos = new Set<string>();
  for (const { codigo, precio, costo } of productos) {
    if (vistos.has(codigo)) throw new AppError('PRODUCTO_REPETIDO', { codigo });
    vistos.add(codigo);
    exigeDecimal(codigo, 'precio', precio, DINERO_ESCALA);
    exigeDecimal(codigo, 'costo', costo, COSTO_ESCALA);
  }
  return db.asService(async (tx) => {
    const categorias = new Set(productos.flatMap((p) => (p.categoria ? [p.categoria] : [])));
    await escribe.insertCategorias(
      tx,
      [...categorias].map((nombre) => ({ id: clock.newId(), nombre })),
    );
    const filas = productos.map(({ codigo, codigos: _c, ubicaciones: _u, ...campos }) => ({
      id: clock.newId(),
      codigo,
      campos: Object.fromEntries(Object.entries(campos).filter(([, valor]) => valor !== undefined)),
    }));
    const cambiados = new Set(await escribe.updateProductos(tx, filas));
    const nuevos = await escribe.insertProductos(
      tx,
      filas.filter((fila) => !cambiados.has(fila.codigo)),
    );
    await escribe.upsertCodigos(
      tx,
      productos.flatMap((p) => codigosDe(p, clock)),
    );
    const desconocidos = await escribe.upsertProductoUbicaciones(
      tx,
      productos.flatMap((p) =>
        (p.ubicaciones ?? []).map(({ almacen, ubicacion }) => ({
          id: clock.newId(),
          almacen,
          codigo: ubicacion,
          // Bins are named zone first: A-03-2 lies in zone A.
          zona: ubicacion.split('-')[0] ?? '',
          producto: p.codigo,
        })),
      ),
    );
    if (desconocidos.length > 0)
      throw new AppError('ALMACENES_DESCONOCIDOS', { codigos: desconocidos.join(', ') });
    await audita(tx, {
      id: clock.newId(),
      en: clock.now(),
      usuarioId: quien.id,
      accion: 'productos.cargados',
      entidad: 'producto',
      entidadId: productos[0]!.codigo,
      tiendaId: null,
      datos: { nuevos: nuevos.length, cambiados: cambiados.size },
    });
    return { nuevos: nuevos.length, cambiados: cambiados.size };
  });
}

function exigeDecimal(codigo: string, campo: string, texto: string | null | undefined, escala: number): void {
  if (texto === null || texto === undefined) return;
  const leido = parseDecimal(texto, escala);
  if (!leido.ok || leido.value < 0n) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: `${campo} «${texto.slice(0, 30)}» de ${codigo}` });
  }
}

function codigosDe(producto: Nuevo, clock: Clock): escribe.CodigoNuevo[] {
  const porCodigo = new Map<string, escribe.CodigoNuevo>();
  for (const { codigo: crudo, factor, tipo, nombre } of producto.codigos ?? []) {
    const codigo = limpiaCodigo(crudo);
    porCodigo.set(codigo, {
      id: clock.newId(),
      codigo,
      clave_gtin: gtinKey(codigo),
      producto: producto.codigo,
      factor: factor ?? '1',
      tipo: tipo ?? 'barras',
      nombre: nombre ?? null,
    });
  }
  return [...porCodigo.values()];
}
