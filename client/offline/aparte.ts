import { elJournalReal } from './bases.ts';
import type { SubeArchivo } from './fotos.ts';

/**
 * What comes seldom: photos, what was set aside, a file of unsent lines. Their code is no part of the first JavaScript
 * (the service worker keeps it) and is loaded for the first one only.
 */

/** Contract: `agregarFoto` of fotos.ts. */
export async function agregarFoto(lineaId: string, conteoId: string, foto: Blob): Promise<void> {
  await (await import('./fotos.ts')).agregarFoto(lineaId, conteoId, foto);
}

/** Contract: `subeFotos` of fotos.ts. */
export async function enviaFotos(sube: SubeArchivo, signal: AbortSignal): Promise<number> {
  const waiting = await elJournalReal().durable((db) => db.blobs.where('estado').equals('pendiente').count());
  return waiting === 0 ? 0 : (await import('./fotos.ts')).subeFotos(sube, signal);
}

/** Whether `mandaApartadas` of apartadas.ts has anything to look at. */
export async function hayApartadas(): Promise<boolean> {
  const aside = await elJournalReal().durable((db) => db.mutations.where('state').equals('apartada').count());
  return aside > 0;
}

/** Contract: `importarPendientes` of importar.ts. */
export async function importarPendientes(file: Blob): Promise<{ nuevas: number; repetidas: number }> {
  return (await import('./importar.ts')).importarPendientes(file);
}
