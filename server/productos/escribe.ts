import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { CostoTexto, PesosTexto } from '#shared/contracts/basicos.ts';
import type { ProductoNuevo } from '#shared/contracts/existencias.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { AppError } from '#shared/errores.ts';
import * as escribe from './productos.sql.ts';

type Nuevo = z.infer<typeof ProductoNuevo>;

/** What the columns hold. */
const LARGO = { unidad: 50, marca: 255, modelo: 255, categoria: 255, ubicacion: 50, pack: 100 } as const;

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
  for (const { codigo } of productos) {
    if (vistos.has(codigo)) throw new AppError('PRODUCTO_REPETIDO', { codigo });
    vistos.add(codigo);
  }
  const defectos = productos.flatMap((p) => defectosDe(p).map((defecto) => `${p.codigo}: ${defecto}`));
  if (defectos.length > 0) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: defectos.slice(0, 10).join('; ') });
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
    const nuevos = new Set(
      await escribe.insertProductos(
        tx,
        filas.filter((fila) => !cambiados.has(fila.codigo)),
      ),
    );
    // What another request added in between: no longer new, and this one's fields are not lost.
    const mientras = filas.filter((fila) => !cambiados.has(fila.codigo) && !nuevos.has(fila.codigo));
    if (mientras.length > 0) {
      for (const codigo of await escribe.updateProductos(tx, mientras)) cambiados.add(codigo);
    }
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
          codigo: ubicacion.trim(),
          // Bins are named zone first: A-03-2 lies in zone A.
          zona: ubicacion.trim().split('-')[0] ?? '',
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
      datos: { nuevos: nuevos.size, cambiados: cambiados.size },
    });
    return { nuevos: nuevos.size, cambiados: cambiados.size };
  });
}

function defectosDe(p: Nuevo): string[] {
  const defectos: string[] = [];
  const exige = (vale: boolean, defecto: string) => {
    if (!vale) defectos.push(defecto);
  };
  const cabe = (nombre: string, texto: string | null | undefined, largo: number) =>
    exige((texto?.length ?? 0) <= largo, `${nombre} pasa de ${largo} letras`);
  const importe = (nombre: string, texto: string | null | undefined, forma: typeof PesosTexto) => {
    if (texto === null || texto === undefined) return;
    exige(
      forma.safeParse(texto).success && !texto.startsWith('-'),
      `${nombre} «${texto.slice(0, 30)}» no es un importe`,
    );
  };
  importe('precio', p.precio, PesosTexto);
  importe('costo', p.costo, CostoTexto);
  for (const campo of ['unidad', 'marca', 'modelo', 'categoria'] as const)
    cabe(campo, p[campo], LARGO[campo]);
  exige(p.unidad?.trim() !== '', 'unidad está vacía');
  exige(p.categoria?.trim() !== '', 'categoria está vacía; para quitarla envía null');
  for (const { codigo, factor, nombre } of p.codigos ?? []) {
    exige(limpiaCodigo(codigo) !== '', 'uno de sus códigos está vacío');
    exige(
      factor === undefined || /^\d*\.?\d*[1-9]/.test(factor),
      `factor «${factor}» debe ser mayor que cero`,
    );
    cabe(`el nombre de ${codigo.slice(0, 30)}`, nombre, LARGO.pack);
  }
  for (const { ubicacion } of p.ubicaciones ?? []) {
    exige(ubicacion.trim() !== '', 'una de sus ubicaciones está vacía');
    cabe('ubicacion', ubicacion, LARGO.ubicacion);
  }
  return defectos;
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
