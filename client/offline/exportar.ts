import { elJournalReal } from './bases.ts';
import { now } from './clock.ts';
import type { NuevaMutacion } from './journal.ts';
import { sha256Hex } from './sha256.ts';

/**
 * Unsent mutations as a file, and back. The file is the last resort of a phone that cannot send: importing it on
 * another one, twice, or after the first phone sent after all, adds nothing twice: rows go by their own ids.
 */
export const FORMATO = 'devcompras-pendientes/1';

type Mutacion = Pick<NuevaMutacion, 'name' | 'args' | 'usuario' | 'createdAt' | 'entidad' | 'conteo'> & {
  hash: string;
};
export type Archivo = {
  formato: typeof FORMATO;
  device: string;
  exportadoEn: string;
  mutaciones: Mutacion[];
};

/** Everything unsent or set aside of every person of this phone, as a JSON file. */
export async function exportarPendientes(): Promise<Blob> {
  const journal = elJournalReal();
  const device = await journal.device();
  const rows = await journal.durable((db) =>
    db.mutations.where('state').anyOf('pendiente', 'apartada').toArray(),
  );
  const archivo: Archivo = {
    formato: FORMATO,
    device: device.id,
    exportadoEn: now().toISOString(),
    mutaciones: rows.map((row) => ({
      name: row.name,
      args: row.args,
      hash: row.hash,
      usuario: row.usuario,
      createdAt: row.created_at,
      entidad: row.entidad,
      conteo: row.conteo,
    })),
  };
  return new Blob([JSON.stringify(archivo, null, 1)], { type: 'application/json' });
}

/** What could not be saved at all, as the same kind of file: the red screen's way out. */
export async function exportarNoGuardado(payload: readonly NuevaMutacion[]): Promise<Blob> {
  const archivo: Archivo = {
    formato: FORMATO,
    device: 'sin-guardar',
    exportadoEn: now().toISOString(),
    mutaciones: payload.map((nueva) => ({
      name: nueva.name,
      args: nueva.args,
      hash: sha256Hex(nueva.args),
      usuario: nueva.usuario,
      createdAt: nueva.createdAt,
      entidad: nueva.entidad,
      conteo: nueva.conteo,
    })),
  };
  return new Blob([JSON.stringify(archivo, null, 1)], { type: 'application/json' });
}
