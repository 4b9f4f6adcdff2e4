import {
  type Candidato,
  type DiasPorClase,
  estaPorComprarse,
  type Factores,
  factoresDe,
  periodoDe,
  puntosDe,
  usualDe,
} from './puntos.ts';

export type Razon = 'valor' | 'velocidad' | 'errores' | 'sin_conteo' | 'por_comprar' | 'vacio' | 'periodo';

export interface Puntuado<T extends Candidato> {
  readonly candidato: T;
  readonly factores: Factores;
  readonly puntos: number;
  readonly razon: Razon;
}

export interface Plan<T extends Candidato> {
  /** What fits into the minutes, the most pressing first. */
  readonly caben: readonly Puntuado<T>[];
  /** What would come next. */
  readonly siguen: readonly Puntuado<T>[];
  /** Products past the days of their class. */
  readonly vencidos: number;
}

/** Where nobody has counted enough to know, and what a person sees of it. */
export const RITMO_USUAL = 60;
/** One zero in four at most: a list of empty bins would tell that they are empty. */
const UNO_VACIO_DE_CADA = 4;

/** Lines that fit into so many minutes at that pace; at least one. */
export function lineasQueCaben(minutos: number, lineasPorHora: number): number {
  return Math.max(1, Math.floor((minutos * lineasPorHora) / 60));
}

export const estaVencido = (c: Candidato, dias: DiasPorClase): boolean =>
  c.diasSinConteo === null || c.diasSinConteo > periodoDe(c, dias);

/** What weighs most in a score, told to who plans and to nobody who counts. */
function razonDe(c: Candidato, f: Factores, dias: DiasPorClase): Razon {
  if (c.seVacio) return 'vacio';
  if (estaPorComprarse(c)) return 'por_comprar';
  if (c.conteosMal > 0 && c.conteosMal * 2 >= c.conteos) return 'errores';
  if (c.diasSinConteo === null) return 'sin_conteo';
  if (estaVencido(c, dias)) return 'periodo';
  return f.velocidad > f.valor ? 'velocidad' : 'valor';
}

/**
 * The list for so many lines: by score, a product costs a line a bin. Zero-confirmations (the book says that a bin emptied) are
 * mixed with stocked bins, one in four at most, and left out where nothing stocked goes along.
 */
export function planea<T extends Candidato>(
  candidatos: readonly T[],
  { lineas, dias, siguientes }: { lineas: number; dias: DiasPorClase; siguientes: number },
): Plan<T> {
  const usual = usualDe(candidatos);
  const orden = candidatos
    .map((candidato): Puntuado<T> => {
      const factores = factoresDe(candidato, usual, dias);
      return { candidato, factores, puntos: puntosDe(factores), razon: razonDe(candidato, factores, dias) };
    })
    .filter(({ puntos }) => puntos > 0)
    .sort((a, b) => b.puntos - a.puntos || (a.candidato.productoId < b.candidato.productoId ? -1 : 1));
  const lleva = ({ candidato }: Puntuado<T>) => Math.max(1, candidato.ubicaciones);
  const [vacios, llenos] = [orden.filter(esVacio), orden.filter((p) => !esVacio(p))];

  // First the zeros that a list of this length may carry, then what is stocked with the rest of the lines.
  const ceros = toma(vacios, Math.floor(lineas / UNO_VACIO_DE_CADA), lleva);
  const conExistencia = toma(llenos, lineas - suma(ceros, lleva), lleva);
  const ya = new Set(conExistencia);
  const mezclados = ceros.slice(0, Math.floor(conExistencia.length / (UNO_VACIO_DE_CADA - 1)));
  // Lines that zeros had and could not use.
  const mas = toma(
    llenos.filter((p) => !ya.has(p)),
    lineas - suma(mezclados, lleva) - suma(conExistencia, lleva),
    lleva,
  );
  const caben = new Set([...mezclados, ...conExistencia, ...mas]);
  return {
    caben: orden.filter((p) => caben.has(p)),
    siguen: orden.filter((p) => !caben.has(p)).slice(0, siguientes),
    vencidos: candidatos.filter((c) => estaVencido(c, dias)).length,
  };
}

function esVacio<T extends Candidato>({ candidato }: Puntuado<T>): boolean {
  return candidato.existencia <= 0;
}

const suma = <T>(de: readonly T[], lleva: (uno: T) => number): number =>
  de.reduce((n, uno) => n + lleva(uno), 0);

/** The first ones that fit; a product of many bins that does not is passed over. */
function toma<T>(de: readonly T[], lineas: number, lleva: (uno: T) => number): T[] {
  const tomados: T[] = [];
  let quedan = lineas;
  for (const uno of de) {
    if (quedan <= 0) break;
    if (lleva(uno) > quedan) continue;
    tomados.push(uno);
    quedan -= lleva(uno);
  }
  return tomados;
}
