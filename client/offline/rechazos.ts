import type { FilaRechazo } from '#shared/contracts/filas.ts';
import { esCodigo, mensajeDe } from '#shared/errores.ts';
import { elCacheReal, elJournalReal } from './bases.ts';
import type { EstadoMutacion, MutationRow } from './journal-db.ts';
import type { Rechazo } from './modelo.ts';

const ATENCION: readonly EstadoMutacion[] = ['rechazada', 'cuarentena', 'en_espera', 'apartada'];

export type FuentesRechazos = {
  entries: readonly MutationRow[];
  /** Everything that the server tells of the person's dead letters. */
  rows: readonly FilaRechazo[];
  /** How far of which device's mutations a complete pull covers. */
  level: { device: string; mid: number } | null;
  usuarioId: string | null;
};

/**
 * What of the person in the shift needs somebody: dead letters of the journal ∪ open ones that the server tells of,
 * by (device, mid). One that was settled on the server is gone here as soon as a pull that covers it has arrived.
 */
export async function leeRechazos(): Promise<Rechazo[]> {
  const journal = elJournalReal().db;
  const cache = elCacheReal().db;
  const entries = await journal.mutations.where('state').anyOf(ATENCION).toArray();
  const persona = await journal.identidad.where('activa').equals(1).first();
  const rows = await cache.rechazos.toArray();
  const level = await cache.meta.get('lastMid');
  return uneRechazos({
    entries,
    rows,
    level: level?.k === 'lastMid' ? level : null,
    usuarioId: persona?.usuarioId ?? null,
  });
}

export function uneRechazos({ entries, rows, level, usuarioId }: FuentesRechazos): Rechazo[] {
  const open = new Map(
    rows.filter((row) => row.state === 'abierta').map((row) => [`${row.deviceId}:${row.mid}`, row]),
  );
  const found = new Map<string, Rechazo>();
  for (const entry of entries) {
    if (!ATENCION.includes(entry.state)) continue;
    if (entry.usuario !== usuarioId && entry.state !== 'apartada') continue;
    const key = `${entry.device}:${entry.mid}`;
    const covered = level?.device === entry.device && entry.mid <= level.mid;
    const row = open.get(key);
    if (entry.state !== 'apartada' && covered && !row) continue;
    found.set(key, {
      seq: entry.seq,
      mid: entry.mid,
      name: entry.name,
      args: entry.args,
      estado: entry.state as Rechazo['estado'],
      mensaje: row ? row.message : (entry.last_error ?? mensajeDe('MUTACION_NO_APLICADA')),
      conteoId: entry.conteo,
      en: entry.created_at,
    });
  }
  for (const [key, row] of open) {
    if (found.has(key)) continue;
    found.set(key, {
      seq: null,
      mid: row.mid,
      name: row.name,
      args: '',
      estado: 'rechazada',
      mensaje: row.message || (esCodigo(row.code) ? mensajeDe(row.code) : row.code),
      conteoId: row.conteoId,
      en: row.at,
    });
  }
  return [...found.values()].sort((a, b) => Date.parse(b.en) - Date.parse(a.en));
}
