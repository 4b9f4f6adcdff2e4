/**
 * First load of the real app as a mid-range phone has it (CPU ÷ 4, 1.6 Mbit/s, 150 ms), what it weighs, and the second
 * load without network: `node bench/app/primera-carga.ts`. Targets: log-in ≤ 3.5 s, JavaScript on the way to counting
 * ≤ 220 kB compressed, a usable home offline ≤ 1.5 s. Needs a built app (`npm run build`) and PostgreSQL.
 */
import { abreTelefono, dice, entra, frena } from './navegador.ts';
import { abreServidor } from './servidor.ts';

const CPU = 4;
const VECES = 3;

const servidor = await abreServidor(0);

/** From the start of the navigation to the frame that shows what the selector names, ms. */
function alVerse(selector: string): string {
  return `(${(css: string) => {
    const mira = () => {
      if (document.querySelector(css))
        requestAnimationFrame(() => {
          Object.assign(window, { visto: performance.now() });
        });
      else requestAnimationFrame(mira);
    };
    mira();
  }})(${JSON.stringify(selector)})`;
}

async function unaVez(): Promise<void> {
  const telefono = await abreTelefono(servidor.url);
  const { pagina, cdp } = telefono;
  try {
    const scripts = new Map<string, { url: string; bytes: number; tipo: string }>();
    let midiendo = true;
    await cdp.send('Network.enable');
    cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
      if (midiendo && response.url.startsWith(servidor.url))
        scripts.set(requestId, { url: response.url, bytes: 0, tipo: type });
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const script = scripts.get(requestId);
      if (script) script.bytes = encodedDataLength;
    });
    const kb = (tipo?: string) => {
      let total = 0;
      for (const { bytes, tipo: suyo } of scripts.values()) if (!tipo || suyo === tipo) total += bytes;
      return Math.round(total / 1_000);
    };
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await frena(cdp, CPU);
    await pagina.addInitScript(alVerse('input[type=email], input[autocomplete=username], main h1'));
    await pagina.goto(servidor.url, { waitUntil: 'commit' });
    await pagina.getByLabel('Correo').waitFor();
    const visto = await pagina.waitForFunction(() => (window as unknown as { visto?: number }).visto);
    const login = Number(await visto.jsonValue());
    const pesoLogin = `${kb('Script')} kB de JS, ${kb()} kB en total`;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await frena(cdp, 1);
    await entra(pagina, 'almacen1@demo.mx');
    await pagina.getByRole('button', { name: /^(Contar|Seguir contando)$/ }).click();
    await pagina.getByLabel('Código', { exact: true }).waitFor();
    midiendo = false;
    const auth = [...scripts.values()].filter(({ url }) => /supabase|auth/i.test(url));
    dice(
      `primera carga (CPU ÷ ${CPU}, 1.6 Mbit/s, 150 ms): entrar a los ${Math.round(login)} ms (${pesoLogin}); ` +
        `hasta contar ${kb('Script')} kB de JS comprimido en ${[...scripts.values()].filter((s) => s.tipo === 'Script').length} archivos, ${auth.length} de sesión`,
    );
    for (const s of [...scripts.values()]
      .filter(({ tipo }) => tipo === 'Script')
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 8))
      console.log(`    ${(s.bytes / 1_000).toFixed(1).padStart(6)} kB  ${s.url.split('/').at(-1)}`);

    await pagina.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 100));
    });
    await pagina.getByText('Bajando el catálogo').waitFor({ state: 'hidden', timeout: 120_000 });
    await telefono.contexto.setOffline(true);
    await frena(cdp, CPU);
    const tiempos: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      await pagina.goto(`${servidor.url}/`, { waitUntil: 'commit' });
      await pagina.getByRole('button', { name: /^(Contar|Seguir contando)$/ }).waitFor();
      tiempos.push(
        await pagina.evaluate(
          () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now()))),
        ),
      );
    }
    dice(
      `segunda carga sin red (CPU ÷ ${CPU}): inicio con su botón a los ${tiempos.map(Math.round).join(', ')} ms`,
    );
  } finally {
    await telefono.cierra();
  }
}

try {
  for (let i = 0; i < VECES; i += 1) await unaVez();
} finally {
  await servidor.cierra();
}
