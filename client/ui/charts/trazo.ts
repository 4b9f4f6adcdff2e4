import { type Eje, porCiento, type Valor } from './escala.ts';

/** In hundredths of the plot: x from the left, y from the top. */
export interface Punto {
  x: number;
  y: number;
}

/** Place of the i-th of `n` along the axis; a single one stands in the middle. */
export function lugarDe(i: number, n: number): number {
  return n < 2 ? 50 : Math.round((i / (n - 1)) * 10_000) / 100;
}

export function puntosDe(valores: readonly Valor[], eje: Eje): (Punto | null)[] {
  return valores.map((valor, i) =>
    valor === null
      ? null
      : { x: lugarDe(i, valores.length), y: Math.round((100 - porCiento(valor, eje)) * 100) / 100 },
  );
}

/** SVG path of a line that stops at what is not known and goes on after it. A lone point is a dot of its own. */
export function lineaDe(puntos: readonly (Punto | null)[]): string {
  let abierta = false;
  return puntos
    .map((punto) => {
      const paso = punto === null ? '' : `${abierta ? 'L' : 'M'}${punto.x} ${punto.y}`;
      abierta = punto !== null;
      return paso;
    })
    .join('');
}

/** Dots for the points that no line touches: between two gaps nothing else would be seen of them. */
export function sueltosDe(puntos: readonly (Punto | null)[]): Punto[] {
  return puntos.flatMap((punto, i) => (punto !== null && !puntos[i - 1] && !puntos[i + 1] ? [punto] : []));
}

/** Closed path between both lines, one piece for each stretch where both are known. */
export function bandaDe(bajo: readonly (Punto | null)[], alto: readonly (Punto | null)[]): string {
  const tramos: [Punto, Punto][][] = [];
  let tramo: [Punto, Punto][] | undefined;
  bajo.forEach((b, i) => {
    const a = alto[i];
    if (!b || !a) {
      tramo = undefined;
      return;
    }
    if (tramo === undefined) {
      tramo = [];
      tramos.push(tramo);
    }
    tramo.push([b, a]);
  });
  return tramos
    .filter(({ length }) => length > 1)
    .map((pares) => {
      const ida = pares.map(([, a], i) => `${i === 0 ? 'M' : 'L'}${a.x} ${a.y}`);
      const vuelta = pares.toReversed().map(([b]) => `L${b.x} ${b.y}`);
      return `${ida.join('')}${vuelta.join('')}Z`;
    })
    .join('');
}

/** Which of `n` labels fit under the axis: the first, the last and as many between them, evenly. */
export function etiquetasQueCaben(n: number, caben: number): number[] {
  if (n <= caben) return Array.from({ length: n }, (_, i) => i);
  const pasos = Math.max(1, caben - 1);
  return [...new Set(Array.from({ length: pasos + 1 }, (_, i) => Math.round((i * (n - 1)) / pasos)))];
}
