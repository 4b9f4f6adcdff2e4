import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { elJournal, elJournalReal, practicando } from './bases.ts';
import { now } from './clock.ts';
import { CONTEO_PRACTICA } from './conteo-practica.ts';
import { NetFailure } from './core/ports.ts';
import { avisaGuardado } from './despertador.ts';
import { insertMutations, NoGuardado } from './journal.ts';
import type { BlobRow } from './journal-db.ts';
import { sha256Hex } from './sha256.ts';

/** Largest photo that leaves the phone. */
export const FOTO_MAX_BYTES = 300 * 1024;
/** Long side in pixels: a label stays readable. */
const LADOS = [1_600, 1_200, 900, 640] as const;
const CALIDADES = [0.8, 0.65, 0.5, 0.35] as const;

/** Draws the photo anew (so that no EXIF and no place survives) as a JPEG of ≤ 300 kB. FOTO_ILEGIBLE. */
export async function recodifica(foto: Blob): Promise<Uint8Array> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(foto, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new AppError('FOTO_ILEGIBLE', {}, cause);
  }
  try {
    for (const lado of LADOS) {
      const scale = Math.min(1, lado / Math.max(image.width, image.height));
      const width = Math.max(1, Math.round(image.width * scale));
      const height = Math.max(1, Math.round(image.height * scale));
      for (const calidad of CALIDADES) {
        const jpeg = await dibuja(image, width, height, calidad);
        if (jpeg && jpeg.size <= FOTO_MAX_BYTES) return new Uint8Array(await jpeg.arrayBuffer());
      }
    }
  } finally {
    image.close();
  }
  throw new AppError('FOTO_ILEGIBLE');
}

async function dibuja(
  image: ImageBitmap,
  width: number,
  height: number,
  quality: number,
): Promise<Blob | null> {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return canvas.convertToBlob({ type: 'image/jpeg', quality });
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

/**
 * Keeps a photo of a line on the phone; it is sent by itself when there is signal, and the line never waits for it.
 * Resolves when the bytes are on disk. FOTO_ILEGIBLE, SIN_PERSONA, NO_GUARDADO.
 */
export async function agregarFoto(lineaId: string, conteoId: string, foto: Blob): Promise<void> {
  await guardaFoto(lineaId, conteoId, await recodifica(foto));
}

/** The storing half of `agregarFoto`, with a JPEG that is ready. */
export async function guardaFoto(lineaId: string, conteoId: string, jpeg: Uint8Array): Promise<void> {
  const journal = elJournal();
  const { esDePractica } = journal.db;
  if ((conteoId === CONTEO_PRACTICA) !== esDePractica)
    throw new AppError(esDePractica ? 'EN_PRACTICA' : 'PRACTICA_NO_SE_ENVIA');
  const persona = await journal.activeIdentity();
  if (!persona) throw new AppError('SIN_PERSONA');
  const sha256 = sha256Hex(jpeg);
  const row: BlobRow = {
    id: `${lineaId}:${sha256}`,
    sha256,
    lineaId,
    conteoId,
    usuario: persona.usuarioId,
    mime: 'image/jpeg',
    bytes: jpeg.slice().buffer,
    estado: 'pendiente',
    creada_en: now().toISOString(),
    attempts: 0,
    last_error: null,
  };
  try {
    await journal.durable((db) => db.blobs.put(row));
  } catch (cause) {
    throw new NoGuardado([], cause);
  }
  if (!practicando()) avisaGuardado();
}

/** `PUT /api/archivos/:sha256`; idempotent. Rejects with `NetFailure`. */
export type SubeArchivo = (
  archivo: { sha256: string; mime: string; bytes: ArrayBuffer },
  device: { id: string; secret: string },
  signal: AbortSignal,
) => Promise<void>;

/** A photo that the server refused this often waits for the next start of the app. */
const INTENTOS_MAX = 8;
/** Refusals of each photo since the start. */
const negadas = new Map<string, number>();
/** What says nothing of the photo: the person has to log in, or the server to recover. */
const PASAJEROS: readonly number[] = [401, 403, 408, 429];

/**
 * Sends the photos that wait, oldest first. After its upload a photo becomes `enviada` and its `conteo.foto/1` enters
 * the journal in one transaction: a crash between both repeats an idempotent upload. Stops at the first failure that is
 * not the photo's; one that is refused for itself leaves its turn to the others, and stays to be seen as unsent. Returns
 * how many went.
 */
export async function subeFotos(sube: SubeArchivo, signal: AbortSignal): Promise<number> {
  const journal = elJournalReal();
  const device = await journal.device();
  const waiting = await journal.durable((db) =>
    db.blobs.where('estado').equals('pendiente').sortBy('creada_en'),
  );
  let sent = 0;
  for (const row of waiting) {
    if (signal.aborted) break;
    if (row.bytes === null || (negadas.get(row.id) ?? 0) >= INTENTOS_MAX) continue;
    try {
      await sube({ sha256: row.sha256, mime: row.mime, bytes: row.bytes }, device, signal);
    } catch (error) {
      const refused =
        error instanceof NetFailure &&
        error.kind === 'http' &&
        error.status < 500 &&
        !PASAJEROS.includes(error.status);
      if (refused) negadas.set(row.id, (negadas.get(row.id) ?? 0) + 1);
      await journal.durable((db) =>
        db.blobs.update(row.id, { attempts: row.attempts + (refused ? 1 : 0), last_error: String(error) }),
      );
      if (refused) continue;
      break;
    }
    await tie(row);
    sent += 1;
  }
  if (sent > 0) avisaGuardado();
  return sent;
}

async function tie(row: BlobRow): Promise<void> {
  const args: ArgsDe<'conteo.foto/1'> = { lineaId: row.lineaId, conteoId: row.conteoId, sha256: row.sha256 };
  const text = JSON.stringify(args);
  const nueva = {
    name: 'conteo.foto/1',
    args: text,
    hash: sha256Hex(text),
    usuario: row.usuario,
    createdAt: now().toISOString(),
    desfaseGuardarMs: null,
    entidad: null,
    conteo: row.conteoId,
  };
  await elJournalReal().durable((db) =>
    db.transaction('rw', db.device, db.mutations, db.blobs, async () => {
      await insertMutations(db, [nueva]);
      await db.blobs.update(row.id, { estado: 'enviada', last_error: null });
    }),
  );
}
