import { usaBases } from '#client/offline/bases.ts';
import { Cache } from '#client/offline/cache.ts';
import { CacheDb } from '#client/offline/cache-db.ts';
import { Journal } from '#client/offline/journal.ts';
import { JournalDb } from '#client/offline/journal-db.ts';

export type TelefonoNuevo = { journal: Journal; cache: Cache };

let hechos = 0;

/**
 * A phone with empty databases of its own, on which this almacenista has just come in; from then on it is the phone of
 * this test. IndexedDB is the caller's ('fake-indexeddb/auto').
 */
export async function telefonoNuevo(persona: {
  usuarioId: string;
  tiendaId: string;
}): Promise<TelefonoNuevo> {
  hechos += 1;
  const n = hechos;
  const bases = {
    journal: new Journal({ open: () => new JournalDb(`journal-prueba-${n}`) }),
    cache: new Cache(() => new CacheDb(`cache-prueba-${n}`)),
  };
  usaBases(bases);
  const at = '2026-03-02T15:00:00.000Z';
  await bases.journal.enter(
    {
      usuarioId: persona.usuarioId,
      nombre: 'Ana',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [persona.tiendaId],
      limiteAjuste: null,
      expiraEn: at,
    },
    { usuario: persona.usuarioId, token: 'turno', emitido_en: at, expira_en: at },
  );
  return bases;
}
