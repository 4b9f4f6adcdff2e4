import type { Copia, Corredor, Pista, Tiempo } from './contrato.ts';

/** The stopwatch of every page: the same code measures all of them. */

const largas: number[] = [];
new PerformanceObserver((lista) => {
  for (const entrada of lista.getEntries()) largas.push(entrada.duration);
}).observe({ type: 'longtask', buffered: true });

export const espera = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function cronometra(trabajo: () => Promise<void>): Promise<Tiempo> {
  // Long tasks of before are told late; they are not of this work.
  await espera(50);
  largas.length = 0;
  const inicio = performance.now();
  await trabajo();
  const ms = performance.now() - inicio;
  await espera(50);
  const todas = largas.splice(0);
  return { ms, largasMs: todas.reduce((a, b) => a + b, 0), largaMaxMs: Math.max(0, ...todas) };
}

/** How often somebody tries a label while the catalogue comes down, ms. */
const INTENTO_MS = 50;

/** Opening without a network and without the product after this long is a failure, ms. */
const FRIO_MAX_MS = 60_000;

async function copia(corredor: Corredor, muestras: readonly string[]): Promise<Copia> {
  let primeraMs = 0;
  const tiempo = await cronometra(async () => {
    const inicio = performance.now();
    let completa = false;
    const bajada = corredor.baja().then(() => {
      completa = true;
    });
    while (!completa && primeraMs === 0) {
      for (const muestra of muestras) {
        if ((await corredor.busca(muestra)) === null) continue;
        primeraMs = performance.now() - inicio;
        break;
      }
      await Promise.race([bajada, espera(INTENTO_MS)]);
    }
    await bajada;
    primeraMs ||= performance.now() - inicio;
  });
  for (const muestra of muestras) {
    if ((await corredor.busca(muestra)) === null) throw new Error(`falta ${muestra} tras la copia`);
  }
  return { ...tiempo, primeraMs };
}

/** Puts a library on the track. With `?frio=CODE` in the address the page opens, looks that code up and says when. */
export function corre(corredor: Corredor): void {
  const clave = new URL(location.href).searchParams.get('frio');
  const pista: Pista = {
    listo: true,
    prepara: () => corredor.prepara(),
    espera: () => corredor.espera(),
    copia: (muestras) => copia(corredor, muestras),
    guarda: (cuantas, claves) => cronometra(() => corredor.guarda(cuantas, claves)),
    async guardaUnas(claves) {
      const todas: number[] = [];
      for (const una of claves) {
        const inicio = performance.now();
        await corredor.guardaUna(una);
        todas.push(performance.now() - inicio);
      }
      return todas;
    },
    sube: () => cronometra(() => corredor.sube()),
    async nivela(esperados) {
      const tiempo = await cronometra(() => corredor.nivela());
      for (const [una, precio] of esperados) {
        const hay = await corredor.busca(una);
        if (hay === null || Number(hay) !== Number(precio)) {
          throw new Error(`${una} vale ${hay} y debía valer ${precio}`);
        }
      }
      return tiempo;
    },
    frio:
      clave === null
        ? null
        : (async () => {
            await corredor.arranca();
            // A library may answer before it has read its disk: then somebody tries again.
            while ((await corredor.busca(clave)) === null) {
              if (performance.now() > FRIO_MAX_MS) throw new Error(`${clave} no está al abrir`);
              await espera(10);
            }
            return performance.now();
          })(),
  };
  window.pista = pista;
}
