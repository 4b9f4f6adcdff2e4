import { elCacheReal, elJournalReal } from './bases.ts';
import type { Alta } from './journal.ts';
import type { TurnoRow } from './journal-db.ts';
import { olvidaVivas } from './live.ts';
import type { Identidad } from './modelo.ts';

/**
 * Another person takes the phone. In this order, so that at no moment, not even after a kill between two steps, a screen of
 * the new person can show what only the former one may see: nobody is in; the cache lets go of it; the values that
 * the screens hold go; then the new person is in. Unsent lines stay in the journal, each with its author.
 * Without `turno` the person is known to this phone and the server is not asked.
 */
export async function releva(persona: Identidad, turno: TurnoRow | null, alta?: Alta): Promise<void> {
  const journal = elJournalReal();
  const cache = elCacheReal();
  const otra = (await cache.dueno()).usuarioId !== persona.usuarioId;
  if (otra) {
    await journal.leave();
    await cache.purgeFor(persona);
    olvidaVivas();
  }
  if (turno === null) await journal.activate(persona.usuarioId);
  else await journal.enter(persona, turno, alta);
}
