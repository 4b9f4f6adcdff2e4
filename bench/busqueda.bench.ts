/**
 * Search while typing over 100,000 products: `node bench/busqueda.bench.ts [productos]`.
 * Each query is typed letter by letter, so the short and most expensive prefixes weigh as they do in use.
 * Target on a desktop: p95 ≤ 50 ms.
 */
import { agrega, buscar, crearIndice, type FilaBusqueda } from '#shared/domain/busqueda.ts';
import { checkDigit } from '#shared/domain/codigos.ts';

const TOTAL = Number(process.argv[2] ?? 100_000);
const LIMITE = 50;

/** Deterministic generator (mulberry32), so that two runs search the same catalogue. */
function azar(semilla: number): () => number {
  let estado = semilla;
  return () => {
    estado = (estado + 0x6d2b79f5) | 0;
    let t = Math.imul(estado ^ (estado >>> 15), 1 | estado);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const siguiente = azar(2026);
const uno = <T>(lista: readonly T[]): T => lista[Math.floor(siguiente() * lista.length)]!;

const PARTES =
  'Llanta|Balata delantera|Balata trasera|Filtro de aceite|Filtro de aire|Bujía de iridio|Amortiguador trasero|Batería|Disco de freno|Bomba de agua|Tapón de radiador|Empaque de cárter|Señalización LED|Aceite sintético 5W30|Limpiaparabrisas|Rótula inferior|Terminal de dirección|Juego de clutch|Sensor de oxígeno|Faro niebla'.split(
    '|',
  );
const MARCAS = 'Michelin|Bosch|LTH|Gonher|Monroe|NGK|Wagner|Mobil|Brembo|KYB|Fram|TRW|Pirelli|Tornel'.split(
  '|',
);
const AUTOS = 'Tsuru|Versa|Aveo|Jetta|Spark|Hilux|NP300|Sentra|March|Vento|F-150|Ranger|Cívic|Corolla'.split(
  '|',
);

function producto(i: number): FilaBusqueda {
  const cuerpo = `750${String(i).padStart(9, '0')}`;
  const medida = `${155 + 10 * Math.floor(siguiente() * 16)}/${45 + 5 * Math.floor(siguiente() * 7)} R${13 + Math.floor(siguiente() * 8)}`;
  const prefijo = uno(['PH', 'BD', 'FA', 'LL', 'AM', 'BJ', 'DF']);
  return {
    id: `p${i}`,
    texto: `${uno(PARTES)} ${uno(MARCAS)} ${uno(AUTOS)} ${1998 + Math.floor(siguiente() * 28)} ${medida}`,
    codigos: [`${prefijo}-${1000 + i}`, cuerpo + checkDigit(cuerpo), `C${String(i).padStart(7, '0')}`],
  };
}

const filas = Array.from({ length: TOTAL }, (_, i) => producto(i));
const CONSULTAS = [
  'llanta michelin 205/55 r16',
  '20555R16',
  'ph28400',
  'balata versa bosch',
  'bujia ngk',
  'senalizacion',
  'empaque carter hilux 2015',
  '7500000',
  'f-150 amortiguador',
  'aceite',
  'r16 pirelli',
  'zzz nada',
];

const mide = (hace: () => void): number => {
  const inicio = performance.now();
  hace();
  return performance.now() - inicio;
};
const percentil = (valores: number[], p: number): string =>
  (
    valores.toSorted((a, b) => a - b)[Math.min(valores.length - 1, Math.floor(valores.length * p))] ?? 0
  ).toFixed(1);

let indice = crearIndice([]);
const construccion = mide(() => {
  indice = crearIndice(filas);
});
const tiempos: number[] = [];
for (let vuelta = 0; vuelta < 3; vuelta += 1) {
  for (const consulta of CONSULTAS) {
    for (let largo = 1; largo <= consulta.length; largo += 1) {
      const tiempo = mide(() => buscar(indice, consulta.slice(0, largo), LIMITE));
      if (vuelta > 0) tiempos.push(tiempo);
    }
  }
}
const cambio = mide(() => agrega(indice, filas.slice(0, 500)));
console.log(
  `${TOTAL.toLocaleString('en-US')} productos, ${tiempos.length} consultas: mediana ${percentil(tiempos, 0.5)} ms, ` +
    `p95 ${percentil(tiempos, 0.95)} ms, máxima ${percentil(tiempos, 1)} ms; ` +
    `construir ${construccion.toFixed(0)} ms, cambiar 500 filas ${cambio.toFixed(1)} ms`,
);
