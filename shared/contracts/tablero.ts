import * as z from 'zod/mini';
import { Uuid } from './basicos.ts';

const Conteo = {
  id: Uuid,
  folio: z.nullable(z.string()),
  nombre: z.string(),
  /** `Tienda · Almacén`. */
  lugar: z.string(),
};

/**
 * `tablero.ahora`: what waits for the caller, in their shops. null: a matter of other roles. Counters and drivers have no
 * part of it here: what is theirs is on their phone.
 */
export const Ahora = z.object({
  hechoEn: z.string(),
  /** The rows behind it were too many to send; the totals are whole. */
  conteos: z.nullable(
    z.object({
      enRevision: z.array(
        z.object({
          ...Conteo,
          desde: z.string(),
          /** Of another shop, whose managers asked for the caller's signature. */
          pedida: z.boolean(),
          proposito: z.enum(['conteo', 'prueba']),
        }),
      ),
      enRevisionTotal: z.int(),
      atrasados: z.array(z.object({ ...Conteo, vence: z.string() })),
      atrasadosTotal: z.int(),
      /** Ended within 30 days, with lines that came later and no complementary conteo for them. */
      tardios: z.array(z.object({ ...Conteo, lineas: z.int() })),
    }),
  ),
  equipos: z.nullable(
    z.object({
      conPendientes: z.int(),
      pendientes: z.int(),
      masViejo: z.nullable(z.string()),
      /** Not seen for DIAS_SIN_VERSE or more, and not put out. */
      callados: z.int(),
    }),
  ),
  /** Dead letters that are open: refused, of somebody who was put out or could not prove who they are, of a newer app. */
  rechazos: z.nullable(
    z.object({
      rechazados: z.int(),
      cuarentena: z.int(),
      enEspera: z.int(),
      masViejo: z.nullable(z.string()),
    }),
  ),
  /** Pairs of producto and almacén. */
  existencias: z.nullable(z.object({ negativas: z.int(), sinBase: z.int() })),
  minimos: z.nullable(
    z.object({
      /** Under their minimum, by the book. */
      debajo: z.int(),
      /** Of those, with nothing left. */
      agotados: z.int(),
      /** That have a minimum. */
      con: z.int(),
    }),
  ),
  importaciones: z.nullable(
    z.object({
      fallidas: z.array(z.object({ id: Uuid, archivo: z.string(), en: z.string() })),
      /** Read, and waiting for somebody to apply or drop them. */
      porAplicar: z.int(),
    }),
  ),
  /** Shops that close their books and have not closed the last whole month. */
  periodos: z.nullable(
    z.array(z.object({ tiendaId: Uuid, tienda: z.string(), mes: z.string(), cerradoHasta: z.string() })),
  ),
});

/** `tablero.firmas`: what waits for a second signature in the caller's shops. By itself: it is looked for in all of the ledger. */
export const Firmas = z.object({
  total: z.int(),
  /** That the caller may sign. */
  mias: z.int(),
  /** Pesos without sign; those without cost are not in it. */
  pesos: z.string(),
  sinCosto: z.int(),
  manuales: z.int(),
});

/** `tablero.revisiones`: how each of these conteos in review stands, by the review's own reckoning. */
export const PideRevisiones = z.object({ ids: z.array(Uuid).check(z.minLength(1), z.maxLength(6)) });
export const RevisionBreve = z.object({
  id: Uuid,
  porDecidir: z.int(),
  fuera: z.int(),
  /** Pesos without sign of what is out of tolerance. */
  pesosFuera: z.string(),
  sinLigar: z.int(),
  tardias: z.int(),
});

/** `tablero.minimos`: what is under its minimum, the furthest first. */
export const PideMinimos = z.object({
  tiendaId: z.nullable(Uuid),
  limite: z.int().check(z.gte(1), z.lte(500)),
});
export const BajoMinimo = z.object({
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  almacen: z.string(),
  existencia: z.string(),
  minimo: z.string(),
  /** Units up to the maximum, or up to the minimum where none is set. */
  falta: z.string(),
});

/** `tablero.valor`: what the stock was worth at the end of a day, as `existencias.valuadas` reckons it, without its rows. */
export const PideValorAl = z.object({ al: z.iso.date() });
export const ValorAl = z.object({
  al: z.string(),
  almacenes: z.array(
    z.object({
      id: Uuid,
      tipo: z.string(),
      productos: z.int(),
      /** Pesos at cost of what is above 0. */
      valor: z.string(),
      sinCosto: z.int(),
    }),
  ),
});

export type Ahora = z.infer<typeof Ahora>;
export type Firmas = z.infer<typeof Firmas>;
export type RevisionBreve = z.infer<typeof RevisionBreve>;
export type BajoMinimo = z.infer<typeof BajoMinimo>;
export type ValorAl = z.infer<typeof ValorAl>;

/** `tablero.resultados`: approved results of real counts, the rows behind `estadisticas.exactitud`; the dearest difference first. */
export const PideResultados = z.object({
  tiendaIds: z.array(Uuid).check(z.maxLength(200)),
  almacenId: z.nullable(Uuid),
  categoriaId: z.nullable(Uuid),
  desde: z.nullable(z.iso.date()),
  hasta: z.nullable(z.iso.date()),
  /** As `estadisticas.exactitud` names it; null: all of them. */
  zona: z.nullable(z.string().check(z.maxLength(100))),
  limite: z.int().check(z.gte(1), z.lte(500)),
});
export const ResultadoContado = z.object({
  conteoId: Uuid,
  folio: z.nullable(z.string()),
  productoId: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  unidad: z.string(),
  almacen: z.string(),
  zona: z.string(),
  fecha: z.string(),
  contado: z.string(),
  teorico: z.string(),
  variacion: z.string(),
  /** null = sin costo. */
  valor: z.nullable(z.string()),
});
export const Resultados = z.object({
  /** Of everything that the filter holds, however many rows were sent. */
  total: z.object({ productos: z.int(), exactos: z.int(), diferencia: z.string() }),
  filas: z.array(ResultadoContado),
});
export type Resultados = z.infer<typeof Resultados>;

/** `tablero.curva`: the ABC curve of a year's sales, class after class, at about `puntos` places. */
export const PideCurva = z.object({ tiendaIds: z.array(Uuid).check(z.maxLength(200)) });
export const Curva = z.array(
  z.object({
    /** How many products, from the one that sold most. */
    n: z.int(),
    /** Pesos without tax that they sold together. */
    valor: z.string(),
  }),
);
