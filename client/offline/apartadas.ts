import type { CuarentenaEntrada } from '#shared/contracts/cuarentena.ts';
import { elJournalReal } from './bases.ts';
import { NetFailure } from './core/ports.ts';

/** `sync.quarantine`; idempotent. Rejects with `NetFailure`. */
export type MandaApartada = (entrada: CuarentenaEntrada, signal: AbortSignal) => Promise<unknown>;

/** What was sent since the start: the server knows it by device and seq, so a repeat only costs a call. */
const dichas = new Set<string>();

/**
 * Sends a copy of what was set aside to the server's quarantine, so that it is not on this phone alone. Here it stays as it
 * is. Stops at the first failure that is not the mutation's own. Returns how many went.
 */
export async function mandaApartadas(manda: MandaApartada, signal: AbortSignal): Promise<number> {
  const rows = await elJournalReal().durable((db) =>
    db.transaction('r', db.mutations, db.turnos, db.device, async () => {
      const turnos = new Map((await db.turnos.toArray()).map((row) => [row.usuario, row.token]));
      const device = await db.device.get('este');
      const apartadas = await db.mutations.where('state').equals('apartada').toArray();
      return apartadas.flatMap((row) => {
        const turno = turnos.get(row.usuario) ?? null;
        return device ? [{ row, entrada: { deviceId: device.id, secret: device.secret, turno } }] : [];
      });
    }),
  );
  let sent = 0;
  for (const { row, entrada } of rows) {
    if (signal.aborted) break;
    const clave = `${entrada.deviceId}:${row.seq}`;
    if (dichas.has(clave)) continue;
    const { seq, name, args, created_at: createdAt } = row;
    try {
      await manda(
        { ...entrada, seq, name, args, createdAt, error: (row.last_error ?? '').slice(0, 1_000) },
        signal,
      );
    } catch (error) {
      const suya = error instanceof NetFailure && [400, 413, 422].includes(error.status);
      if (!suya) break;
      // It is too odd even for this; on the phone it stays in sight and can be exported.
      dichas.add(clave);
      continue;
    }
    dichas.add(clave);
    sent += 1;
  }
  return sent;
}
