import { insertArchivo } from '#server/archivos/archivos.sql.ts';
import { esDeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { AppError } from '#shared/errores.ts';
import type { Taller } from './taller.ts';
import { trabajosDe } from './trabajos.ts';
import * as q from './uploads.sql.ts';

/** Checked while the bytes come, before anything reads them. */
export const MAXIMO_BYTES = 50 * 1024 * 1024;

const MIME: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Is this import the person's own, of one of their shops, or do they see all of them? As the policy of the table says. */
export function laVe(quien: Pick<Quien, 'id' | 'rol' | 'tiendaIds'>, u: q.UploadRow): boolean {
  return (
    u.user_id === quien.id || (u.tienda_id === null ? quien.rol === 'admin' : esDeTienda(quien, u.tienda_id))
  );
}

export interface Recibida {
  readonly id: string;
  /** The same bytes were here already: this is that import, as it stands. */
  readonly repetida: boolean;
}

/** Puts a file among the imports, in line to be read. Returns the import's id. */
export async function guarda(
  tx: Tx,
  t: Pick<Taller, 'clock'>,
  usuarioId: string,
  a: { filename: string; bytes: Buffer; sha256: string; opciones: OpcionesImportacion },
): Promise<string> {
  const at = t.clock.now();
  const mime = MIME[a.filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  await insertArchivo(tx, { sha256: a.sha256, mime, bytes: a.bytes, subidoPor: usuarioId, at });
  const id = t.clock.newId();
  await q.insertUpload(tx, {
    id,
    filename: a.filename.slice(0, 255),
    tamano: a.bytes.length,
    sha256: a.sha256,
    opciones: a.opciones,
    userId: usuarioId,
    at,
  });
  return id;
}

/**
 * Keeps a file and has it read. The same bytes again answer with the import that is there, unless `otra` asks for a new one
 * (another shop's copy of the same file).
 */
export async function recibe(
  t: Taller,
  quien: Quien,
  a: { filename: string; bytes: Buffer; sha256: string; opciones: OpcionesImportacion; otra: boolean },
): Promise<Recibida> {
  const { leer } = trabajosDe(t);
  await t.jobs.prepare(leer);
  return t.db.asService(async (tx) => {
    if (!a.otra) {
      const gemela = (await q.findGemelos(tx, a.sha256)).find((u) => laVe(quien, u));
      if (gemela !== undefined) return { id: gemela.id, repetida: true };
    }
    const id = await guarda(tx, t, quien.id, a);
    await t.jobs.enqueue(tx, leer, { uploadId: id, generacion: 1 }, { key: `${id}:1` });
    return { id, repetida: false };
  });
}

/** A new import of the bytes of one that is here: the same cells for another shop or day. Throws NO_ENCONTRADO. */
export async function copia(t: Taller, quien: Quien, id: string): Promise<Recibida> {
  const u = await t.db.asService((tx) => q.findUpload(tx, id), { readOnly: true });
  if (u?.sha256 == null || !laVe(quien, u)) throw new AppError('NO_ENCONTRADO');
  const bytes = await t.db.asService((tx) => q.findBytes(tx, u.sha256), { readOnly: true });
  return recibe(t, quien, { filename: u.filename, bytes, sha256: u.sha256, opciones: {}, otra: true });
}
