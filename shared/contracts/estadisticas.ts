import * as z from 'zod/mini';
import { Uuid } from './basicos.ts';

/** Quantities are decimal text of units, money decimal text of pesos with two decimals, dates local days of the shop. */
export const TIPOS_MOVIMIENTO = [
  'inventario',
  'venta',
  'compra',
  'ajuste',
  'transferencia',
  'devolucion',
] as const;

/** Which stock: all that the person sees where nothing is named. */
const deDonde = {
  tiendaIds: z.array(Uuid).check(z.maxLength(200)),
  almacenId: z.nullable(Uuid),
  /** With everything under it. */
  categoriaId: z.nullable(Uuid),
};
/** Days, both included, in the calendar of each shop; null: from the first, to the last. */
const deCuando = { desde: z.nullable(z.iso.date()), hasta: z.nullable(z.iso.date()) };
/** The answer's `siguiente`, null for the first page. */
const pagina = {
  cursor: z.nullable(z.string().check(z.maxLength(300))),
  limite: z.int().check(z.gte(1), z.lte(500)),
};
const dir = z.enum(['asc', 'desc']);

export const FiltroMovimientos = z.object({
  ...deDonde,
  ...deCuando,
  /** null: everything that moved; its pesos are those of the sales less what customers gave back. */
  tipo: z.nullable(z.enum(TIPOS_MOVIMIENTO)),
  productoId: z.optional(z.nullable(Uuid)),
});
export const FiltroExistencias = z.object({ ...deDonde, productoId: z.optional(z.nullable(Uuid)) });

/** `estadisticas.productos`: the plan's statistics, one row a product. */
export const ORDENES_PRODUCTOS = ['importe', 'neto', 'margen', 'unidades', 'movimientos', 'codigo'] as const;
export const PideProductos = z.extend(FiltroMovimientos, {
  orden: z.enum(ORDENES_PRODUCTOS),
  dir,
  ...pagina,
});

const cifras = {
  /** Movements that stand: a reversal takes its original away. */
  movimientos: z.int(),
  unidades: z.string(),
  /** With the tax; of purchases, ajustes and transfers at cost, which has none. */
  importe: z.string(),
  /** Without the tax. */
  neto: z.string(),
  /** Of what was sold, net of IVA; null: nothing of it has a cost, or it is not about sales. */
  costo: z.nullable(z.string()),
  /** Net less cost of what has a cost. */
  margen: z.nullable(z.string()),
  /** Of the net of what has a cost, as percent with two decimals (`31.25`); null without it. */
  margenPct: z.nullable(z.string()),
  /** Units sold whose cost is not known: in no margin. */
  sinCosto: z.string(),
};
export const FilaProducto = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  categoria: z.nullable(z.string()),
  precio: z.string(),
  /** Units a movement. */
  promedio: z.string(),
  tiendas: z.int(),
  primera: z.nullable(z.string()),
  ultima: z.nullable(z.string()),
  ...cifras,
});
export const EstadisticaProductos = z.object({
  /** One Spanish sentence that reads the measure. */
  frase: z.string(),
  /** Of everything that the filter holds, however many rows were sent. */
  total: z.object({ productos: z.int(), ...cifras }),
  filas: z.array(FilaProducto),
  siguiente: z.nullable(z.string()),
});

/** `estadisticas.grupos`: the same figures by shop, category, kind or time; for charts. Ordered by time or by pesos. */
export const GRUPOS = ['tienda', 'almacen', 'categoria', 'tipo', 'mes', 'semana', 'dia'] as const;
export const PideGrupos = z.extend(FiltroMovimientos, { por: z.enum(GRUPOS) });
export const FilaGrupo = z.object({
  /** Id, kind, or the first day of the month or week; '' = without category. */
  clave: z.string(),
  nombre: z.string(),
  ...cifras,
});
export const EstadisticaGrupos = z.object({ frase: z.string(), filas: z.array(FilaGrupo) });

/** One product in one almacén: stock of now, with what was measured last night (`medidoEn`) of its past. */
export const FilaMedida = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  categoria: z.nullable(z.string()),
  almacenId: Uuid,
  almacen: z.string(),
  existencia: z.string(),
  tieneBase: z.boolean(),
  /** Pesos a unit, net of IVA; null = sin costo. */
  costo: z.nullable(z.string()),
  costoFuente: z.enum(['promedio', 'ultimo', 'catalogo', 'sin_costo']),
  valor: z.nullable(z.string()),
  /** Units a day over the last 90, less what customers gave back. */
  ventaDiaria: z.string(),
  /** Days that the stock lasts at that pace, with one decimal; null: it does not sell. */
  cobertura: z.nullable(z.string()),
  /** Net sales of 365 days. */
  ventaNeta: z.string(),
  /** The class that holds, and whether a person fixed it. */
  claseAbc: z.nullable(z.enum(['A', 'B', 'C'])),
  claseFijada: z.boolean(),
  abcVentas: z.nullable(z.enum(['A', 'B', 'C'])),
  abcExistencia: z.nullable(z.enum(['A', 'B', 'C'])),
  xyz: z.nullable(z.enum(['X', 'Y', 'Z'])),
  /** Standard deviation ÷ mean of the weekly demand, with two decimals; null: it did not sell, or is too new. */
  variabilidad: z.nullable(z.string()),
  ultimaVenta: z.nullable(z.string()),
  diasSinVenta: z.nullable(z.int()),
  ultimoConteo: z.nullable(z.string()),
  /** null: never counted. */
  diasSinConteo: z.nullable(z.int()),
});
export const ORDENES_MEDIDA = [
  'valor',
  'existencia',
  'cobertura',
  'ventaNeta',
  'variabilidad',
  'diasSinVenta',
  'diasSinConteo',
  'codigo',
] as const;
const pideMedida = { orden: z.enum(ORDENES_MEDIDA), dir, ...pagina };
const Clase = z.nullable(z.enum(['A', 'B', 'C']));
const respuestaMedida = {
  frase: z.string(),
  /** When costs, paces and classes were measured last; null: not yet. */
  medidoEn: z.nullable(z.string()),
  filas: z.array(FilaMedida),
  siguiente: z.nullable(z.string()),
};
const valores = {
  productos: z.int(),
  /** Of what is there; negative stock is summed apart, without cost it is in no sum. */
  valor: z.string(),
  negativos: z.int(),
  valorNegativos: z.string(),
  sinCosto: z.int(),
};

/** `estadisticas.valor`: stock of now at cost. `sinBase` etc. are in `existencias.valuadas`, which also knows other dates. */
export const PideValor = z.extend(FiltroExistencias, pideMedida);
export const MedidaValor = z.object({ ...respuestaMedida, total: z.object(valores) });

/** `estadisticas.valorGrupos`. */
export const GRUPOS_VALOR = ['tienda', 'almacen', 'categoria', 'clase'] as const;
export const PideValorGrupos = z.extend(FiltroExistencias, { por: z.enum(GRUPOS_VALOR) });
export const MedidaValorGrupos = z.object({
  frase: z.string(),
  medidoEn: z.nullable(z.string()),
  filas: z.array(z.object({ clave: z.string(), nombre: z.string(), ...valores })),
});

/** `estadisticas.cobertura`: days of cover. `hasta`: only what lasts at most so many days. */
export const PideCobertura = z.extend(FiltroExistencias, {
  ...pideMedida,
  hasta: z.nullable(z.int().check(z.gte(0), z.lte(10_000))),
});
export const MedidaCobertura = z.object({
  ...respuestaMedida,
  total: z.object({
    productos: z.int(),
    /** Sell and have none left. */
    agotados: z.int(),
    /** Last at most a week, with stock. */
    semana: z.int(),
    /** Stock that lasts more than half a year. */
    medioAnio: z.int(),
    /** With stock and no sale in 90 days. */
    sinVenta: z.int(),
  }),
});

/** `estadisticas.abc`: classes by value of sales or of stock, and XYZ by the variation of weekly demand. */
export const PideAbc = z.extend(FiltroExistencias, {
  ...pideMedida,
  por: z.enum(['ventas', 'existencia']),
  clase: Clase,
  xyz: z.nullable(z.enum(['X', 'Y', 'Z'])),
});
export const MedidaAbc = z.object({
  ...respuestaMedida,
  /** One per class and variation that occur; `xyz` '' = sin variabilidad. */
  matriz: z.array(
    z.object({
      clase: z.enum(['A', 'B', 'C']),
      xyz: z.enum(['X', 'Y', 'Z', '']),
      productos: z.int(),
      valor: z.string(),
    }),
  ),
  total: z.object({ productos: z.int(), valor: z.string(), fijadas: z.int() }),
});

/** `estadisticas.sinVenta`: dead stock. */
export const PideSinVenta = z.extend(FiltroExistencias, {
  ...pideMedida,
  dias: z.int().check(z.gte(1), z.lte(3650)),
});
export const MedidaSinVenta = z.object({ ...respuestaMedida, total: z.object(valores) });

/** `estadisticas.sinConteo`: days since the last count, of what is or was in stock. `dias` 0: everything. */
export const PideSinConteo = z.extend(FiltroExistencias, {
  ...pideMedida,
  dias: z.int().check(z.gte(0), z.lte(3650)),
});
export const MedidaSinConteo = z.object({
  ...respuestaMedida,
  total: z.object({
    productos: z.int(),
    nunca: z.int(),
    /** Past the days of their class. */
    vencidos: z.int(),
    /** Days; null: nothing was ever counted. */
    mediana: z.nullable(z.int()),
  }),
});

const FiltroConteos = z.object({ ...deDonde, ...deCuando });
/** `estadisticas.merma`: shrinkage in pesos at the frozen cost: ajustes of counts, signed by hand, and merma. */
export const GRUPOS_MERMA = ['tienda', 'almacen', 'categoria', 'motivo', 'semana', 'producto'] as const;
export const PideMerma = z.extend(FiltroConteos, { por: z.enum(GRUPOS_MERMA), ...pagina });
const diferencias = {
  movimientos: z.int(),
  /** Negative or 0. */
  faltante: z.string(),
  sobrante: z.string(),
  neto: z.string(),
  /** Both without sign. */
  bruto: z.string(),
  sinCosto: z.int(),
};
export const MedidaMerma = z.object({
  frase: z.string(),
  total: z.object(diferencias),
  filas: z.array(z.object({ clave: z.string(), nombre: z.string(), ...diferencias })),
  siguiente: z.nullable(z.string()),
});

/** `estadisticas.exactitud`: of approved results of real counts. For who reviews counts. */
export const GRUPOS_EXACTITUD = ['tienda', 'almacen', 'zona', 'categoria', 'semana'] as const;
export const PideExactitud = z.extend(FiltroConteos, { por: z.enum(GRUPOS_EXACTITUD) });
const exactitudes = {
  productos: z.int(),
  exactos: z.int(),
  /** Percent with two decimals; null without products. */
  lineasPct: z.nullable(z.string()),
  /** Pesos that the book expected, and pesos of variance without sign. */
  esperado: z.string(),
  diferencia: z.string(),
  /** 100 % less difference ÷ expected, never below 0; null without an expected value. */
  valorPct: z.nullable(z.string()),
};
export const MedidaExactitud = z.object({
  frase: z.string(),
  total: z.object(exactitudes),
  filas: z.array(z.object({ clave: z.string(), nombre: z.string(), ...exactitudes })),
});

/** `estadisticas.recuentos`: recounts that agree, beside the pace; by shop and week, never by person. */
export const PideRecuentos = z.extend(FiltroConteos, { por: z.enum(['tienda', 'almacen', 'semana']) });
const ritmos = {
  recontados: z.int(),
  coinciden: z.int(),
  coincidenPct: z.nullable(z.string()),
  lineas: z.int(),
  /** Hours of counting with one decimal: pauses over five minutes are not counted. */
  horas: z.string(),
  lineasPorHora: z.nullable(z.int()),
};
export const MedidaRecuentos = z.object({
  frase: z.string(),
  total: z.object(ritmos),
  filas: z.array(z.object({ clave: z.string(), nombre: z.string(), ...ritmos })),
});

/** `estadisticas.mide`: measures now instead of tonight. */
export const PideMide = z.object({ almacenId: z.nullable(Uuid) });
export const Midiendo = z.object({ encargado: z.boolean() });

/** `GET /api/estadisticas/archivo?medida=&formato=&filtro=`: `filtro` is the procedure's input as JSON. */
export const MEDIDAS_ARCHIVO = [
  'productos',
  'grupos',
  'valor',
  'cobertura',
  'abc',
  'sinVenta',
  'sinConteo',
  'merma',
  'exactitud',
  'recuentos',
] as const;
export const PideArchivo = z.object({
  medida: z.enum(MEDIDAS_ARCHIVO),
  formato: z.enum(['xlsx', 'csv']),
  filtro: z.string().check(z.maxLength(20_000)),
});

export type FiltroMovimientos = z.infer<typeof FiltroMovimientos>;
export type FiltroExistencias = z.infer<typeof FiltroExistencias>;
export type PideProductos = z.infer<typeof PideProductos>;
export type EstadisticaProductos = z.infer<typeof EstadisticaProductos>;
export type PideGrupos = z.infer<typeof PideGrupos>;
export type EstadisticaGrupos = z.infer<typeof EstadisticaGrupos>;
export type FilaMedida = z.infer<typeof FilaMedida>;
export type PideMerma = z.infer<typeof PideMerma>;
export type MedidaMerma = z.infer<typeof MedidaMerma>;
export type PideExactitud = z.infer<typeof PideExactitud>;
export type MedidaExactitud = z.infer<typeof MedidaExactitud>;
export type PideRecuentos = z.infer<typeof PideRecuentos>;
export type MedidaRecuentos = z.infer<typeof MedidaRecuentos>;
export type MedidaArchivo = (typeof MEDIDAS_ARCHIVO)[number];
