import { verifyPassword } from './acceso/contrasenas.ts';
import { type Env, EnvError } from './env.ts';
import type { Db } from './platform/db/db.ts';
import { demoHashes } from './platform/demo.sql.ts';

/** The password of everybody in the demo company, printed in the documentation. */
export const DEMO_PASSWORD = 'demo1234';

/**
 * Refuses to serve other machines while somebody can enter with the public demo password, also when the demo
 * was made earlier on loopback. Rejects with `EnvError`.
 */
export async function refuseDemoPasswords(env: Env, db: Db): Promise<void> {
  if (env.loopback) return;
  for (const { correo, hash } of await demoHashes(db)) {
    if (await verifyPassword(DEMO_PASSWORD, hash)) {
      throw new EnvError(
        `HOST=${env.host} deja entrar a otros equipos y ${correo} todavía tiene la contraseña pública de la demo. Cámbiala o desactiva las cuentas de la demo desde este equipo (HOST=127.0.0.1), o usa otra base de datos.`,
      );
    }
  }
}
