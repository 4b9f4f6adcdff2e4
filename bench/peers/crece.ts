/**
 * How the cost of the initial copy and of the cold start grows with the catalogue, ours alone: one cluster whose catalogue
 * grows from size to size, and at each a server over a fresh copy and an empty phone. A size that does not end in its time,
 * or whose page dies, is said with what happened, and ends the ladder.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cifras, corrida } from './corrida.ts';
import { Frente } from './frente.ts';
import { construye } from './paginas.ts';
import { Nuestros } from './servidores.ts';

/** Labels are looked up in these; a million documents would only fill the runner. */
const MUESTRA = 200;

interface Opciones {
  readonly plazoMs: number;
  readonly puerto: number;
  readonly persona: object;
  readonly json?: string | undefined;
}

const s = (ms = Number.NaN) => `${(ms / 1e3).toFixed(2)} s`;
const mb = (bytes = Number.NaN) => `${(bytes / 1e6).toFixed(2)} MB`;

export async function crece(tamanos: readonly number[], { plazoMs, puerto, persona, json }: Opciones) {
  const orden = [...tamanos].sort((a, b) => a - b);
  const temporal = mkdtempSync(join(tmpdir(), 'devcompras-crece-'));
  const nuestros = await Nuestros.prepara(0);
  const hechas: Cifras[] = [];
  const renglones: string[] = [];
  try {
    await construye('nuestra/pagina.ts', temporal);
    for (const productos of orden) {
      const { agregarMs, fotoMs } = await nuestros.crece(productos);
      console.log(`${productos} productos: agregarlos tardó ${s(agregarMs)}`);
      const articulos = await nuestros.articulos(MUESTRA);
      const servidor = await nuestros.abre();
      const frente = new Frente(servidor.url, temporal, { '/persona.json': persona });
      await frente.abre(puerto);
      try {
        const c = await aTiempo(
          plazoMs,
          corrida(frente, servidor, articulos, new Set(['a', 'd'] as const), { lote: null, precio: '1.5' }),
        );
        hechas.push({ productos, fotoMs: fotoMs ?? -1, ...c });
        renglones.push(
          `| ${productos.toLocaleString('en-US')} | ${s(c['a.ms'])} | ${s(c['a.primeraMs'])} | ${mb(c['a.bajados'])} | ${(c['a.cpu'] ?? 0).toFixed(2)} s | ${s(c['a.largasMs'])}; ${s(c['a.largaMaxMs'])} | ${mb(c['a.monton'])} | ${mb(c['a.disco'])} | ${s(c['d.ms'])} | ${fotoMs === null ? 'más de 4 min' : s(fotoMs)} | ${loadavg()[0]!.toFixed(1)} |`,
        );
        console.log(renglones.at(-1));
        if (json !== undefined) writeFileSync(json, JSON.stringify(hechas, null, 1));
      } catch (error) {
        renglones.push(
          `| ${productos.toLocaleString('en-US')} | no terminó: ${String(error).split('\n')[0]} |`,
        );
        break;
      } finally {
        await frente.cierra();
        await servidor.cierra();
      }
    }
  } finally {
    await nuestros.cierra();
    rmSync(temporal, { recursive: true, force: true });
  }
  console.log(
    `\n| productos | copia completa | primera búsqueda | bajado | CPU del navegador | hilo bloqueado, suma; la peor | montón de JS | disco | abrir sin red | snapshot, desde el último cambio | carga |\n|${'---|'.repeat(11)}\n${renglones.join('\n')}`,
  );
}

/** Rejects when the work takes longer; whoever called takes its server away then. */
async function aTiempo<T>(ms: number, trabajo: Promise<T>): Promise<T> {
  const fin = new AbortController();
  const plazo = sleep(ms, undefined, { signal: fin.signal }).then(() => {
    throw new Error(`pasaron ${ms / 1_000} s`);
  });
  // why: the loser of the race may fail when nobody waits for it any more
  trabajo.catch(() => {});
  plazo.catch(() => {});
  try {
    return await Promise.race([trabajo, plazo]);
  } finally {
    fin.abort();
  }
}
