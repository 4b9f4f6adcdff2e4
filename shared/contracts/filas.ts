/**
 * Rows as pull sends them (camelCase, quantities as decimal text, instants as ISO text). `pk` of a composite key joins
 * its parts with ':' in the order of the fields below. Scope of each table: see docs/api.md.
 */
import type { Rol } from '../roles.ts';

/** catalogo. No cost ever. pk = id */
export type FilaProducto = {
  id: string;
  codigo: string;
  nombre: string;
  categoriaId: string | null;
  precio: string;
  unidad: string;
  decimales: number;
  marca: string | null;
  modelo: string | null;
  sku: string | null;
  upc: string | null;
  imagenUrl: string | null;
  pideLote: boolean;
  pideCaducidad: boolean;
  esServicio: boolean;
  esJuego: boolean;
  /** What one kit is made of; null for what is no kit. `cantidad` in units of the part. */
  partes: { productoId: string; cantidad: string }[] | null;
  fusionadoEn: string | null;
  isActive: boolean;
};
/** catalogo. pk = id */
export type FilaCodigoBarras = {
  id: string;
  codigo: string;
  claveGtin: string | null;
  productoId: string;
  factor: string;
  tipo: string;
  nombre: string | null;
  isActive: boolean;
};
/** catalogo. pk = id */
export type FilaCategoria = {
  id: string;
  nombre: string;
  parentId: string | null;
  nivel: number;
  path: string | null;
  isActive: boolean;
};
/** tienda:<id>. pk = id */
export type FilaTienda = {
  id: string;
  codigo: string;
  nombre: string;
  ciudad: string | null;
  zonaHoraria: string;
  isActive: boolean;
};
/** tienda:<id>. pk = id */
export type FilaAlmacen = {
  id: string;
  tiendaId: string;
  codigo: string;
  nombre: string;
  tipo: string;
  isActive: boolean;
};
/** tienda:<id>. pk = id */
export type FilaUbicacion = {
  id: string;
  almacenId: string;
  codigo: string;
  zona: string;
  nombre: string | null;
  isActive: boolean;
};
/** tienda:<id>. pk = productoId:ubicacionId */
export type FilaProductoUbicacion = { productoId: string; ubicacionId: string };
/** stock:<almacen>. pk = productoId:almacenId */
export type FilaExistencia = {
  productoId: string;
  almacenId: string;
  cantidad: string | null;
  tieneBase: boolean;
  actualizadaEn: string;
};
/** costos. pk = id (of the producto) */
export type FilaProductoCosto = { id: string; costo: string | null };
/** conteo:<id>. pk = id */
export type FilaConteo = {
  id: string;
  folio: string | null;
  nombre: string;
  tiendaId: string;
  almacenId: string;
  alcance: 'ubicaciones' | 'categoria' | 'abc' | 'lista' | 'almacen' | 'libre';
  ciego: boolean;
  reparto: 'repartido' | 'doble' | 'ninguno';
  estado: 'planeado' | 'abierto' | 'en_revision' | 'cerrado' | 'cancelado';
  vence: string | null;
  creadoPor: string;
  /** A test count (`prueba`) never posts. */
  proposito: 'conteo' | 'prueba';
  corrigeA: string | null;
  complementaA: string | null;
  abiertoEn: string;
  cerradoEn: string | null;
};
/** conteo:<id>. pk = conteoId:usuarioId */
export type FilaConteoContador = { conteoId: string; usuarioId: string; nombre: string };
/** conteo:<id>. pk = conteoId:ubicacionId */
export type FilaConteoUbicacion = { conteoId: string; ubicacionId: string };
/** conteo:<id>. pk = conteoId:productoId */
export type FilaConteoProducto = { conteoId: string; productoId: string };
/** conteo:<id>. pk = conteoId:intento:productoId (a recount's list) */
export type FilaConteoIntentoProducto = { conteoId: string; intento: number; productoId: string };
/** conteo:<id>. pk = conteoId:intento:usuarioId (who recounts) */
export type FilaConteoIntentoContador = { conteoId: string; intento: number; usuarioId: string };
/** lineas:<conteo>:<usuario>. pk = conteoId:intento:usuarioId */
export type FilaConteoParte = {
  conteoId: string;
  intento: number;
  usuarioId: string;
  lineas: number;
  terminadaEn: string;
  /** Given back by a manager, with a note: the part is open again. */
  devueltaEn: string | null;
  notaDevolucion: string | null;
};
/** lineas:<conteo>:<usuario> (own lines only). pk = id */
export type FilaConteoLinea = {
  id: string;
  conteoId: string;
  intento: number;
  ubicacionId: string | null;
  codigoCrudo: string | null;
  simbologia: string | null;
  fuente: string | null;
  productoId: string | null;
  cantidad: string;
  factor: string;
  tipo: 'suma' | 'cero' | 'anula';
  anula: string | null;
  condicion: string;
  lote: string | null;
  caduca: string | null;
  dot: string | null;
  nota: string | null;
  usuarioId: string;
  contadoEn: string;
  instante: string;
  recibidoEn: string;
};
/** lineas:<conteo>:<usuario> of the line's author. pk = id */
export type FilaConteoLineaLiga = {
  id: string;
  lineaId: string;
  conteoId: string;
  estado: 'propuesta' | 'ligada' | 'ajena' | 'pendiente';
  productoId: string | null;
  factor: string | null;
  por: string;
  en: string;
};
/** usuario:<id>. pk = id. What of this person could not be applied. */
export type FilaRechazo = {
  id: string;
  deviceId: string;
  mid: number;
  name: string;
  code: string;
  message: string;
  state: string;
  conteoId: string | null;
  at: string;
};
/** usuario:<id>. pk = id */
export type FilaUsuario = { id: string; nombre: string; rol: Rol; isActive: boolean };

/** Every table that pull may send, with its row. */
export type Filas = {
  productos: FilaProducto;
  codigos_barras: FilaCodigoBarras;
  categorias: FilaCategoria;
  tiendas: FilaTienda;
  almacenes: FilaAlmacen;
  ubicaciones: FilaUbicacion;
  producto_ubicaciones: FilaProductoUbicacion;
  existencias: FilaExistencia;
  producto_costos: FilaProductoCosto;
  conteos: FilaConteo;
  conteo_contadores: FilaConteoContador;
  conteo_ubicaciones: FilaConteoUbicacion;
  conteo_productos: FilaConteoProducto;
  conteo_intento_productos: FilaConteoIntentoProducto;
  conteo_intento_contadores: FilaConteoIntentoContador;
  conteo_partes: FilaConteoParte;
  conteo_lineas: FilaConteoLinea;
  conteo_linea_ligas: FilaConteoLineaLiga;
  rechazos: FilaRechazo;
  usuarios: FilaUsuario;
};
export type NombreTabla = keyof Filas;
