import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { abreTelefono } from '../app/navegador.ts';
import type { Articulo } from './contrato.ts';
import type { Frente } from './frente.ts';
import type { Servidor } from './servidores.ts';

/** Parts of the work: initial copy, push after offline, changes, cold start. */
export type Parte = 'a' | 'b' | 'c' | 'd';
/** Figures of one run by name; times in ms, sizes in bytes, CPU in seconds. */
export type Cifras = Record<string, number>;

const LINEAS = 10_000;
const CAMBIOS = 500;
const SUELTAS = 100;
const FRIOS = 5;
const REPOSO_MS = 3_000;

/** One phone, from empty: the parts that were asked for, in the order of a day. Throws when any promise is broken. */
export async function corrida(
  frente: Frente,
  servidor: Servidor,
  articulos: readonly Articulo[],
  partes: ReadonlySet<Parte>,
  opciones: { lote: number | null; precio: string; lineas?: number },
): Promise<Cifras> {
  const cifras: Cifras = {};
  const cuantas = opciones.lineas ?? LINEAS;
  const busca = opciones.lote === null ? '?' : `?lote=${opciones.lote}&`;
  const telefono = await abreTelefono(frente.url);
  const { pagina, cdp } = telefono;
  let enRed = 0;
  await cdp.send('Network.enable');
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    enRed += encodedDataLength;
  });
  /** What the whole browser and the wire spend while `work` runs. */
  const gasta = async <T>(nombre: string, work: () => Promise<T>): Promise<T> => {
    const perfil = process.env.PERFIL;
    if (perfil) {
      await cdp.send('Profiler.enable');
      await cdp.send('Profiler.start');
    }
    const antes = { cpu: telefono.cpu(), ...cuenta(frente) };
    enRed = 0;
    const valor = await work();
    cifras[`${nombre}.cpu`] = telefono.cpu() - antes.cpu;
    // What a websocket brings the browser does not count.
    cifras[`${nombre}.bajados`] = Math.max(enRed, frente.bajados - antes.bajados);
    cifras[`${nombre}.subidos`] = frente.subidos - antes.subidos;
    cifras[`${nombre}.peticiones`] = frente.peticiones - antes.peticiones;
    if (perfil) {
      const { profile } = await cdp.send('Profiler.stop');
      writeFileSync(join(perfil, `${nombre}.cpuprofile`), JSON.stringify(profile));
    }
    return valor;
  };
  const anota = (nombre: string, tiempo: object) => {
    for (const [campo, valor] of Object.entries(tiempo)) cifras[`${nombre}.${campo}`] = valor;
  };
  const ocupa = async (nombre: string) => {
    await cdp.send('HeapProfiler.collectGarbage');
    cifras[`${nombre}.monton`] = (await cdp.send('Runtime.getHeapUsage')).usedSize;
    cifras[`${nombre}.disco`] = await pagina.evaluate(
      async () => (await navigator.storage.estimate()).usage ?? 0,
    );
  };
  const llega = async (extra: string) => {
    await pagina.goto(`${frente.url}/${busca}${extra}`);
    await pagina.waitForFunction(() => window.pista?.listo === true);
  };
  // Half of the labels lie at the beginning of what comes down, half are spread over the catalogue.
  const muestras = [...articulos.slice(0, 10), ...reparte(articulos, 10)].map(({ clave }) => clave);
  try {
    await llega('');
    await pagina.evaluate(() => window.pista.prepara());
    anota('a', await gasta('a', () => pagina.evaluate((m) => window.pista.copia(m), muestras)));
    await ocupa('a');
    // Who writes to disk after saying that it is done gets the time for it.
    await sleep(REPOSO_MS);
    frente.cortado = true;
    if (partes.has('d')) {
      const todas: number[] = [];
      for (let i = 0; i < FRIOS; i += 1) {
        await pagina.goto('about:blank');
        await llega(`frio=${reparte(articulos, FRIOS)[i]!.clave}`);
        todas.push(await pagina.evaluate(() => window.pista.frio!));
      }
      cifras['d.ms'] = mediana(todas);
    }
    if (partes.has('b') || partes.has('c')) {
      frente.cortado = false;
      await pagina.goto('about:blank');
      await llega(`frio=${articulos[0]!.clave}`);
      await pagina.evaluate(() => window.pista.frio);
      await pagina.evaluate(() => window.pista.espera());
      frente.cortado = true;
    }
    if (partes.has('b')) {
      const claves = reparte(articulos, 200).map(({ clave }) => clave);
      const sueltas = await pagina.evaluate((c) => window.pista.guardaUnas(c), claves.slice(0, SUELTAS));
      cifras['b.guardaUna'] = mediana(sueltas);
      const resto = cuantas - SUELTAS;
      const guardado = await pagina.evaluate(([n, c]) => window.pista.guarda(n, c), [resto, claves] as const);
      cifras['b.guardaTodas'] = guardado.ms;
      frente.cortado = false;
      const inicio = performance.now();
      anota('b', await gasta('b', () => pagina.evaluate(() => window.pista.sube())));
      // Ours brings its own lines back as the server keeps them: the changes of part c are for a phone that is level.
      await pagina.evaluate(() => window.pista.espera());
      cifras['b.nivelMs'] = performance.now() - inicio;
      const hay = await servidor.lineas();
      if (hay !== cuantas) throw new Error(`en el servidor hay ${hay} líneas de ${cuantas}`);
      frente.cortado = true;
    }
    if (partes.has('c')) {
      const cambiados = reparte(articulos, CAMBIOS);
      await servidor.cambia(
        cambiados.map(({ clave }) => clave),
        opciones.precio,
      );
      const esperados = [0, 1, 2, CAMBIOS - 1].map((i) => [cambiados[i]!.clave, opciones.precio] as const);
      frente.cortado = false;
      anota('c', await gasta('c', () => pagina.evaluate((e) => window.pista.nivela(e), esperados)));
    }
    await ocupa('fin');
  } finally {
    frente.cortado = false;
    await telefono.cierra();
  }
  return cifras;
}

function cuenta({ subidos, bajados, peticiones }: Frente) {
  return { subidos, bajados, peticiones };
}

/** That many of a list, evenly spread over it. */
function reparte<T>(lista: readonly T[], cuantos: number): T[] {
  const paso = lista.length / cuantos;
  return Array.from({ length: cuantos }, (_, i) => lista[Math.floor(i * paso)]!);
}

export function mediana(valores: readonly number[]): number {
  const orden = [...valores].sort((a, b) => a - b);
  const medio = orden.length >> 1;
  return orden.length % 2 === 1 ? orden[medio]! : (orden[medio - 1]! + orden[medio]!) / 2;
}
