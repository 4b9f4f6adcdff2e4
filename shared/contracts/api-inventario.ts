import * as z from 'zod/mini';
import { CantidadTexto, CostoTexto, Instante, PesosTexto, Uuid } from './basicos.ts';

/** The names of the plan's own endpoints, as the columns have them. */
const Si = z.enum(['true', 'false', '1', '0']);

export const ConsultaInventario = z.object({
  /** Part of the name or of a code, or a whole barcode. */
  search: z.optional(z.string().check(z.maxLength(200))),
  /** With everything under it. */
  categoria_id: z.optional(Uuid),
  /** With its stock in each almacén of the shop. */
  tienda_id: z.optional(Uuid),
  /** `true` when left out. */
  only_active: z.optional(Si),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(500))),
  page: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000))),
  /** `pagination.despues` of the former page. */
  despues: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
});

const CategoriaCorta = z.object({ id: Uuid, nombre: z.string() });
export const ExistenciaApi = z.object({
  almacen_id: Uuid,
  almacen: z.string(),
  tienda_id: Uuid,
  /** Null: no movement ever. */
  cantidad: z.nullable(CantidadTexto),
  /** False: only the sum of the movements, since no stock was ever set. */
  tiene_base: z.boolean(),
});

export const ProductoApi = z.object({
  id: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  descripcion: z.nullable(z.string()),
  categoria: z.nullable(CategoriaCorta),
  precio: PesosTexto,
  /** Net of IVA; null also for who does not see costs. */
  costo: z.nullable(CostoTexto),
  unidad: z.string(),
  decimales: z.int(),
  marca: z.nullable(z.string()),
  modelo: z.nullable(z.string()),
  iva_tasa: z.enum(['16', '8', '0', 'exento']),
  is_active: z.boolean(),
  /** The product that it was merged into. */
  fusionado_en: z.nullable(Uuid),
  updated_at: Instante,
});
export const ProductoConExistencias = z.extend(ProductoApi, {
  /** Only with `tienda_id`. */
  existencias: z.optional(z.array(ExistenciaApi)),
});
export const ListaInventario = z.object({
  data: z.array(ProductoConExistencias),
  pagination: z.object({
    limit: z.int(),
    /** Only with `page`. */
    page: z.optional(z.int()),
    total: z.int(),
    pages: z.int(),
    hasMore: z.boolean(),
    /** Null: this is the last page. */
    despues: z.nullable(z.string()),
  }),
});

export const ProductoDetalle = z.extend(ProductoApi, {
  codigos: z.array(
    z.object({ codigo: z.string(), factor: CantidadTexto, tipo: z.string(), nombre: z.nullable(z.string()) }),
  ),
  existencias: z.array(ExistenciaApi),
  /** The fifty newest. */
  transacciones: z.array(
    z.object({
      id: Uuid,
      tipo: z.string(),
      subtipo: z.nullable(z.string()),
      cantidad: CantidadTexto,
      efecto: CantidadTexto,
      fecha: z.iso.date(),
      ocurrida_en: Instante,
      almacen: z.string(),
      tienda: z.object({ id: Uuid, codigo: z.string(), nombre: z.string() }),
      referencia: z.nullable(z.string()),
    }),
  ),
});

export const TiendaApi = z.object({
  id: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  direccion: z.nullable(z.string()),
  ciudad: z.nullable(z.string()),
  estado: z.nullable(z.string()),
  codigo_postal: z.nullable(z.string()),
  telefono: z.nullable(z.string()),
  zona_horaria: z.string(),
  is_active: z.boolean(),
  updated_at: Instante,
});
export const AlmacenApi = z.object({
  id: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  tipo: z.string(),
  tienda: z.object({ id: Uuid, codigo: z.string(), nombre: z.string() }),
  is_active: z.boolean(),
});

export interface RamaCategoria {
  id: string;
  nombre: string;
  descripcion: string | null;
  parent_id: string | null;
  is_active: boolean;
  productos: number;
  children: RamaCategoria[];
}
export const RamaCategoria: z.ZodMiniType<RamaCategoria> = z.object({
  id: Uuid,
  nombre: z.string(),
  descripcion: z.nullable(z.string()),
  parent_id: z.nullable(Uuid),
  is_active: z.boolean(),
  /** Active ones in it and under it. */
  productos: z.int(),
  get children(): z.ZodMiniArray<z.ZodMiniType<RamaCategoria>> {
    return z.array(RamaCategoria);
  },
});

/** Answers of the routes that were there before the document. */
export const RespuestaTransacciones = z.object({
  transacciones: z.array(
    z.object({
      id: Uuid,
      codigo: z.string(),
      nombre: z.string(),
      almacen: z.string(),
      tipo: z.string(),
      subtipo: z.nullable(z.string()),
      cantidad: CantidadTexto,
      efecto: CantidadTexto,
      precio: z.nullable(PesosTexto),
      costoUnitario: z.nullable(CostoTexto),
      costoFuente: z.nullable(z.string()),
      fecha: z.iso.date(),
      ocurridaEn: Instante,
      precision: z.enum(['instante', 'dia', 'periodo']),
      referencia: z.nullable(z.string()),
      notas: z.nullable(z.string()),
      conteoId: z.nullable(Uuid),
      origen: z.nullable(z.string()),
      origenId: z.nullable(z.string()),
      registradaEn: Instante,
    }),
  ),
  despues: z.nullable(z.string()),
});
export const TransaccionesRegistradas = z.object({ insertadas: z.array(Uuid), repetidas: z.array(Uuid) });
export const ProductosCargados = z.object({ nuevos: z.int(), cambiados: z.int() });
