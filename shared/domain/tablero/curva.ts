import { type Centavos, divideHalfEven } from '../decimal.ts';

export interface ClaseDeCurva {
  clase: 'A' | 'B' | 'C';
  productos: number;
  valor: Centavos;
}

const TODO = 10_000n;
const CLASES = ['A', 'B', 'C'] as const;

/**
 * Accumulated curve of the classes, in hundredths of a percent of the products (x) and of their worth (y): at
 * each of `puntos` (how many products, and what they are worth together) and at the ends of the classes. Empty where there
 * is nothing to share out.
 */
export function curvaAbc(partes: readonly ClaseDeCurva[], puntos: readonly { n: number; valor: Centavos }[]) {
  const productos = partes.reduce((n, p) => n + p.productos, 0);
  const total = partes.reduce((suma, p) => suma + p.valor, 0n);
  if (productos === 0 || total <= 0n) return { clases: [], curva: [] };
  const x = (n: number) => divideHalfEven(BigInt(n) * TODO, BigInt(productos));
  const y = (valor: Centavos) => divideHalfEven(valor * TODO, total);
  let [cuantos, suma] = [0, 0n];
  const clases = CLASES.flatMap((clase) => {
    const suyas = partes.filter((p) => p.clase === clase);
    const n = suyas.reduce((acc, p) => acc + p.productos, 0);
    if (n === 0) return [];
    const valor = suyas.reduce((acc, p) => acc + p.valor, 0n);
    cuantos += n;
    suma += valor;
    return [{ clase, productos: n, valor, parte: y(valor), hasta: { x: x(cuantos), y: y(suma) } }];
  });
  const fines = clases.map(({ hasta }) => hasta);
  const todos = [...puntos.map(({ n, valor }) => ({ x: x(n), y: y(valor) })), ...fines].filter(
    (p) => p.x <= TODO && p.y <= TODO,
  );
  todos.sort((a, b) => (a.x < b.x ? -1 : a.x > b.x ? 1 : a.y < b.y ? -1 : a.y > b.y ? 1 : 0));
  let alto = 0n;
  // The classes were measured a moment before or after the points: the curve never goes back.
  const curva = todos.flatMap((p, i) => {
    if (i > 0 && p.x === todos[i - 1]!.x && p.y === todos[i - 1]!.y) return [];
    if (p.y > alto) alto = p.y;
    return [{ x: p.x, y: alto }];
  });
  return { clases, curva };
}
