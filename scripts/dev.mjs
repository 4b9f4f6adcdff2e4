// `npm run dev`: the server, restarted at each change, and Vite with its proxy to it on http://127.0.0.1:5173.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, environment, findNode, programOf, ROOT } from './ground.mjs';

ensureInstalled();
const node = findNode();
const options = { cwd: ROOT, env: environment(node), stdio: 'inherit' };
const children = [
  spawn(
    node,
    [
      '--watch-path=server',
      '--watch-path=shared',
      '--watch-path=database',
      path.join(ROOT, 'server', 'main.ts'),
    ],
    options,
  ),
  spawn(node, [programOf('vite'), '--host', '127.0.0.1'], options),
];

let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
for (const child of children) child.on('exit', (code) => end(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));
