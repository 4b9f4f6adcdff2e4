import type { ClaseAbc } from '../estadisticas/abc.ts';

/** What is known of one product in one almacén when a count is planned. Plain numbers: nothing here is posted. */
export interface Candidato {
  readonly productoId: string;
  readonly claseAbc: ClaseAbc | null;
  readonly existencia: number;
  /** Unit cost in pesos; null = sin costo. */
  readonly costo: number | null;
  /** Units a day. */
  readonly ventaDiaria: number;
  /** Of its last five counts here, and those that did not agree with the book. */
  readonly conteos: number;
  readonly conteosMal: number;
  /** null: never counted. */
  readonly diasSinConteo: number | null;
  /** Below it, it is bought again; null: nobody said. */
  readonly minimo: number | null;
  /** The book came down to nothing since the last count. */
  readonly seVacio: boolean;
  /** Bins to walk to. */
  readonly ubicaciones: number;
}

export interface DiasPorClase {
  readonly A: number;
  readonly B: number;
  readonly C: number;
}
export const DIAS_POR_CLASE: DiasPorClase = { A: 30, B: 90, C: 180 };

/** What is usual in this almacén: half of the weight is reached there. */
export interface Usual {
  readonly valor: number;
  readonly ventaDiaria: number;
}

/** Each between its own limits; their product is the score. */
export interface Factores {
  /** 0.1 to 1: pesos at stake. */
  readonly valor: number;
  /** 0.1 to 1: how fast it sells. */
  readonly velocidad: number;
  /** 0.5 to 1.5: how often the book was wrong; 1 where nothing is known. */
  readonly errores: number;
  /** 0 to 3: days since the last count in periods of its class; what was never counted has 3. */
  readonly dias: number;
  /** 1.5 when it is about to be bought, else 1. */
  readonly compra: number;
}

const DIAS_MAX = 3;
const COMPRA = 1.5;
/** Stock that lasts a week or less is bought soon; until purchasing says when, that is "near reorder". */
const COBERTURA_POR_COMPRAR = 7;
/** A product of the greatest value, speed, error and age, about to be bought. */
const MAXIMO = 1 * 1 * 1.5 * DIAS_MAX * COMPRA;

const parte = (x: number, usual: number): number =>
  x <= 0 ? 0.1 : 0.1 + 0.9 * (x / (x + Math.max(usual, Number.EPSILON)));

/** Pesos that a wrong figure would hide: the stock, or a month of sales where the book says that there is none. */
export function enJuego({ existencia, costo, ventaDiaria }: Candidato): number {
  return Math.max(Math.abs(existencia), ventaDiaria * 30) * (costo ?? 0);
}

/** Days between two counts of its class; without a class, those of C. */
export function periodoDe({ claseAbc }: Pick<Candidato, 'claseAbc'>, dias: DiasPorClase): number {
  return dias[claseAbc ?? 'C'];
}

/** Below its minimum, or with a week of stock or less. */
export function estaPorComprarse({ existencia, minimo, ventaDiaria }: Candidato): boolean {
  if (minimo !== null && existencia < minimo) return true;
  return ventaDiaria > 0 && existencia / ventaDiaria <= COBERTURA_POR_COMPRAR;
}

export function factoresDe(c: Candidato, usual: Usual, dias: DiasPorClase): Factores {
  return {
    valor: parte(enJuego(c), usual.valor),
    velocidad: parte(c.ventaDiaria, usual.ventaDiaria),
    // Half a miss in one count before the first: one bad count is not certainty.
    errores: 0.5 + (c.conteosMal + 0.5) / (c.conteos + 1),
    dias: c.diasSinConteo === null ? DIAS_MAX : Math.min(DIAS_MAX, c.diasSinConteo / periodoDe(c, dias)),
    compra: estaPorComprarse(c) ? COMPRA : 1,
  };
}

/** Value × velocity × error history × days since the last count × about to be bought, of 1000. Counted today: 0. */
export function puntosDe({ valor, velocidad, errores, dias, compra }: Factores): number {
  return Math.round((1000 * valor * velocidad * errores * dias * compra) / MAXIMO);
}

/** The averages of what is there and sells. */
export function usualDe(candidatos: readonly Candidato[]): Usual {
  const media = (de: (c: Candidato) => number): number => {
    const con = candidatos.map(de).filter((x) => x > 0);
    return con.length === 0 ? 0 : con.reduce((a, b) => a + b, 0) / con.length;
  };
  return { valor: media(enJuego), ventaDiaria: media((c) => c.ventaDiaria) };
}
