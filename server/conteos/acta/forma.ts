import type { RenglonHuella } from '#shared/domain/huella-acta.ts';

/**
 * An acta, as `acta.json` gives it: quantities, costs and pesos as decimal text, instants as ISO 8601 in UTC. Everything
 * that is signed; the PDF, the CSV and the Excel are made from it.
 */
export interface Acta {
  conteo: {
    id: string;
    folio: string | null;
    nombre: string;
    tienda: string;
    almacen: string;
    zonaHoraria: string;
    /** In words: "Categoría Frenos", "Todo el almacén (5,000 productos)". */
    alcance: string;
    ciego: boolean;
    dobleCiego: boolean;
    proposito: 'conteo' | 'prueba';
    reparto: 'repartido' | 'doble' | 'ninguno';
    estado: string;
    tolerancia: { unidades: string | null; porcentaje: string | null; pesos: string | null };
    creadoPor: string;
    abiertoEn: string;
    enRevisionEn: string | null;
    /** Closed or cancelled. */
    terminadoEn: string | null;
    vence: string | null;
    cancelacion: { por: string; motivo: string } | null;
    corrigeA: string | null;
    complementaA: string | null;
    comparaCon: string | null;
    /** Conteos opened for what arrived late in this one. */
    complementos: string[];
    /** How far the till or ERP is known; null = not connected. */
    movimientosHasta: string | null;
  };
  generadaEn: string;
  /** null: closed or cancelled, so nothing of it changes any more. */
  borrador: { faltas: string[] } | null;
  huella: {
    algoritmo: 'SHA-256';
    valor: string;
    /** Lines and voids under it, received by `corte`. */
    lineas: number;
    corte: string;
    /** How anyone computes it again, in Spanish. */
    receta: string;
  };
  totales: Totales;
  intentos: ActaIntento[];
  aprobaciones: ActaAprobacion[];
  personas: ActaPersona[];
  productos: ActaProducto[];
  /** Products of the scope that nobody counted. */
  sinContar: { codigo: string; nombre: string; unidad: string }[];
  /** Lines that count for no product: unknown, left pending, or of somebody else. */
  sinProducto: {
    codigoCrudo: string;
    unidades: string;
    contador: string;
    estado: 'sin_ligar' | 'propuesta' | 'pendiente' | 'ajena';
    motivo: string | null;
  }[];
  contraAjustes: {
    codigo: string;
    nombre: string;
    cantidad: string;
    decision: 'firmado' | 'descartado';
    motivo: string | null;
    por: string;
    en: string;
    transaccionId: string | null;
  }[];
  /** Lines that arrived after their product, or the conteo, was decided: in no figure. */
  tardias: number;
  /** What the huella is made of, in its order, with the names of what the ids stand for. */
  lineas: ActaLinea[];
}

export interface Totales {
  /** Negative or 0, positive or 0, their sum and the sum of their absolute values, at cost in pesos. */
  faltante: string;
  sobrante: string;
  neto: string;
  bruto: string;
  productos: number;
  exactos: number;
  conDiferencia: number;
  /** With a difference whose cost nobody knows: in none of the four sums. */
  sinCosto: number;
  sinBase: number;
  incompletos: number;
  porDecidir: number;
  sinContar: number;
}

export interface ActaIntento {
  intento: number;
  pedidoPor: string | null;
  pedidoEn: string;
  motivo: string | null;
  /** Asked to be counted again, and how many of them only went along; 0 in the first attempt. */
  productos: number;
  controles: number;
  contadores: {
    nombre: string;
    lineas: number;
    terminadaEn: string | null;
    cerradaPor: string | null;
    motivo: string | null;
  }[];
}

export interface ActaAprobacion {
  por: string;
  en: string;
  productos: number;
  motivo: string | null;
  /** What was still open then, in words. */
  avisos: string[];
}

export interface ActaPersona {
  nombre: string;
  /** First attempt, a later one, a declared zero, an approval. */
  conto: boolean;
  reconto: boolean;
  ceros: number;
  autorizo: number;
}

export interface ActaProducto {
  productoId: string;
  codigo: string;
  nombre: string;
  unidad: string;
  claseAbc: string | null;
  /** The attempt that stands. */
  intento: number;
  contado: string;
  /** The book at `instante`; null = sin base. `lo`–`hi` where movements of the count leave it open. */
  teorico: string | null;
  lo: string | null;
  hi: string | null;
  instante: string;
  variacion: string | null;
  costoUnitario: string | null;
  /** promedio, ultimo, catalogo or sin_costo. */
  costoFuente: string;
  /** Variance at cost, in pesos; null = sin costo or sin base. */
  valor: string | null;
  /** `decidido`, else what the review says: cuadra, variacion, incompleto, … */
  estado: string;
  decision: 'ajuste' | 'sin_ajuste' | 'base' | 'prueba' | null;
  ajusteId: string | null;
  aprobadoPor: string | null;
  aprobadoEn: string | null;
  motivo: string | null;
  /** Where the ajuste stands if not at `instante`: the period was closed. */
  asentadoEn: string | null;
  intentos: {
    intento: number;
    contado: string;
    instante: string;
    variacion: string | null;
    contadores: { nombre: string; unidades: string }[];
  }[];
  ceroDeclarado: { por: string; en: string } | null;
  /** Units by condition other than vendible. */
  condiciones: Record<string, string>;
  lotes: { lote: string | null; caduca: string | null; dot: string | null; unidades: string }[];
  notas: { contador: string; nota: string }[];
  ubicacionesFaltantes: string[];
  vacias: { ubicacion: string; motivo: string; por: string }[];
  traslape: { decision: 'suma' | 'uno'; de: string | null; por: string } | null;
  relojDudoso: boolean;
}

export interface ActaLinea {
  huella: RenglonHuella;
  codigo: string;
  nombre: string;
  ubicacion: string;
  persona: string;
}
