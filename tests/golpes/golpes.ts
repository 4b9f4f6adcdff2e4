import 'fake-indexeddb/auto';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '../db/cluster.ts';
import { basePglite, basePostgres, creaBase } from './bases.ts';
import { clusterFirme } from './cluster-firme.ts';
import { CERO, type Cuentas, estaBien, suma } from './cuentas.ts';
import { golpeaPostgres } from './postgres.ts';
import { NODE, RAIZ } from './proceso.ts';
import { ensayaRestauracion } from './restaura.ts';
import { golpeaServidor } from './servidor.ts';
import { muchosTelefonos } from './telefonos.ts';

/**
 * `npm run golpes -- servidor|pglite|postgres|restaura|telefonos|chromium|captura …`: the long forms of the real kills. Prints what
 * it did and what was lost, doubled or stuck; exit code 1 when anything was.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    ciclos: { type: 'string' },
    lineas: { type: 'string' },
    tanda: { type: 'string', default: '20' },
    telefonos: { type: 'string' },
    vueltas: { type: 'string', default: '2000' },
    /** Minutes after which no other round begins. */
    plazo: { type: 'string', default: '600' },
    /** `chromium` only: with the disk of before each kill, which must be noticed. */
    control: { type: 'boolean', default: false },
    minutos: { type: 'string', default: '30' },
    semilla: { type: 'string', default: String(Math.floor(Date.now() % 2 ** 31)) },
  },
});
const [cual] = positionals;
const semilla = Number(values.semilla);
const di = (texto: string) => process.stdout.write(`  ${texto}\n`);

function informa(
  nombre: string,
  resultado: Cuentas & { detalle: string[] },
  extra: string,
  desde: number,
): void {
  const { lineas, perdidas, dobladas, atoradas, descuadres, detalle } = resultado;
  for (const texto of detalle.slice(0, 20)) di(texto);
  const segundos = ((performance.now() - desde) / 1000).toFixed(0);
  process.stdout.write(
    `golpes ${nombre}: ${extra}, ${lineas} líneas, ${perdidas} perdidas, ${dobladas} dobladas, ${atoradas} atoradas, ` +
      `${descuadres} descuadres, semilla ${semilla}, ${segundos} s\n`,
  );
  if (!estaBien(resultado)) process.exitCode = 1;
}

async function servidor(pglite: boolean): Promise<void> {
  const desde = performance.now();
  const cluster = pglite ? undefined : await startCluster();
  const base = cluster ? basePostgres(await creaBase(cluster, 'golpes')) : await basePglite();
  try {
    const r = await golpeaServidor(base, {
      ciclos: Number(values.ciclos ?? (pglite ? 50 : 200)),
      lineas: Number(values.lineas ?? 10_000),
      porTanda: Number(values.tanda),
      telefonos: Number(values.telefonos ?? 4),
      semilla,
      hasta: performance.now() + Number(values.plazo) * 60_000,
      alAvanzar: di,
    });
    const extra = `${r.ciclos} muertes (${r.enVuelo} con una llamada sin respuesta), ${r.golpesDeRed} cortes de red, vaciado ≤ ${Math.round(r.vaciadoMs / 100) / 10} s`;
    informa(pglite ? 'pglite' : 'servidor', r, extra, desde);
  } finally {
    await base.borra();
    await cluster?.stop();
  }
}

async function postgres(): Promise<void> {
  const desde = performance.now();
  const cluster = await clusterFirme();
  try {
    const r = await golpeaPostgres(cluster, {
      ciclos: Number(values.ciclos ?? 50),
      lineas: Number(values.lineas ?? 10_000),
      porTanda: Number(values.tanda),
      telefonos: Number(values.telefonos ?? 4),
      semilla,
      hasta: performance.now() + Number(values.plazo) * 60_000,
      alAvanzar: di,
    });
    const extra = `${r.ciclos} caídas (${r.enVuelo} con una llamada sin respuesta), ${r.golpesDeRed} cortes de red, vaciado ≤ ${Math.round(r.vaciadoMs / 100) / 10} s`;
    informa('postgres', r, extra, desde);
  } finally {
    await cluster.stop();
  }
}

/** Each way to come back, as many times as asked. */
async function restaura(): Promise<void> {
  const desde = performance.now();
  const [origen, otro] = [await startCluster(), await startCluster()];
  let total: Cuentas & { detalle: string[] } = { ...CERO, detalle: [] };
  let [ensayos, enElAire, vaciadoMs] = [0, 0, 0];
  try {
    for (let i = 0; i < Number(values.ciclos ?? 5); i += 1) {
      for (const variante of ['otro_cluster', 'misma_epoca', 'pglite'] as const) {
        const r = await ensayaRestauracion(
          variante,
          variante === 'pglite' ? undefined : origen,
          variante === 'otro_cluster' ? otro : origen,
          {
            lineas: Number(values.lineas ?? 300),
            telefonos: Number(values.telefonos ?? 4),
            semilla: semilla + i,
          },
        );
        ensayos += 1;
        enElAire += r.enElAire;
        vaciadoMs = Math.max(vaciadoMs, r.vaciadoMs);
        total = {
          ...suma(total, r),
          detalle: [...total.detalle, ...r.detalle.map((d) => `${variante}: ${d}`)],
        };
        di(`${variante}: ${r.lineas} líneas, ${r.enElAire} acusadas que el respaldo no tenía`);
      }
    }
    const extra = `${ensayos} restauraciones, ${enElAire} líneas acusadas después del respaldo, vaciado ≤ ${Math.round(vaciadoMs / 100) / 10} s`;
    informa('restaura', total, extra, desde);
  } finally {
    await origen.stop();
    await otro.stop();
  }
}

/** The readers of the pull cursor beside writers, which is a test with longer figures. */
async function captura(): Promise<void> {
  const args = ['run', '--project', 'db', 'tests/db/captura-concurrencia.db.test.ts'];
  const vitest = spawn(NODE, [path.join(RAIZ, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: RAIZ,
    stdio: 'inherit',
    env: { ...process.env, CAPTURA_VUELTAS: values.vueltas },
  });
  process.exitCode = await new Promise<number>((resolve) =>
    vitest.once('exit', (code) => resolve(code ?? 1)),
  );
}

async function telefonos(): Promise<void> {
  const desde = performance.now();
  const cluster = await startCluster();
  try {
    const cuantos = Number(values.telefonos ?? 50);
    const minutos = Number(values.minutos);
    const r = await muchosTelefonos(cluster, {
      minutos,
      telefonos: cuantos,
      maldad: 0.01,
      semilla,
      alAvanzar: di,
    });
    for (const [i, { enUsoMb, inicialMb, terceroMb, ultimoMb, pendiente }] of r.memorias.entries()) {
      di(
        `servidor ${i + 1}: en uso ${enUsoMb.map((mb) => mb.toFixed(1)).join(' → ')} MB; RSS ${inicialMb.toFixed(0)} MB al empezar, ${terceroMb.toFixed(0)} en el tercer cuarto, ` +
          `${ultimoMb.toFixed(0)} en el último, pendiente ${pendiente.toFixed(2)} MB/min`,
      );
    }
    const extra = `${cuantos} teléfonos, 2 servidores, ${minutos} min, ${r.golpesDeRed} cortes de red, vaciado ≤ ${Math.round(r.vaciadoMs / 100) / 10} s`;
    informa('telefonos', r, extra, desde);
  } finally {
    await cluster.stop();
  }
}

/** The browser is killed; the app must be built (`npm run build`). */
async function chromium(): Promise<void> {
  const desde = performance.now();
  const { golpeaChromium } = await import('./chromium.ts');
  const cluster = await startCluster();
  try {
    const r = await golpeaChromium(cluster, {
      ciclos: Number(values.ciclos ?? (values.control ? 5 : 200)),
      semilla,
      control: values.control,
      hasta: performance.now() + Number(values.plazo) * 60_000,
      alAvanzar: di,
    });
    const extra =
      `${r.ciclos} muertes (${r.aMedias} con una lectura a medias, ${r.sinVerse} líneas en disco antes de verse), ` +
      `${r.lecturas} lecturas, vaciado ≤ ${Math.round(r.vaciadoMs / 100) / 10} s`;
    informa(values.control ? 'chromium, con el disco de antes' : 'chromium', r, extra, desde);
    if (values.control) process.exitCode = r.perdidas > 0 ? 0 : 1;
  } finally {
    await cluster.stop();
  }
}

if (cual === 'servidor') await servidor(false);
else if (cual === 'pglite') await servidor(true);
else if (cual === 'postgres') await postgres();
else if (cual === 'restaura') await restaura();
else if (cual === 'telefonos') await telefonos();
else if (cual === 'chromium') await chromium();
else if (cual === 'captura') await captura();
else {
  di('Di cuál: servidor, pglite, postgres, restaura, telefonos, chromium o captura.');
  process.exitCode = 1;
}
process.exit();
