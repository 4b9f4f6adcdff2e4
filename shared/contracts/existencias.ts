import * as z from 'zod/mini';
import { CantidadTexto, Instante, Uuid } from './basicos.ts';
import { Corte } from './valuadas.ts';

/**
 * `GET /api/existencias?codigo=&almacen=&categoria=&al=&formato=`: `almacen` is its code, `categoria` its name; `al` an instant,
 * or a date for the end of that day in each shop (default: now, everything known). With `al` each row is valued.
 */
export const ConsultaExistencias = z.object({
  codigo: z.optional(z.string()),
  almacen: z.optional(z.string()),
  categoria: z.optional(z.string()),
  al: z.optional(Corte),
  formato: z.optional(z.enum(['json', 'csv', 'xlsx'])),
  limite: z.optional(z.coerce.number()),
});
export const Existencia = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  almacen: z.string(),
  almacenId: Uuid,
  cantidad: z.nullable(CantidadTexto),
  tieneBase: z.boolean(),
});

/** `GET /api/transacciones?codigo=&almacen=&tipo=&desde=&hasta=&conteo=&limite=&despues=` newest first, keyset by `despues`. */
export const ConsultaTransacciones = z.object({
  codigo: z.optional(z.string()),
  almacen: z.optional(z.string()),
  tipo: z.optional(z.string()),
  conteo: z.optional(Uuid),
  desde: z.optional(Instante),
  hasta: z.optional(Instante),
  limite: z.optional(z.coerce.number()),
  despues: z.optional(z.string()),
});
/** `POST /api/transacciones`: one or up to 1,000; `id` optional (made from origen + origenId when both are given). */
export const TransaccionNueva = z.object({
  id: z.optional(Uuid),
  codigo: z.string(),
  almacen: z.string(),
  tipo: z.enum(['inventario', 'venta', 'compra', 'devolucion']),
  subtipo: z.optional(z.nullable(z.enum(['de_cliente', 'a_proveedor']))),
  cantidad: CantidadTexto,
  /** Either the instant, or the local date of the shop with `momento`. */
  ocurridaEn: z.optional(Instante),
  fecha: z.optional(z.iso.date()),
  momento: z.optional(z.enum(['antes_de_abrir', 'al_cerrar'])),
  precio: z.optional(z.nullable(z.string())),
  costoUnitario: z.optional(z.nullable(z.string())),
  referencia: z.optional(z.nullable(z.string())),
  notas: z.optional(z.nullable(z.string())),
  origen: z.optional(z.string()),
  origenId: z.optional(z.string()),
});
/** `POST /api/productos`: bulk upsert by `codigo`, ≤ 1,000; a missing field leaves what is there. */
export const ProductoNuevo = z.object({
  codigo: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  nombre: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  unidad: z.optional(z.string()),
  decimales: z.optional(z.int().check(z.gte(0), z.lte(3))),
  precio: z.optional(z.string()),
  costo: z.optional(z.nullable(z.string())),
  marca: z.optional(z.nullable(z.string())),
  modelo: z.optional(z.nullable(z.string())),
  categoria: z.optional(z.nullable(z.string())),
  ivaTasa: z.optional(z.enum(['16', '8', '0', 'exento'])),
  isActive: z.optional(z.boolean()),
  metadata: z.optional(z.record(z.string(), z.unknown())),
  codigos: z.optional(
    z.array(
      z.object({
        codigo: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
        factor: z.optional(CantidadTexto),
        tipo: z.optional(z.enum(['barras', 'caja', 'alterna', 'proveedor'])),
        nombre: z.optional(z.string()),
      }),
    ),
  ),
  ubicaciones: z.optional(z.array(z.object({ almacen: z.string(), ubicacion: z.string() }))),
});
