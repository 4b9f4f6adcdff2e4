import { spawn } from 'node:child_process';
import { test as base, expect } from 'vitest';
import { findPostgres } from '../db/cluster.ts';
import { testDatabaseUrl } from '../db/harness.ts';
import { NODE, RAIZ } from './proceso.ts';

/** What a bench or a run of kills is: somebody who starts servers, and may be killed itself. */
const QUIEN_ARRANCA = `
  const { Proceso } = await import('#tests/golpes/proceso.ts');
  const { ProcesoServidor } = await import('#tests/e2e/support/proceso-servidor.ts');
  const DATABASE_URL = process.argv[1];
  const uno = await Proceso.arranca({ DATABASE_URL });
  const otro = await ProcesoServidor.arranca({ DATABASE_URL, DEMO: '0' });
  console.log(JSON.stringify(['http://127.0.0.1:' + uno.puerto, otro.url]));
`;

const contesta = (url: string) =>
  fetch(`${url}/api/health`).then(
    (respuesta) => respuesta.ok,
    () => false,
  );

base.skipIf(findPostgres() === undefined)(
  'a server ends when whoever started it is killed, and nothing of a cut run goes on',
  async () => {
    const url = await testDatabaseUrl();
    const quien = spawn(NODE, ['--no-warnings', '--input-type=module', '-e', QUIEN_ARRANCA, url], {
      cwd: RAIZ,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const dicho = await new Promise<string>((listo, falla) => {
      let texto = '';
      quien.stdout.on('data', (trozo: Buffer) => {
        texto += trozo.toString();
        if (texto.includes('\n')) listo(texto);
      });
      quien.once('exit', (code) => falla(new Error(`ended with ${code}: ${texto}`)));
    });
    const urls = JSON.parse(dicho) as string[];
    for (const una of urls) expect(await contesta(una)).toBe(true);
    quien.kill('SIGKILL');
    await expect
      .poll(() => Promise.all(urls.map(contesta)), { timeout: 15_000, interval: 100 })
      .toEqual([false, false]);
  },
  60_000,
);
