import * as z from 'zod/mini';
import { hayCategoria } from '#server/api/catalogo.sql.ts';
import { ruta } from '#server/api/operacion.ts';
import { productosRouter } from '#server/productos/router.ts';
import type { Context } from '#server/trpc/context.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { CostoTexto, PesosTexto, Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';
import { EDITA_PRODUCTOS } from '#shared/roles.ts';

const llama = createCallerFactory(productosRouter);
const acceso = { alcance: 'catalogo:escribir', roles: EDITA_PRODUCTOS } as const;
const Id = z.object({ id: Uuid });
const EJEMPLO_ID = { parametros: { id: '01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11' } };

const texto = (largo: number) => z.string().check(z.maxLength(largo));
const opcionales = {
  descripcion: z.optional(z.nullable(texto(5000))),
  categoria_id: z.optional(z.nullable(Uuid)),
  precio: z.optional(PesosTexto),
  costo: z.optional(z.nullable(CostoTexto)),
  unidad: z.optional(texto(50)),
  marca: z.optional(z.nullable(texto(255))),
  modelo: z.optional(z.nullable(texto(255))),
  sku: z.optional(z.nullable(texto(100))),
  iva_tasa: z.optional(z.enum(['16', '8', '0', 'exento'])),
};
const Nuevo = z.object({
  codigo: texto(100).check(z.trim(), z.minLength(1)),
  nombre: texto(500).check(z.trim(), z.minLength(1)),
  ...opcionales,
});
const Cambio = z.object({ codigo: z.optional(texto(100)), nombre: z.optional(texto(500)), ...opcionales });
const Guardado = z.object({ success: z.literal(true), data: z.object({ id: Uuid }) });

/** The wire's names, as the plan has them, and the catalogue's. */
const CAMPO: Readonly<Record<string, string>> = { categoria_id: 'categoriaId', iva_tasa: 'ivaTasa' };
/** Others who change the same product at the same moment. */
const VUELTAS = 5;

/**
 * Saves fields over whatever is there: what the catalogue tells of as changed meanwhile is taken as seen, since a program sends
 * the values that are to hold.
 */
async function guarda(
  ctx: Context,
  id: string,
  nuevo: boolean,
  campos: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  const { categoria_id: categoria } = campos;
  if (typeof categoria === 'string' && !(await ctx.db.asService((tx) => hayCategoria(tx, categoria)))) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'categoria_id no es de ninguna categoría' });
  }
  const valores = Object.entries(campos).flatMap(([clave, valor]) =>
    valor === undefined ? [] : [[CAMPO[clave] ?? clave, valor] as const],
  );
  const bases = new Map<string, string | boolean | null>();
  for (let vuelta = 0; vuelta < VUELTAS; vuelta++) {
    const cambios = Object.fromEntries(
      valores.map(([campo, valor]) => [campo, { base: bases.get(campo) ?? null, valor }]),
    );
    const hecho = await llama(ctx).guarda({ id, nuevo, cambios });
    if (hecho.estado === 'guardado') return;
    for (const { campo, suyo } of hecho.choques) bases.set(campo, suyo);
  }
  throw new AppError('CAMBIO_ENTRETANTO');
}

const crea = ruta({
  id: 'creaProducto',
  metodo: 'POST',
  ruta: '/api/inventario',
  grupo: 'Catálogo',
  resumen: 'Un producto nuevo',
  descripcion: 'Para muchos a la vez usa `POST /api/productos`. Un código que ya existe se rechaza con 409.',
  acceso,
  cuerpo: Nuevo,
  respuestas: { 201: { descripcion: 'Hecho', esquema: Guardado } },
  rechazos: [409],
  ejemplo: { cuerpo: { codigo: 'EJ-2', nombre: 'Otro producto de ejemplo', precio: '49.90' } },
  async maneja({ ctx, body }) {
    const id = ctx.clock.newId();
    await guarda(ctx, id, true, { unidad: 'PZA', precio: '0.00', iva_tasa: '16', ...body });
    return { status: 201, cuerpo: { success: true, data: { id } } };
  },
});

const cambia = ruta({
  id: 'cambiaProducto',
  metodo: 'PUT',
  ruta: '/api/inventario/:id',
  grupo: 'Catálogo',
  resumen: 'Cambia los campos que se mandan; los demás quedan como están',
  acceso,
  parametros: Id,
  cuerpo: Cambio,
  respuestas: { 200: { descripcion: 'Guardado', esquema: Guardado } },
  rechazos: [404, 409, 412],
  ejemplo: { ...EJEMPLO_ID, cuerpo: { precio: '59.90' } },
  async maneja({ ctx, params, body }) {
    await guarda(ctx, params.id, false, body);
    return { cuerpo: { success: true, data: { id: params.id } } };
  },
});

const baja = ruta({
  id: 'bajaProducto',
  metodo: 'DELETE',
  ruta: '/api/inventario/:id',
  grupo: 'Catálogo',
  resumen: 'Da de baja un producto; su historia queda',
  descripcion: 'En los conteos que ya lo tienen sigue, y se decide como los demás.',
  acceso,
  parametros: Id,
  respuestas: {
    200: {
      descripcion: 'De baja, ahora o desde antes',
      esquema: z.object({ success: z.literal(true), message: z.string() }),
    },
  },
  rechazos: [404, 409],
  ejemplo: EJEMPLO_ID,
  async maneja({ ctx, params }) {
    await llama(ctx).cambiaActivo({ id: params.id, activo: false, confirmado: true });
    return { cuerpo: { success: true, message: 'Producto eliminado' } };
  },
});

export const operacionesProductos = [crea, cambia, baja];
