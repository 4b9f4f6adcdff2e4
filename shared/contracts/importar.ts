import * as z from 'zod/mini';
import { CantidadTexto, CostoTexto, Instante, PesosTexto, Sha256, TextoCorto, Uuid } from './basicos.ts';

/**
 * Imports of spreadsheets. A file goes through these states: `pending` (uploaded) → `processing` (being read) → `ready` (the dry
 * run is there, a person looks) → `applying` → `completed`; or `failed`, `cancelled`, and from `completed` `reverting` →
 * `reverted`. Nothing of the ledger or the catalogue changes before `applying`.
 */
export const ESTADOS_IMPORTACION = [
  'pending',
  'processing',
  'ready',
  'applying',
  'completed',
  'failed',
  'cancelled',
  'reverting',
  'reverted',
] as const;
export const EstadoImportacion = z.enum(ESTADOS_IMPORTACION);
export type EstadoImportacion = z.infer<typeof EstadoImportacion>;

export const TIPOS_IMPORTACION = ['inventario', 'ventas', 'compras', 'productos'] as const;
export const TipoImportacion = z.enum(TIPOS_IMPORTACION);
export type TipoImportacion = z.infer<typeof TipoImportacion>;

/** What a column of the file can mean. Each type uses a part of them (shared/domain/importar/campos.ts). */
export const CAMPOS_IMPORTACION = [
  'codigo',
  'codigoBarras',
  'nombre',
  'cantidad',
  'costo',
  'precio',
  'importe',
  'descuento',
  'impuesto',
  'fecha',
  'hora',
  'fechaDesde',
  'fechaHasta',
  'folio',
  'partida',
  'tienda',
  'almacen',
  'ubicacion',
  'categoria',
  'marca',
  'unidad',
  'factor',
  'ivaTasa',
  'claveProdServ',
  'claveUnidad',
  'proveedor',
  'devolucion',
  'activo',
] as const;
export const CampoImportacion = z.enum(CAMPOS_IMPORTACION);
export type CampoImportacion = z.infer<typeof CampoImportacion>;

/** «¿Antes de abrir o al cerrar?»: where in the day an inventory stands. */
export const MomentoInventario = z.enum(['antes_de_abrir', 'al_cerrar']);

/** What is done with rows whose days an earlier upload, the ERP or a conteo covers already. */
export const DecisionTraslape = z.enum(['omitir', 'sustituir', 'sumar']);
export type DecisionTraslape = z.infer<typeof DecisionTraslape>;

/** What a person decided about a file; everything left out is detected. */
export const OpcionesImportacion = z.object({
  tipo: z.optional(TipoImportacion),
  /** Name of the sheet. */
  hoja: z.optional(z.string()),
  /** Row of the headings as the spreadsheet numbers it, from 1; 0: there are none. */
  filaEncabezado: z.optional(z.int().check(z.gte(0))),
  /** Field → column, 0 for A. A field that is named here is not detected; null: the file does not have it. */
  columnas: z.optional(z.partialRecord(CampoImportacion, z.nullable(z.int().check(z.gte(0))))),
  /** Where the rows without a shop of their own belong. */
  almacenId: z.optional(Uuid),
  /** Local date of the inventory, or of movements without one. */
  fecha: z.optional(z.iso.date()),
  momento: z.optional(MomentoInventario),
  /** What parts a number's whole from its fraction, where the file can be read both ways. */
  decimal: z.optional(z.enum(['.', ','])),
  /** The order of day and month, where the file can be read both ways. */
  formatoFecha: z.optional(z.enum(['dmy', 'mdy', 'ymd'])),
  traslape: z.optional(DecisionTraslape),
  /** Rows with a product that is not in the catalogue: left out, or the product is added. Left out when not said. */
  productosNuevos: z.optional(z.enum(['omitir', 'crear'])),
  /** Answers to questions with `opciones`, by their `clave`. */
  respuestas: z.optional(z.record(z.string(), z.string())),
});
export type OpcionesImportacion = z.infer<typeof OpcionesImportacion>;

/** One thing about a cell or the file: `error` leaves its row out, `pregunta` must be answered before applying, `aviso` only tells. */
export const ProblemaImportacion = z.object({
  /** Kind of problem, one of shared/domain/importar/problemas.ts; this is the `error_type`. */
  error_type: z.string(),
  gravedad: z.enum(['error', 'pregunta', 'aviso']),
  hoja: z.nullable(z.string()),
  /** As the spreadsheet numbers it, from 1; null: the file or the sheet as a whole. */
  fila: z.nullable(z.int()),
  /** `B`, and its heading. */
  columna: z.nullable(z.string()),
  titulo: z.nullable(z.string()),
  /** What the cell shows, at most 200 characters. */
  valor: z.nullable(z.string()),
  /** What happened, in Spanish for whoever imports. */
  user_message: z.string(),
  /** What to do, the most likely first. */
  suggestions: z.array(z.string()),
  /**
   * Of a `pregunta` that is answered by `opciones.respuestas[clave]` with one of the values. Questions without it are answered by
   * the option of their name (tipo, hoja, columnas, almacenId, fecha, decimal, formatoFecha).
   */
  clave: z.optional(z.string()),
  opciones: z.optional(z.array(z.object({ valor: z.string(), texto: z.string() }))),
});
export type ProblemaImportacion = z.infer<typeof ProblemaImportacion>;

/** What was mended in a cell, visibly: «7.50E+12 → 7501234567890, dígito verificador correcto». */
export const ReparacionImportacion = z.object({
  hoja: z.string(),
  fila: z.int(),
  columna: z.string(),
  antes: z.string(),
  despues: z.string(),
  /** Why it is certain. */
  prueba: z.string(),
});
export type ReparacionImportacion = z.infer<typeof ReparacionImportacion>;

/** A guess with its reasons, the strongest first, each a Spanish sentence. */
export const Detectado = z.object({
  confianza: z.number().check(z.gte(0), z.lte(1)),
  razones: z.array(z.string()),
});

export const ColumnaDetectada = z.object({
  /** 0 for A. */
  indice: z.int(),
  letra: z.string(),
  titulo: z.string(),
  campo: z.nullable(CampoImportacion),
  /** `recordada`: from an earlier import of the same source. */
  de: z.enum(['titulo', 'contenido', 'recordada', 'persona', 'ninguno']),
  /** First values that are not empty, as they are shown. */
  ejemplos: z.array(z.string()),
});

/** What reading a file found. Small: rows travel apart. */
export const AnalisisImportacion = z.object({
  /** sha256 of the folded headings and the type: files of one source have the same, and it names what is remembered. */
  firma: Sha256,
  formato: z.enum(['xlsx', 'xls', 'csv', 'html', 'xml', 'ods']),
  hojas: z.array(z.object({ nombre: z.string(), filas: z.int(), oculta: z.boolean() })),
  hoja: z.string(),
  filaEncabezado: z.int(),
  tipo: z.extend(Detectado, { tipo: TipoImportacion }),
  /** Null: neither the name of the file, a title nor a column says it; the person must. */
  almacen: z.nullable(z.extend(Detectado, { almacenId: Uuid, nombre: z.string() })),
  /** Of an inventory's title or name, or of movements without a date; null: not said. */
  fecha: z.nullable(z.extend(Detectado, { fecha: z.iso.date() })),
  columnas: z.array(ColumnaDetectada),
  decimal: z.enum(['.', ',']),
  formatoFecha: z.enum(['dmy', 'mdy', 'ymd']),
  /** Rows below the headings; of them with data of a product; titles, subtotals and blank ones. */
  filas: z.object({ leidas: z.int(), utiles: z.int(), ignoradas: z.int(), conError: z.int() }),
  reparadas: z.int(),
  problemas: z.object({ error: z.int(), pregunta: z.int(), aviso: z.int() }),
  /** First and last local date of the movements. */
  periodo: z.nullable(z.object({ desde: z.iso.date(), hasta: z.iso.date() })),
});
export type AnalisisImportacion = z.infer<typeof AnalisisImportacion>;

/** Row of a file after cleaning, for the ledger (`inventario`, `ventas`, `compras`). Never with an error. */
export const FilaMovimiento = z.object({
  hoja: z.string(),
  fila: z.int(),
  /** Null: not in the catalogue, and `productosNuevos` says to add it (its `codigo` and `nombre`). */
  productoId: z.nullable(Uuid),
  codigo: z.string(),
  nombre: z.nullable(z.string()),
  /** Units of the product: the factor of the code is applied. Never negative: a return is `devolucion`. */
  cantidad: CantidadTexto,
  devolucion: z.boolean(),
  /** Null: the almacén of the options. */
  almacenId: z.nullable(Uuid),
  /** Null: that of the options. */
  fecha: z.nullable(z.iso.date()),
  /** `HH:MM:SS` local; null: only the day is known. */
  hora: z.nullable(z.string()),
  fechaDesde: z.nullable(z.iso.date()),
  fechaHasta: z.nullable(z.iso.date()),
  folio: z.nullable(z.string()),
  partida: z.nullable(z.string()),
  /** Of one unit, pesos. */
  precio: z.nullable(PesosTexto),
  costo: z.nullable(CostoTexto),
  importe: z.nullable(PesosTexto),
  descuento: z.nullable(PesosTexto),
  impuesto: z.nullable(PesosTexto),
  ubicacion: z.nullable(z.string()),
});
export type FilaMovimiento = z.infer<typeof FilaMovimiento>;

/** Row of a catalogue file after cleaning; a missing field leaves what is there. */
export const FilaProducto = z.object({
  hoja: z.string(),
  fila: z.int(),
  productoId: z.nullable(Uuid),
  codigo: z.string(),
  campos: z.object({
    nombre: z.optional(z.string()),
    categoria: z.optional(z.string()),
    marca: z.optional(z.string()),
    unidad: z.optional(z.string()),
    precio: z.optional(PesosTexto),
    costo: z.optional(CostoTexto),
    ivaTasa: z.optional(z.enum(['16', '8', '0', 'exento'])),
    claveProdServ: z.optional(z.string()),
    claveUnidad: z.optional(z.string()),
    activo: z.optional(z.boolean()),
  }),
  codigos: z.array(z.object({ codigo: z.string(), factor: CantidadTexto })),
  ubicaciones: z.array(z.object({ almacenId: z.nullable(Uuid), ubicacion: z.string() })),
});
export type FilaProducto = z.infer<typeof FilaProducto>;

export type FilaImportacion = FilaMovimiento | FilaProducto;

/** Earlier data that cover the same days or products; named in the dry run and asked about. */
export const TraslapeImportacion = z.object({
  con: z.enum(['archivo', 'erp', 'conteo', 'periodo_cerrado', 'inventario']),
  /** Upload, conexión or conteo; null for a closed period. */
  id: z.nullable(Uuid),
  /** File name, folio or name of the conexión. */
  nombre: z.string(),
  almacen: z.string(),
  desde: z.iso.date(),
  hasta: z.iso.date(),
  filas: z.int(),
  frase: z.string(),
  /** What may be done with these rows; empty: nothing is asked, it is only told. */
  decisiones: z.array(DecisionTraslape),
});
export type TraslapeImportacion = z.infer<typeof TraslapeImportacion>;

/** The dry run: what applying would do. `nuevos + cambiados + iguales + conError + omitidos` is the rows with data. */
export const EnsayoImportacion = z.object({
  nuevos: z.int(),
  cambiados: z.int(),
  iguales: z.int(),
  conError: z.int(),
  omitidos: z.int(),
  productosNuevos: z.int(),
  /** Sums by almacén: units and, where costs are known and may be seen, pesos. */
  porAlmacen: z.array(
    z.object({
      almacenId: Uuid,
      almacen: z.string(),
      filas: z.int(),
      unidades: CantidadTexto,
      pesos: z.nullable(PesosTexto),
    }),
  ),
  traslapes: z.array(TraslapeImportacion),
  /** The same bytes were applied before: when and by whom; applying again would change nothing. */
  yaAplicado: z.nullable(z.object({ uploadId: Uuid, en: Instante, por: z.string() })),
  /** What must be answered before `Aplicar`, each a sentence. */
  faltan: z.array(
    z.object({
      clave: z.string(),
      frase: z.string(),
      /** Which option answers it; `respuestas` by the `clave`. Left out: correcting the file. */
      con: z.optional(
        z.enum([
          'respuestas',
          'tipo',
          'hoja',
          'columnas',
          'almacenId',
          'fecha',
          'momento',
          'decimal',
          'formatoFecha',
          'traslape',
        ]),
      ),
      opciones: z.optional(z.array(z.object({ valor: z.string(), texto: z.string() }))),
    }),
  ),
});
export type EnsayoImportacion = z.infer<typeof EnsayoImportacion>;

export const AvanceImportacion = z.object({
  etapa: z.enum(['en_fila', 'leyendo', 'comparando', 'aplicando', 'deshaciendo']),
  hechas: z.int(),
  /** Null while it is not known. */
  total: z.nullable(z.int()),
  segundosRestantes: z.nullable(z.int()),
});

export const Importacion = z.object({
  id: Uuid,
  filename: z.string(),
  file_size: z.int(),
  file_type: z.nullable(TipoImportacion),
  status: EstadoImportacion,
  tiendaId: z.nullable(Uuid),
  sha256: Sha256,
  opciones: OpcionesImportacion,
  analisis: z.nullable(AnalisisImportacion),
  ensayo: z.nullable(EnsayoImportacion),
  avance: z.nullable(AvanceImportacion),
  error: z.nullable(
    z.object({ error_type: z.string(), user_message: z.string(), suggestions: z.array(z.string()) }),
  ),
  records_processed: z.int(),
  records_failed: z.int(),
  por: z.string(),
  creadoEn: Instante,
  terminadoEn: z.nullable(Instante),
  /** Of an import that was applied: null when it can be undone, else why not. */
  noSeDeshace: z.nullable(TextoCorto),
});
export type Importacion = z.infer<typeof Importacion>;
