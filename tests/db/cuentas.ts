import { scryptSync } from 'node:crypto';
import { type Clock, newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { TestUser } from './people.ts';
import type { TestServer } from './server.ts';

/** What every test's person logs in with. */
export const CONTRASENA_DE_PRUEBA = 'almacen 1 de prueba';

const SALT = Buffer.from('sal de las pruebas');
/** N = 2^10: verifying takes 2 ms instead of 240, so that tests are not about scrypt. */
const KEY = scryptSync(CONTRASENA_DE_PRUEBA, SALT, 32, { N: 1024, r: 8, p: 1 });
const HASH = `$scrypt$ln=10,r=8,p=1$${SALT.toString('base64url')}$${KEY.toString('base64url')}`;

/** Lets a test's person log in with `CONTRASENA_DE_PRUEBA`, and with a user name if one is given. */
export async function daContrasena(db: Db, user: TestUser, nombreUsuario?: string): Promise<void> {
  await db.asService(async (tx) => {
    await tx.updateTable('auth.users').set({ encrypted_password: HASH }).where('id', '=', user.id).execute();
    if (nombreUsuario === undefined) return;
    await tx
      .updateTable('inventario.usuarios')
      .set({ nombre_usuario: nombreUsuario })
      .where('id', '=', user.id)
      .execute();
  });
}

/** The real time, moved by `advance`: for clients that have a clock of their own. */
export function relojMovible(): Clock & { advance(ms: number): void } {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    newId,
    advance: (ms) => {
      offset += ms;
    },
  };
}

/** `POST /api/auth/token`, as scripts do. */
export function pideToken(server: TestServer, email: string, password: string): Promise<Response> {
  return server.fetch('/api/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
}

/** What the set-up screen sends. */
export function primerAdminDePrueba(codigo: string) {
  return {
    codigo,
    correo: 'Duena@Llantas.MX',
    nombre: ' La Dueña ',
    contrasena: 'una contraseña',
    tienda: { codigo: 'CDMX-01', nombre: 'Centro', zonaHoraria: 'America/Mexico_City' },
  };
}
