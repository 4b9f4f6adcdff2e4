/**
 * An hour of scanning in the real app: `node bench/app/hora.ts [lecturas] [cpu]`. Bursts of a wedge, 3,600 readings of
 * 200 products in one ad-hoc conteo, with the network on. Targets: the heap after a collection does not grow with the
 * readings beyond what the lines themselves weigh; interaction to next paint p95 ≤ 200 ms at CPU ÷ 4. Needs a built app
 * (`npm run build`) and PostgreSQL.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  abreTelefono,
  dice,
  entra,
  frena,
  interacciones,
  percentil,
  pistola,
  vigilaInteracciones,
} from './navegador.ts';
import { abreServidor, eanDe } from './servidor.ts';

const TOTAL = Number(process.argv[2] ?? 3_600);
const CPU = Number(process.argv[3] ?? 4);
const TRAMO = 600;

const servidor = await abreServidor(1_000);
const telefono = await abreTelefono(servidor.url);
const { pagina, cdp } = telefono;
try {
  await pagina.goto(servidor.url);
  await entra(pagina, 'almacen1@demo.mx');
  await pagina.getByText('Bajando el catálogo').waitFor({ state: 'hidden', timeout: 120_000 });
  await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
  await pagina.getByLabel('Código', { exact: true }).waitFor();
  await vigilaInteracciones(pagina);
  for (let hechas = 0; hechas < TOTAL; ) {
    const antes = { cpu: telefono.cpu(), hechas };
    // The last hundred of each stretch with the CPU of a phone; the rest at full speed, or an hour would take one.
    const hasta = Math.min(TOTAL, hechas + TRAMO);
    for (; hechas < hasta - 100; hechas += 1) await pistola(cdp, eanDe(hechas % 200));
    await sleep(500);
    await interacciones(pagina, 0);
    await frena(cdp, CPU);
    for (; hechas < hasta; hechas += 1) {
      await pistola(cdp, eanDe(hechas % 200));
      await sleep(300);
    }
    await frena(cdp, 1);
    const { inp, largas } = await interacciones(pagina, 100 * 14);
    await sleep(2_000);
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const nodos = await pagina.evaluate(() => document.querySelectorAll('*').length);
    const lecturas = hasta - antes.hechas;
    dice(
      `${hechas} lecturas: memoria ${(usedSize / 1e6).toFixed(1)} MB tras recoger, ${nodos} nodos; a CPU ÷ ${CPU} ` +
        `interacción p95 ${percentil(inp, 0.95)} ms, máx ${Math.max(0, ...inp)} ms, tareas largas ${largas.length}; ` +
        `CPU por lectura ${(((telefono.cpu() - antes.cpu) * 1_000) / lecturas).toFixed(0)} ms`,
    );
  }
  const lineas = await pagina.getByRole('button', { name: /^Ver \d/ }).textContent();
  console.log(`la pantalla dice: ${lineas?.trim()}`);
} finally {
  await telefono.cierra();
  await servidor.cierra();
}
