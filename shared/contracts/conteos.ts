import * as z from 'zod/mini';
import { CantidadTexto, Instante, PesosTexto, TextoCorto, Uuid } from './basicos.ts';

/** Limits of a variance; null = not set. */
export const Tolerancias = z.object({
  unidades: z.nullable(CantidadTexto),
  porcentaje: z.nullable(z.string().check(z.regex(/^\d{1,4}(\.\d{1,2})?$/))),
  pesos: z.nullable(PesosTexto),
});

/** `conteos.crea`: plan a conteo. The scope's lists are frozen by the server from `alcance`. */
export const CreaConteo = z.object({
  id: Uuid,
  nombre: z.string().check(z.maxLength(200)),
  almacenId: Uuid,
  alcance: z.enum(['ubicaciones', 'categoria', 'abc', 'lista', 'almacen', 'libre']),
  /** Zones by name and/or single bins, for alcance = ubicaciones. */
  zonas: z.array(z.string()),
  ubicacionIds: z.array(Uuid),
  categoriaId: z.nullable(Uuid),
  claseAbc: z.nullable(z.enum(['A', 'B', 'C'])),
  productoIds: z.array(Uuid).check(z.maxLength(20000)),
  ciego: z.boolean(),
  reparto: z.enum(['repartido', 'doble', 'ninguno']),
  contadores: z.array(Uuid).check(z.minLength(1), z.maxLength(50)),
  vence: z.nullable(Instante),
  tolUnidades: z.nullable(CantidadTexto),
  tolPorcentaje: z.nullable(z.string().check(z.regex(/^\d{1,4}(\.\d{1,2})?$/))),
  tolPesos: z.nullable(PesosTexto),
  /** Limits by ABC class; a product without class, or whose class is absent, goes by the conteo's own. */
  tolerancias: z.optional(
    z.object({ A: z.optional(Tolerancias), B: z.optional(Tolerancias), C: z.optional(Tolerancias) }),
  ),
  /** The closed conteo of the same almacén that this one corrects. */
  corrigeA: z.optional(z.nullable(Uuid)),
  /** With `ciego`: who reviews sees no figure either until every part is in. */
  dobleCiego: z.optional(z.boolean()),
  /** `prueba` is compared and never posts; an auditor may plan and count it. */
  proposito: z.optional(z.enum(['conteo', 'prueba'])),
  /** Only in a test count: the real conteo of the same almacén, under review or closed, to compare with. */
  comparaCon: z.optional(z.nullable(Uuid)),
});
export const ConteoCreado = z.object({
  id: Uuid,
  folio: z.string(),
  productos: z.int(),
  ubicaciones: z.int(),
});

/** `conteos.asignables({almacenId})`: who may count there. */
export const Asignable = z.object({ id: Uuid, nombre: z.string(), rol: z.string() });

/** `conteos.historial`: one line per conteo that the caller may review or counted in. */
export const ResumenConteo = z.object({
  id: Uuid,
  folio: z.nullable(z.string()),
  nombre: z.string(),
  almacen: z.string(),
  estado: z.string(),
  ciego: z.boolean(),
  contadores: z.array(z.string()),
  partes: z.int(),
  partesTotal: z.int(),
  abiertoEn: z.string(),
  vence: z.nullable(z.string()),
  cerradoEn: z.nullable(z.string()),
  almacenId: z.optional(Uuid),
  /** A test count is in no accuracy and corrects nothing. */
  proposito: z.optional(z.enum(['conteo', 'prueba'])),
  /** For reviewers only, else null. */
  productosContados: z.nullable(z.int()),
  aprobados: z.nullable(z.int()),
});

export const MovimientoVisto = z.object({
  id: Uuid,
  tipo: z.string(),
  cantidad: z.string(),
  efecto: z.string(),
  ocurridaEn: z.string(),
  precision: z.string(),
  referencia: z.nullable(z.string()),
  registradaEn: z.string(),
});

/** A block stops the approval; a warning needs a reason. `mensaje` is the sentence for the screen. */
export const Aviso = z.object({ code: z.string(), mensaje: z.string() });

export const ProductoRevisado = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  decimales: z.int(),
  /** The one that stands: the later of two that agree within tolerance, else the latest. */
  intento: z.int(),
  /** Every attempt, earliest first, each against the book at its own instant. */
  intentos: z.optional(
    z.array(
      z.object({
        intento: z.int(),
        contado: z.string(),
        instante: z.string(),
        /** null = sin base. */
        variacion: z.nullable(z.string()),
        /** Names of who counted in it. */
        contaron: z.array(z.string()),
      }),
    ),
  ),
  /** No two attempts agree within tolerance: a third one, by a third person. */
  intentosDifieren: z.optional(z.boolean()),
  claseAbc: z.optional(z.nullable(z.string())),
  /** Class A with movements during its count: better counted again. */
  recuentoSugerido: z.optional(z.boolean()),
  /** Units by condition, also those that the book is not compared with. */
  porCondicion: z.optional(z.record(z.string(), z.string())),
  /** Units by lote, caducidad and DOT. Information: the variance is of their sum. */
  lotes: z.optional(
    z.array(
      z.object({
        lote: z.nullable(z.string()),
        caduca: z.nullable(z.string()),
        dot: z.nullable(z.string()),
        unidades: z.string(),
      }),
    ),
  ),
  contado: z.string(),
  /** What the counters wrote and photographed on the lines that count. */
  notas: z.optional(z.array(z.object({ contador: z.string(), nota: z.string() }))),
  fotos: z.optional(z.array(z.string())),
  /** First and last scan, corrected. `instante` = last: the teórico is taken there. */
  desde: z.string(),
  instante: z.string(),
  /** null = sin base. */
  teorico: z.nullable(z.string()),
  lo: z.nullable(z.string()),
  hi: z.nullable(z.string()),
  variacion: z.nullable(z.string()),
  /** Variance at cost in pesos, net of IVA; null = sin costo. */
  valor: z.nullable(z.string()),
  costoUnitario: z.nullable(z.string()),
  costoFuente: z.string(),
  estado: z.enum(['cuadra', 'movimiento_durante', 'variacion', 'sin_base', 'incompleto', 'traslape']),
  dentroTolerancia: z.nullable(z.boolean()),
  /** What approving would do. */
  efecto: z.enum(['ajuste', 'sin_ajuste', 'base', 'nada']),
  causas: z.array(z.string()),
  /** Of a test count with `comparaCon`: what that conteo counted, carried to this instant by what moved in between. */
  comparado: z.optional(
    z.nullable(
      z.object({ contado: z.string(), instante: z.string(), movido: z.string(), diferencia: z.string() }),
    ),
  ),
  /** Some scan's hour is doubtful: the phone's clock differed from itself by more than two minutes. */
  relojDudoso: z.boolean(),
  contadores: z.array(
    z.object({
      usuarioId: Uuid,
      nombre: z.string(),
      unidades: z.string(),
      ubicacion: z.nullable(z.string()),
      zona: z.optional(z.nullable(z.string())),
      lineas: z.int(),
    }),
  ),
  movimientos: z.array(MovimientoVisto),
  ubicacionesFaltantes: z.array(z.object({ id: Uuid, codigo: z.string() })),
  bloqueos: z.array(Aviso),
  aprobado: z.nullable(
    z.object({ por: z.string(), en: z.string(), ajusteId: z.nullable(Uuid), variacion: z.string() }),
  ),
});

export const CodigoSinLigar = z.object({
  lineaId: Uuid,
  codigoCrudo: z.string(),
  unidades: z.string(),
  contador: z.string(),
  ubicacion: z.nullable(z.string()),
  nota: z.nullable(z.string()),
  fotos: z.array(z.string()),
  instante: z.string(),
  estado: z.enum(['sin_ligar', 'propuesta', 'pendiente']),
  propuesta: z.nullable(
    z.object({ productoId: Uuid, nombre: z.string(), factor: z.string(), por: z.string() }),
  ),
});

/** `conteos.revision({conteoId})`. */
export const Revision = z.object({
  conteo: z.object({
    id: Uuid,
    folio: z.nullable(z.string()),
    nombre: z.string(),
    estado: z.string(),
    almacen: z.string(),
    tienda: z.string(),
    zonaHoraria: z.string(),
    ciego: z.boolean(),
    reparto: z.string(),
    alcance: z.string(),
    abiertoEn: z.string(),
    vence: z.nullable(z.string()),
    tolUnidades: z.nullable(z.string()),
    tolPorcentaje: z.nullable(z.string()),
    tolPesos: z.nullable(z.string()),
    /** The caller works in its shop in a role that decides there; who was only asked to sign may not. */
    decide: z.optional(z.boolean()),
    proposito: z.optional(z.enum(['conteo', 'prueba'])),
    dobleCiego: z.optional(z.boolean()),
    almacenId: z.optional(Uuid),
    /** Limits by ABC class; a class that is absent goes by the conteo's own. */
    tolerancias: z.optional(z.record(z.string(), Tolerancias)),
    /** Closed conteo that this one corrects, and real one that a test count is compared with. */
    corrigeA: z.optional(z.nullable(z.object({ id: Uuid, folio: z.nullable(z.string()) }))),
    comparaCon: z.optional(z.nullable(z.object({ id: Uuid, folio: z.nullable(z.string()) }))),
  }),
  /** How far the till or ERP is known; null = not connected. */
  movimientosHasta: z.nullable(z.string()),
  partes: z.array(
    z.object({
      usuarioId: Uuid,
      nombre: z.string(),
      intento: z.int(),
      terminadaEn: z.nullable(z.string()),
      cerradaPor: z.nullable(z.string()),
      lineasDichas: z.nullable(z.int()),
      lineasRecibidas: z.int(),
      /** Given back to its counter: open again until it is sent once more. */
      devuelta: z.optional(z.nullable(z.object({ en: z.string(), nota: z.string() }))),
    }),
  ),
  equipos: z.array(
    z.object({
      nombre: z.string(),
      usuario: z.nullable(z.string()),
      visto: z.nullable(z.string()),
      sinEnviar: z.int(),
    }),
  ),
  productos: z.array(ProductoRevisado),
  sinContar: z.array(
    z.object({ productoId: Uuid, codigo: z.string(), nombre: z.string(), unidad: z.string() }),
  ),
  codigosSinLigar: z.array(CodigoSinLigar),
  tardias: z.int(),
  /** Warnings of the whole conteo: approving then takes a `motivo`. */
  advertencias: z.array(Aviso),
  /** Blocks that hold for this person on the whole conteo (role, blindness…). */
  bloqueos: z.array(Aviso),
  resumen: z.object({
    productos: z.int(),
    exactos: z.int(),
    variaciones: z.int(),
    porDecidir: z.int(),
    faltante: z.string(),
    sobrante: z.string(),
    neto: z.string(),
    sinCosto: z.int(),
  }),
});

/** `conteos.vecesContado({conteoId, productoId})`: earlier results of a product in the same almacén, newest first. */
export const VezContada = z.object({
  conteoId: Uuid,
  folio: z.nullable(z.string()),
  instante: z.string(),
  contado: z.string(),
  /** null = sin base. */
  teorico: z.nullable(z.string()),
  variacion: z.nullable(z.string()),
  /** In pesos; null = sin costo. */
  valor: z.nullable(z.string()),
  intento: z.int(),
  contaron: z.array(z.string()),
  aprobadoPor: z.string(),
});

/** `conteos.aprueba`. Approving what is approved already answers as the first time and posts nothing. */
export const Aprueba = z.object({
  conteoId: Uuid,
  productoIds: z.array(Uuid).check(z.minLength(1), z.maxLength(20000)),
  /** What the screen showed, per product: a different figure now means that something arrived meanwhile. */
  vistos: z.optional(
    z.record(z.string(), z.object({ contado: CantidadTexto, variacion: z.nullable(CantidadTexto) })),
  ),
  motivo: z.nullable(TextoCorto),
});
export const Aprobacion = z.object({
  aprobados: z.array(
    z.object({ productoId: Uuid, ajusteId: z.nullable(Uuid), variacion: z.string(), yaEstaba: z.boolean() }),
  ),
  omitidos: z.array(z.object({ productoId: Uuid, code: z.string(), mensaje: z.string() })),
  conteoCerrado: z.boolean(),
});

export const CierraPartes = z.object({ conteoId: Uuid, motivo: z.nullable(TextoCorto) });
export const DevuelveParte = z.object({
  conteoId: Uuid,
  intento: z.int().check(z.gte(1), z.lte(32767)),
  usuarioId: Uuid,
  nota: TextoCorto,
});
export const DeclaraVacia = z.object({
  conteoId: Uuid,
  productoId: Uuid,
  ubicacionId: Uuid,
  motivo: TextoCorto,
});
/** `conteos.declaraCeros`: "there is none" of what nobody counted. `confirmados`: those with stock, looked at twice. */
export const DeclaraCeros = z.object({
  conteoId: Uuid,
  productoIds: z.array(Uuid).check(z.minLength(1), z.maxLength(20000)),
  confirmados: z.array(Uuid).check(z.maxLength(20000)),
});
export const CerosDeclarados = z.object({
  puestos: z.int(),
  porConfirmar: z.array(
    z.object({
      productoId: Uuid,
      codigo: z.string(),
      nombre: z.string(),
      unidad: z.string(),
      teorico: z.string(),
      /** Stock at cost in pesos; null = sin costo. */
      valor: z.nullable(z.string()),
    }),
  ),
});
export const ResuelveTraslape = z.object({
  conteoId: Uuid,
  productoId: Uuid,
  decision: z.enum(['suma', 'uno']),
  usuarioId: z.nullable(Uuid),
});
export const PideRecuento = z.object({
  conteoId: Uuid,
  productoIds: z.array(Uuid).check(z.minLength(1), z.maxLength(5000)),
  contadores: z.array(Uuid).check(z.minLength(1)),
  motivo: z.nullable(TextoCorto),
});
/** `conteos.tardias`: what arrived after its product, or the whole conteo, was decided. */
export const Tardias = z.object({
  productos: z.array(
    z.object({
      productoId: Uuid,
      codigo: z.string(),
      nombre: z.string(),
      unidad: z.string(),
      /** How much they would change what was counted; signed. */
      unidades: z.string(),
      lineas: z.int(),
    }),
  ),
  /** Late lines whose code has no product. */
  sinLigar: z.int(),
  /** Conteos that were opened for what arrived late. */
  complementos: z.array(z.object({ id: Uuid, folio: z.nullable(z.string()), estado: z.string() })),
});
/** `conteos.creaComplementario`: `id` of the new conteo; again with the same id gives the same one. */
export const CreaComplementario = z.object({ conteoId: Uuid, id: Uuid });
/** `conteos.firmantesPosibles({conteoId})`: managers of other shops and admins who wrote no line of it. */
export const FirmantePosible = z.object({
  id: Uuid,
  nombre: z.string(),
  rol: z.string(),
  /** Asked already. */
  pedida: z.boolean(),
});
export const PideFirma = z.object({ conteoId: Uuid, usuarioId: Uuid });
/** `conteos.cierraPrueba`: keeps the figures of a test count and closes it. Nothing is posted. */
export const CierraPrueba = z.object({ conteoId: Uuid });
export const PruebaCerrada = z.object({ productos: z.int(), exactos: z.int() });
export const CancelaConteo = z.object({ conteoId: Uuid, motivo: TextoCorto });
/** Linking by the manager; `aprender` also adds the code to the product's codes. */
export const LigaCodigo = z.object({
  conteoId: Uuid,
  lineaIds: z.array(Uuid).check(z.minLength(1)),
  estado: z.enum(['ligada', 'ajena', 'pendiente']),
  productoId: z.nullable(Uuid),
  factor: z.nullable(CantidadTexto),
  motivo: z.nullable(TextoCorto),
  aprender: z.boolean(),
});

export type CreaConteo = z.infer<typeof CreaConteo>;
export type Revision = z.infer<typeof Revision>;
export type ProductoRevisado = z.infer<typeof ProductoRevisado>;
export type CodigoSinLigar = z.infer<typeof CodigoSinLigar>;
export type Aprueba = z.infer<typeof Aprueba>;
export type Aprobacion = z.infer<typeof Aprobacion>;
export type ResumenConteo = z.infer<typeof ResumenConteo>;
export type VezContada = z.infer<typeof VezContada>;
export type Aviso = z.infer<typeof Aviso>;
