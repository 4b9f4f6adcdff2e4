import { type Cifras, mediana } from './corrida.ts';

/** Medians of the runs, one column a library, and how many times ours the best peer takes. */

const s = (ms: number) =>
  ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
const mb = (bytes: number) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e3).toFixed(1)} kB`;
const cpu = (segundos: number) => `${segundos.toFixed(2)} s`;

const RENGLONES: readonly [campo: string, dicho: string, unidad: (n: number) => string][] = [
  ['a.ms', 'a) copia inicial completa', s],
  ['a.primeraMs', 'a) primera búsqueda por código', s],
  ['a.bajados', 'a) bajado por la red', mb],
  ['a.peticiones', 'a) peticiones', String],
  ['a.cpu', 'a) CPU del navegador', cpu],
  ['a.largasMs', 'a) hilo principal bloqueado, suma', s],
  ['a.largaMaxMs', 'a) hilo principal bloqueado, la peor', s],
  ['a.monton', 'a) montón de JS al terminar', mb],
  ['a.disco', 'a) disco al terminar', mb],
  ['b.guardaUna', 'b) buscar y guardar una línea', s],
  ['b.guardaTodas', 'b) guardar las demás en lotes', s],
  ['b.ms', 'b) de la señal a la cola vacía', s],
  ['b.nivelMs', 'b) hasta nivelado, con lo suyo de vuelta', s],
  ['b.subidos', 'b) subido por la red', mb],
  ['b.bajados', 'b) bajado por la red', mb],
  ['b.peticiones', 'b) peticiones', String],
  ['b.cpu', 'b) CPU del navegador', cpu],
  ['b.largasMs', 'b) hilo principal bloqueado, suma', s],
  ['b.largaMaxMs', 'b) hilo principal bloqueado, la peor', s],
  ['c.ms', 'c) 500 cambios', s],
  ['c.bajados', 'c) bajado por la red', mb],
  ['c.cpu', 'c) CPU del navegador', cpu],
  ['c.largasMs', 'c) hilo principal bloqueado, suma', s],
  ['d.ms', 'd) abrir sin red hasta la primera búsqueda', s],
  ['fin.monton', 'montón de JS al final', mb],
  ['fin.disco', 'disco al final', mb],
];

export function tabla(corridas: ReadonlyMap<string, readonly Cifras[]>): string {
  const nombres = [...corridas.keys()];
  const lineas = [
    `| medianas | ${nombres.join(' | ')} | mejor par ÷ nuestra |`,
    `|---|${'---|'.repeat(nombres.length + 1)}`,
  ];
  for (const [campo, dicho, unidad] of RENGLONES) {
    const valores = nombres.map((nombre) => {
      const todas = corridas.get(nombre)!.flatMap((cifras) => cifras[campo] ?? []);
      return todas.length === 0 ? null : mediana(todas);
    });
    if (valores.every((valor) => valor === null)) continue;
    const [nuestra, ...pares] = valores;
    const mejor = Math.min(...pares.filter((valor) => valor !== null));
    const razon = nuestra && Number.isFinite(mejor) ? `${(mejor / nuestra).toFixed(2)}×` : '—';
    lineas.push(
      `| ${dicho} | ${valores.map((valor) => (valor === null ? '—' : unidad(valor))).join(' | ')} | ${razon} |`,
    );
  }
  return lineas.join('\n');
}
