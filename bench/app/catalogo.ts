/**
 * The real app takes down a catalogue from the real server while somebody scans: `node bench/app/catalogo.ts
 * [productos] [CPU ÷]`. The server has its snapshot built, as it has some seconds after an import. Targets for 100,000
 * products with a code each: ≤ 5 MB on the wire, first look-up ≤ 3 s, complete ≤ 20 s; interaction to next paint p95
 * ≤ 200 ms with a CPU four times slower. Needs a built app (`npm run build`) and PostgreSQL.
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
import { abreServidor, eanDe, esperaFoto } from './servidor.ts';

const TOTAL = Number(process.argv[2] ?? 100_000);
const CPU = Number(process.argv[3] ?? 1);

const servidor = await abreServidor(TOTAL, async (db) => {
  const ms = await esperaFoto(db, 2 * TOTAL);
  if (ms !== null) dice(`snapshot armado a los ${(ms / 1000).toFixed(1)} s del último cambio`);
});
const telefono = await abreTelefono(servidor.url);
const { pagina, cdp } = telefono;
try {
  await pagina.goto(servidor.url);
  let bytes = 0;
  let respuestas = 0;
  const codificadas = new Set<string>();
  const deSync = new Set<string>();
  await cdp.send('Network.enable');
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/sync\.pull|\/sync\/snapshot\//.test(response.url)) return;
    deSync.add(requestId);
    respuestas += 1;
    codificadas.add(
      response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? 'sin comprimir',
    );
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (deSync.has(requestId)) bytes += encodedDataLength;
  });
  await entra(pagina, 'almacen1@demo.mx');
  const inicio = Date.now();
  const cpuAntes = telefono.cpu();
  await frena(cdp, CPU);
  await vigilaInteracciones(pagina);
  await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
  await pagina.getByLabel('Código', { exact: true }).waitFor();
  let primera = 0;
  let leidas = 0;
  const renglon = pagina.getByRole('list', { name: 'Contado' }).getByRole('listitem');
  const completo = () =>
    pagina.evaluate(async () => {
      const { name } = (await indexedDB.databases()).find((db) => db.name?.startsWith('cache-')) ?? {};
      if (!name) return false;
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      const meta = await new Promise<{ completo?: boolean } | undefined>((done) => {
        const asking = db.transaction('meta').objectStore('meta').get('catalogo');
        asking.onsuccess = () => done(asking.result);
      });
      db.close();
      return meta?.completo === true;
    });
  while (!(await completo())) {
    await pistola(cdp, eanDe(leidas % 50));
    leidas += 1;
    if (primera === 0 && (await renglon.count()) > 0) primera = Date.now() - inicio;
    await sleep(400);
    if (Date.now() - inicio > 300_000) throw new Error('el catálogo no termina de bajar');
  }
  const total = Date.now() - inicio;
  const { inp, largas } = await interacciones(pagina, leidas * 14);
  dice(
    `catálogo de ${TOTAL} productos con código, CPU ÷ ${CPU}: completo en ${(total / 1000).toFixed(1)} s, ` +
      `${(bytes / 1e6).toFixed(2)} MB en ${respuestas} respuestas (${[...codificadas].join()}), ` +
      `CPU del navegador ${(telefono.cpu() - cpuAntes).toFixed(1)} s`,
  );
  dice(
    `escaneando mientras: ${leidas} lecturas, primera línea a los ${(primera / 1000).toFixed(1)} s, ` +
      `interacción p95 ${percentil(inp, 0.95)} ms, máx ${Math.max(0, ...inp)} ms; tareas largas ${largas.length}, la peor ${Math.round(Math.max(0, ...largas))} ms`,
  );
} finally {
  await telefono.cierra();
  await servidor.cierra();
}
