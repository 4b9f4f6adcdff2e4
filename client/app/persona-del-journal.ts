import { elJournalReal, type Identidad } from '#client/offline/index.ts';

/** What the journal says of the people of this phone: no network, no tokens. */

/** Whether anybody ever came in on this phone. */
export async function huboAlguien(): Promise<boolean> {
  const people = await elJournalReal()
    .db.identidad.count()
    .catch(() => 0);
  return people > 0;
}

/** The person in the shift. */
export async function personaDelJournal(): Promise<Identidad | null> {
  // A phone whose database does not open still shows the log-in; saving says by itself what is wrong.
  const row = await elJournalReal()
    .activeIdentity()
    .catch(() => undefined);
  if (!row) return null;
  const { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn } = row;
  return { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn };
}

/** What a sign-out would leave unsent on this phone. */
export async function pendientesAlSalir(): Promise<number> {
  const { mutations, blobs } = elJournalReal().db;
  const unsent = await mutations.where('state').anyOf('pendiente', 'apartada').count();
  return unsent + (await blobs.where('estado').equals('pendiente').count());
}
