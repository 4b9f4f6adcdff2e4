import { execFileSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const AQUI = import.meta.dirname;
const AJENOS = join(AQUI, 'ajenos');

/** The peers are no dependencies of the product: they come the first time that somebody runs the race with them. */
export function instala(paquete: string, carpeta = '.'): void {
  const cwd = join(AJENOS, carpeta);
  if (existsSync(join(cwd, 'node_modules', paquete))) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: 'inherit' });
}

/** Builds the page of one library as an app would be built; returns the size of its JavaScript. */
export async function construye(entrada: string, carpeta: string): Promise<number> {
  // Beside the entry, so that packages resolve from here.
  const html = join(AQUI, 'index.html');
  writeFileSync(
    html,
    `<!doctype html><html lang="es"><meta charset="utf-8"><title>Carrera</title><script type="module" src="./${entrada}"></script></html>\n`,
  );
  await build({
    configFile: false,
    root: AQUI,
    logLevel: 'error',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    worker: { format: 'es' },
    build: {
      outDir: carpeta,
      emptyOutDir: true,
      target: ['es2022', 'chrome100', 'safari15.4'],
      // With a profile, names that can be read.
      minify: !process.env.PERFIL,
      rolldownOptions: { output: { entryFileNames: 'pagina.js' } },
    },
  });
  return statSync(join(carpeta, 'pagina.js')).size;
}
