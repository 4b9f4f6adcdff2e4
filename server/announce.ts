import { existsSync } from 'node:fs';
import path from 'node:path';
import { codigoSiHaceFalta } from '#server/acceso/codigo-inicial.ts';
import { NOMBRE_ROL } from '#shared/roles.ts';
import { DEMO_PASSWORD } from './demo-passwords.ts';
import { dumpsDir } from './platform/db/dumps.ts';
import { demoPeople } from './platform/demo.sql.ts';
import type { Deps } from './platform/deps.ts';
import { VERSION } from './platform/http/health.ts';

function durability({ db, env }: Deps): string[] {
  if (db.kind === 'postgres') return [];
  const every = env.dumpMinutes === 0 ? 'al apagar' : `cada ${env.dumpMinutes} min y al apagar`;
  return [
    `Datos en ${env.dataDir} (base integrada), con respaldo ${every} en ${dumpsDir(env.dataDir)}.`,
    'La base integrada no obliga al disco a escribir en cada cambio: un apagón puede costar lo último que se',
    'recibió (los teléfonos guardan 30 días de lo enviado y lo mandan otra vez). Para trabajar en serio usa',
    'PostgreSQL con DATABASE_URL.',
  ];
}

/** What the person at the terminal needs: where it is, who can enter, how safe the data are. */
export async function announcement(deps: Deps, url: string): Promise<string> {
  const lines = [`DevCompras ${VERSION} está lista en ${url}`];
  const built = existsSync(path.resolve(import.meta.dirname, '../dist/index.html'));
  if (!built) lines.push('Falta la app compilada: corre `npm run build` y recarga.');
  const people = deps.env.loopback ? await demoPeople(deps.db) : [];
  if (people.length > 0) {
    const width = Math.max(...people.map(({ correo }) => correo.length));
    lines.push('', `Empresa de demostración. Contraseña de todos: ${DEMO_PASSWORD}`);
    for (const { correo, rol } of people) lines.push(`  ${correo.padEnd(width)}  ${NOMBRE_ROL[rol]}`);
  }
  const codigo = await codigoSiHaceFalta(deps);
  if (codigo !== undefined) {
    lines.push('', 'Todavía no hay usuarios. Abre la app y crea al primer administrador con este código:');
    lines.push(`  ${codigo}`);
  }
  if (!deps.env.loopback) {
    lines.push(
      '',
      'Los teléfonos necesitan HTTPS para la cámara y para trabajar sin señal: pon un proxy con certificado.',
    );
  }
  const safety = durability(deps);
  if (safety.length > 0) lines.push('', ...safety);
  return `\n${lines.join('\n')}\n\n`;
}

export async function announce(deps: Deps, url: string): Promise<void> {
  process.stdout.write(await announcement(deps, url));
}
