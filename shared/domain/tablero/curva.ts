import { type Centavos, divideHalfEven } from '../decimal.ts';

export interface ClaseDeCurva {
  clase: 'A' | 'B' | 'C';
  productos: number;
  valor: Centavos;
}

const TODO = 10_000n;
const CLASES = ['A', 'B', 'C'] as const;

/**
 * Accumulated curve of the classes, in hundredths of a percent of the products (x) and of their worth (y): the first
 * products one by one, then the ends of the classes. `valores`: of the products that weigh most, in order. Empty where
 * there is nothing to share out.
 */
export function curvaAbc(partes: readonly ClaseDeCurva[], valores: readonly Centavos[]) {
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
  let acumulado = 0n;
  const primeros = valores.slice(0, productos).map((valor, i) => {
    acumulado += valor;
    return { x: x(i + 1), y: y(acumulado) };
  });
  const desde = primeros.at(-1)?.x ?? 0n;
  // A class fixed by hand may lie under the curve: the curve itself never goes back.
  let alto = primeros.at(-1)?.y ?? 0n;
  const fines = clases.flatMap(({ hasta }) => {
    if (hasta.x <= desde) return [];
    alto = hasta.y > alto ? hasta.y : alto;
    return [{ x: hasta.x, y: alto }];
  });
  return { clases, curva: [...primeros, ...fines] };
}
