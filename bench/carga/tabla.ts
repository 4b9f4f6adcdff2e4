import type { Cifra, Medida } from './generador.ts';
import type { Clase } from './llamadas.ts';

/** One number of phones against one number of servers. */
export interface Escalon {
  readonly nombre: string;
  readonly telefonos: number;
  readonly procesos: number;
  readonly medidas: readonly Medida[];
  /** From when all were level to when all queues were empty. */
  readonly segundos: number;
  readonly cpuServidorS: readonly number[];
  readonly cpuPostgresS: number;
  /** The largest of a server's, MB. */
  readonly rssMb: number;
  readonly conexiones: number;
  readonly ocupadas: number;
  /** A question of the office meanwhile, from the start on, ms. */
  readonly oficinaP50: number;
  readonly oficinaP95: number;
  readonly enLaBase: number;
  readonly vivos: boolean;
  readonly carga: number;
}

const suma = (valores: readonly number[]) => valores.reduce((a, b) => a + b, 0);

/** Of several processes the worst, which is an upper bound of the whole. */
function peor(medidas: readonly Medida[], de: (medida: Medida) => Cifra): Cifra {
  const todas = medidas.map(de);
  return {
    n: suma(todas.map(({ n }) => n)),
    p50: Math.max(...todas.map(({ p50 }) => p50)),
    p95: Math.max(...todas.map(({ p95 }) => p95)),
    max: Math.max(...todas.map(({ max }) => max)),
  };
}

const ms = (valor: number) => Math.round(valor).toLocaleString('en-US');

/** Rows of Markdown, the first with its heading. */
export function imprime(e: Escalon, titulo: boolean): void {
  if (titulo) {
    console.log(
      '| servidores × teléfonos | push p50, p95 | pull p50, p95 | hello p95 | de la lectura al servidor p50, p95 | oficina p50, p95 | peticiones/s | líneas/s | CPU servidor | CPU PostgreSQL | CPU por petición | RSS | conexiones (ocupadas) | 429 | sin respuesta | arranque (429) | vaciado | perdidas, sin enviar | generador CPU, atraso | carga |',
    );
    console.log(`|${'---|'.repeat(20)}`);
  }
  const clase = (cual: Clase) => peor(e.medidas, (medida) => medida.clases[cual]);
  const [push, pull, hello] = [clase('push'), clase('pull'), clase('hello')];
  const lectura = peor(e.medidas, (medida) => medida.deLecturaAServidor);
  const estados = (prefijo: string) =>
    suma(
      e.medidas.flatMap(({ estados: todos }) =>
        Object.entries(todos).flatMap(([nombre, n]) => (nombre.startsWith(prefijo) ? [n] : [])),
      ),
    );
  const lineas = suma(e.medidas.map((medida) => medida.lineas));
  const peticiones = push.n + pull.n + hello.n;
  const servidor = suma(e.cpuServidorS);
  const maximo = (de: (medida: Medida) => number) => Math.max(...e.medidas.map(de));
  const celdas = [
    e.nombre,
    `${ms(push.p50)}, ${ms(push.p95)} ms`,
    `${ms(pull.p50)}, ${ms(pull.p95)} ms`,
    `${ms(hello.p95)} ms`,
    `${ms(lectura.p50)}, ${ms(lectura.p95)} ms`,
    `${ms(e.oficinaP50)}, ${ms(e.oficinaP95)} ms`,
    (peticiones / e.segundos).toFixed(0),
    (lineas / e.segundos).toFixed(1),
    `${servidor.toFixed(1)} s`,
    `${e.cpuPostgresS.toFixed(1)} s`,
    `${((servidor / peticiones) * 1_000).toFixed(1)} + ${((e.cpuPostgresS / peticiones) * 1_000).toFixed(1)} ms`,
    `${Math.round(e.rssMb)} MB`,
    `${e.conexiones} (${e.ocupadas})`,
    String(estados('429')),
    String(estados('0 ')),
    `${(maximo((medida) => medida.arranqueMs) / 1_000).toFixed(1)} s (${suma(e.medidas.map((medida) => medida.rechazosAlArrancar))})`,
    `${(maximo((medida) => medida.vaciadoMs) / 1_000).toFixed(1)} s`,
    `${lineas - suma(e.medidas.map((medida) => medida.sinEnviar)) - e.enLaBase}, ${suma(e.medidas.map((medida) => medida.sinEnviar))}`,
    `${suma(e.medidas.map((medida) => medida.cpuS)).toFixed(1)} s, ${ms(maximo((medida) => medida.atrasoMs))} ms`,
    e.carga.toFixed(1),
  ];
  console.log(`| ${celdas.join(' | ')} |`);
  if (!e.vivos) console.log('| un servidor se apagó |');
}
