import * as z from 'zod/mini';
import { CantidadTexto, CostoTexto, Sha256, TextoCorto, Uuid } from './basicos.ts';

/** One field's value: decimals and ids as text, null for empty. */
export const Valor = z.nullable(z.union([z.string().check(z.maxLength(20_000)), z.boolean()]));
/** What the author saw and what they want. The server refuses to overwrite what somebody else changed meanwhile. */
export const Cambio = z.object({ base: Valor, valor: Valor });
export const Cambios = z.record(z.string().check(z.maxLength(40)), Cambio);
export const Campos = z.record(z.string().check(z.maxLength(40)), Valor);

export const TIPOS_CODIGO = ['barras', 'caja', 'alterna', 'proveedor', 'aprendida'] as const;

export const CodigoNuevo = z.object({
  id: Uuid,
  productoId: Uuid,
  codigo: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  factor: CantidadTexto,
  tipo: z.enum(TIPOS_CODIGO),
  nombre: z.nullable(z.string().check(z.maxLength(100))),
});

export const ESTADOS_PRODUCTO = ['activos', 'baja', 'unidos', 'todos'] as const;
export const FALTAS_PRODUCTO = ['codigo', 'costo', 'foto', 'categoria', 'ubicacion', 'proveedor'] as const;
export const ORDENES_PRODUCTO = ['nombre', 'codigo', 'reciente'] as const;

/** Filters of the list; each lives in the URL of the screen under the same name. */
export const ConsultaProductos = z.object({
  q: z.optional(z.string().check(z.maxLength(200))),
  /** With all below it. */
  categoriaId: z.optional(z.nullable(Uuid)),
  estado: z.optional(z.enum(ESTADOS_PRODUCTO)),
  /** Products without: any barcode, a cost, a photo… */
  sin: z.optional(z.enum(FALTAS_PRODUCTO)),
  marca: z.optional(z.string().check(z.maxLength(255))),
  proveedorId: z.optional(Uuid),
  orden: z.optional(z.enum(ORDENES_PRODUCTO)),
  /** Of the former page. */
  despues: z.optional(z.string().check(z.maxLength(1_200))),
  limite: z.optional(z.int().check(z.gte(1), z.lte(200))),
});

/** Makes one (`cambios` from an empty base) or changes one. `encima`: fields that overwrite what another person put. */
export const GuardaProducto = z.object({
  id: Uuid,
  nuevo: z.boolean(),
  cambios: Cambios,
  partes: z.optional(
    z.array(z.object({ productoId: Uuid, cantidad: CantidadTexto })).check(z.maxLength(100)),
  ),
});
export const GuardaFila = z.object({ id: Uuid, nuevo: z.boolean(), cambios: Cambios });

export const EdicionEnBloque = z.object({
  ids: z.array(Uuid).check(z.minLength(1), z.maxLength(2_000)),
  campos: Campos,
  /** false: says what would change and changes nothing. */
  aplica: z.boolean(),
  /** Of the edition, made by who asks: applying it twice is applying it once. */
  id: Uuid,
});

export const Fusiona = z.object({
  id: Uuid,
  origenId: Uuid,
  destinoId: Uuid,
  /** For each code that both have with another factor: the factor that stays. */
  factores: z.record(z.string().check(z.maxLength(200)), CantidadTexto),
  /** Fields of the destination that take the origin's value. */
  toma: z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40)),
});

export const ProveedorDeProducto = z.object({
  productoId: Uuid,
  proveedorId: Uuid,
  codigoProveedor: z.nullable(z.string().check(z.maxLength(100))),
  costo: z.nullable(CostoTexto),
  minimoCompra: z.nullable(CantidadTexto),
  empaque: z.nullable(CantidadTexto),
  preferido: z.boolean(),
});

export const FotoDeProducto = z.object({
  id: Uuid,
  sha256: z.nullable(Sha256),
  base: z.nullable(z.string()),
});

export const SerieUbicaciones = z.object({
  almacenId: Uuid,
  serie: z.string().check(z.minLength(1), z.maxLength(200)),
  aplica: z.boolean(),
});

export const DecideConflicto = z.object({
  parcheId: Uuid,
  campo: z.string().check(z.maxLength(250)),
  /** `entra`: what the phone sent. `queda`: what stands. */
  decision: z.enum(['entra', 'queda']),
  /** What stood when the person looked. */
  visto: z.nullable(z.string()),
});

export const MotivoBaja = z.object({ id: Uuid, motivo: z.optional(TextoCorto) });
