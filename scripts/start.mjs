// `npm start`: from a bare clone to a running server, with nothing but Node 18+ and npm.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, ensureInstalled, environment, findNode, isBuilt, ROOT, refuse } from './ground.mjs';

ensureInstalled();
const node = findNode();
if (!isBuilt()) {
  process.stdout.write('Compilando la app…\n');
  if ((await build(node)) !== 0) refuse('No se pudo compilar la app. El detalle está arriba.');
}

const server = spawn(node, [path.join(ROOT, 'server', 'main.ts')], {
  cwd: ROOT,
  env: environment(node),
  // The channel tells the server when this process is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('error', () => refuse('No se pudo arrancar el servidor.'));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
