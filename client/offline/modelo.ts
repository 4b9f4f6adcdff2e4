import type { Codigo } from '#shared/codes.ts';
import type {
  FilaAlmacen,
  FilaCategoria,
  FilaConteo,
  FilaConteoContador,
  FilaExistencia,
  FilaProducto,
  FilaTienda,
  FilaUbicacion,
} from '#shared/contracts/filas.ts';
import type { Condicion, Linea, TipoLinea } from '#shared/domain/conteo.ts';
import type { Rol } from '#shared/roles.ts';

/** Where a line is: on this phone, on the server, kept by the server but not applied, or refused and kept here. */
export type EstadoLinea = 'guardado' | 'enviado' | 'tardia' | 'en_espera' | 'rechazada';

/** A person of this phone: the shift identity that the app opens on, kept in the journal. */
export type Identidad = {
  usuarioId: string;
  nombre: string;
  correo: string | null;
  rol: Rol;
  tiendaIds: string[];
  /** Pesos as text, or null without a limit. */
  limiteAjuste: string | null;
  /** End of the newest turno. Passing it never blocks counting: the next log-in heals the lines. */
  expiraEn: string;
};

export type EstadoCatalogo = {
  /** Products in the cache. */
  productos: number;
  /** The first download reached its end. */
  completo: boolean;
  /** Rows received in the download under way, or null while there is none. */
  recibidos: number | null;
  /** The last daily comparison with the server, phone's time; null before the first one that was answered. */
  cotejo: { en: string; igual: boolean; reparadoEn: string | null } | null;
  /** When something else of the server's, as a shop or a conteo, last differed and came again; absent or null: never. */
  otroDistinto?: string | null;
};

/** The one sentence of the header. `revisa` outranks `enviando`: something needs a person. */
export type EstadoEnvio = {
  estado: 'sin_senal' | 'enviando' | 'todo_enviado' | 'revisa' | 'inicia_sesion';
  /** Saved here and not yet on the server. */
  pendientes: number;
  /** On the server (applied, late, waiting or quarantined there). */
  enviadas: number;
  /** Need a person: refused by the server, or set aside on this phone. */
  rechazadas: number;
  total: number;
  /** Instant (phone clock) of the oldest unsent mutation. */
  masViejoPendiente: string | null;
  fotosPendientes: number;
  /** Last time that the phone and the server were level. */
  ultimaSync: string | null;
  /** Why sending or receiving is stuck, as a code with its sentence; null while all is well. */
  problema: { code: Codigo; mensaje: string } | null;
  catalogo: EstadoCatalogo;
};

/** A count line as the screens show it: the domain's line and where it is. */
export type LineaVista = Linea & {
  estado: EstadoLinea;
  /** Voided by another line of mine. */
  anulada: boolean;
  /** What was said with the line and after it, in order; null when nothing. */
  nota: string | null;
  /** What the package says of itself; dates as `2026-12-31`. */
  lote: string | null;
  caduca: string | null;
  dot: string | null;
  simbologia: string | null;
  fuente: string | null;
  /** Why it was refused, in Spanish. */
  mensaje: string | null;
  /** Photos of this line that were taken on this phone. */
  fotos: number;
  /** A link proposed or decided for its unknown code. */
  liga: { estado: 'propuesta' | 'ligada' | 'ajena' | 'pendiente'; productoId: string | null } | null;
};

/** One row of `Contado`: what I counted of a product (or of an unknown code) in one bin. */
export type RenglonContado = {
  /** Stable key for lists. */
  clave: string;
  productoId: string | null;
  /** Product code, or the raw code when unknown. */
  codigo: string;
  /** Product name, or null when the code is unknown or the product is not in the cache. */
  nombre: string | null;
  unidad: string | null;
  decimales: number;
  /** The product asks for them; what is missing is flagged, never refused. */
  pideLote: boolean;
  pideCaducidad: boolean;
  ubicacionId: string | null;
  ubicacion: string | null;
  condicion: Condicion;
  /** Σ of the living lines, decimal text. */
  unidades: string;
  /** Worst state of its lines. */
  estado: EstadoLinea;
  /** Newest first, without voids and voided lines. */
  lineas: LineaVista[];
};

export type ConteoVista = FilaConteo & {
  almacenNombre: string;
  tiendaNombre: string;
  /** Still only on this phone (an ad-hoc conteo not yet sent). */
  soloAqui: boolean;
  /** I am one of its counters (always true for one that I opened). */
  cuento: boolean;
  /** The intento that I count now: the newest that names me. */
  intento: number;
  /** My living lines of that intento, and the products among them. */
  misLineas: number;
  misProductos: number;
  sinEnviar: number;
  /** When I ended my part of that intento; null while it is open. */
  parteTerminadaEn: string | null;
  /** My part was given back after my last send: what the manager wrote ('' without a note); null otherwise. */
  devuelta: string | null;
};

export type ConteoDetalle = ConteoVista & {
  contadores: FilaConteoContador[];
  /** Bins of the scope; for alcance libre or almacen those of the whole almacén. */
  ubicaciones: FilaUbicacion[];
  /** Products that my intento asks for, in order of code; null when the scope is free. */
  productoIds: string[] | null;
  /** My own lines of this conteo, all intentos, oldest first, voids included. */
  lineas: LineaVista[];
};

/** A product found by a reading. `factor`: units that one reading stands for, decimal text. */
export type Hallado = {
  producto: FilaProducto;
  factor: string;
  /** Name of the pack ("caja 12"), when the code is a pack's. */
  empaque: string | null;
  via: 'codigo' | 'upc' | 'sku' | 'barras';
};

export type LineaGuardada = { id: string; mid: number; contadoEn: string };

export type Rechazo = {
  /** Sequence in this phone's journal, or null when only the server has it. */
  seq: number | null;
  mid: number;
  name: string;
  args: string;
  estado: 'rechazada' | 'cuarentena' | 'en_espera' | 'apartada';
  mensaje: string;
  conteoId: string | null;
  en: string;
};

export type Contar = {
  conteoId: string;
  intento: number;
  ubicacionId: string | null;
  codigoCrudo: string | null;
  simbologia: string | null;
  fuente: 'camara' | 'pistola' | 'manual' | 'foto' | 'busqueda' | 'hoja';
  productoId: string | null;
  /** Decimal text > 0; one scan of a carton is cantidad "1" and factor "12". */
  cantidad: string;
  factor: string;
  condicion?: Condicion;
  lote?: string | null;
  caduca?: string | null;
  dot?: string | null;
  nota?: string | null;
};

export type Lugar = {
  conteoId: string;
  intento: number;
  productoId: string;
  ubicacionId: string | null;
  /** Condition that is counted there; absent is `vendible`. */
  condicion?: Condicion;
};

export type ResultadoCero =
  | { guardado: true; linea: LineaGuardada }
  /** There are pieces already: ask "Ya llevas {unidades} aquí. ¿Anular y poner 0?" and call again with `anular`. */
  | { guardado: false; unidades: string };

export type {
  FilaAlmacen,
  FilaCategoria,
  FilaConteo,
  FilaExistencia,
  FilaProducto,
  FilaTienda,
  FilaUbicacion,
  TipoLinea,
};
