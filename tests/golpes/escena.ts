import { sql } from 'kysely';
import { signAccessToken } from '#server/acceso/access-token.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testTienda, testUser } from '../db/people.ts';

/** Somebody with a phone. */
export interface Persona {
  readonly id: string;
  /** May register movements. */
  readonly gerente: boolean;
  /** An access token that is valid now. */
  token(): Promise<string>;
}

/** One shop with its people: a gerente first, then counters. */
export interface Escena {
  readonly almacenId: string;
  readonly productoId: string;
  readonly personas: readonly Persona[];
}

/** How old a token may be when it is used: they live for an hour. */
const RENUEVA_MS = 30 * 60_000;

/** Makes shops with people in a migrated database. The key that signs stays in memory: the database may be closed. */
export async function hazEscenas(db: Db, cuantas: number, personas: number): Promise<Escena[]> {
  const signer = await (await llavesOf({ db, clock: systemClock })).signer();
  const escenas: Escena[] = [];
  for (let i = 0; i < cuantas; i += 1) {
    const tienda = await testTienda(db);
    const productoId = newId();
    await db.asService((tx) =>
      sql`insert into inventario.productos (id, codigo, nombre)
          values (${productoId}, ${`G-${productoId}`}, 'Producto de prueba')`.execute(tx),
    );
    const gente: Persona[] = [];
    for (let n = 0; n < personas; n += 1) {
      const { id, correo } = await testUser(db, {
        rol: n === 0 ? 'gerente' : 'almacenista',
        tiendas: [tienda],
      });
      let firmado = { en: 0, token: Promise.resolve('') };
      gente.push({
        id,
        gerente: n === 0,
        token() {
          const ahora = Date.now();
          if (ahora - firmado.en > RENUEVA_MS) {
            const now = new Date(ahora);
            const datos = { userId: id, email: correo, sessionId: newId(), loggedInAt: now, now };
            firmado = { en: ahora, token: signAccessToken(signer, datos) };
          }
          return firmado.token;
        },
      });
    }
    escenas.push({ almacenId: tienda.almacenId, productoId, personas: gente });
  }
  return escenas;
}
