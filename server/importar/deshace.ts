import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { deshechaId } from '#shared/domain/ajuste-id.ts';
import { plural } from '#shared/formato.ts';
import { bloqueaLote, quitaMarca } from './bloquea-lote.sql.ts';
import { conVersion, sinVersion } from './claves.ts';
import * as q from './deshace.sql.ts';
import { type AsientoNuevo, findClaves, insertAsientos, insertReversas } from './libro.sql.ts';
import { countLotes } from './lotes.sql.ts';
import type { Marcha } from './marcha.ts';
import { deshaceProductos } from './plan-productos.ts';
import { retiraProductosNuevos } from './productos-nuevos.sql.ts';
import type { Taller } from './taller.ts';
import { type ErrorDicho, findUpload, type UploadRow, updateFin } from './uploads.sql.ts';

const LOTE = 1_000;
const CERO = '00000000-0000-0000-0000-000000000000';

/** Why an applied import cannot be undone any more, as a sentence that names what rests on it; null: it can. */
export async function noSeDeshace(tx: Tx, u: Pick<UploadRow, 'id' | 'file_type'>): Promise<string | null> {
  if (u.file_type === 'productos') {
    const { lotes } = await countLotes(tx, u.id);
    return lotes > 0 ? null : 'Pasaron más de 30 días y ya no se guarda cómo estaba cada producto.';
  }
  const d = await q.findDependencia(tx, u.id);
  if (d === null) return null;
  const filas = plural(d.cuantas, 'fila', 'filas');
  switch (d.que) {
    case 'archivo':
      return `«${d.nombre}» se aplicó después y cambió ${filas} de este archivo. Deshaz primero ese.`;
    case 'conteo':
      return `El conteo ${d.nombre} se aprobó después contando con ${filas} de este archivo. Corrige con otro conteo.`;
    case 'contra_ajuste':
      return `Ya se firmaron contra-ajustes del conteo ${d.nombre} por ${filas} de este archivo. Corrige con otro conteo.`;
    case 'periodo':
      return `${filas} de este archivo son de un periodo cerrado de ${d.nombre}. Un administrador puede abrirlo.`;
  }
}

interface Autor {
  readonly uploadId: string;
  readonly userId: string;
  readonly at: Date;
}

/** Next free version of the key of each, for what is posted anew. */
async function versiones(tx: Tx, filas: readonly { origen_id: string }[]): Promise<Map<string, string>> {
  const claves = filas.map((f) => sinVersion(f.origen_id).clave);
  const halladas = await findClaves(tx, claves);
  return new Map(claves.map((clave) => [clave, conVersion(clave, halladas.get(clave)?.siguiente ?? 1)]));
}

const MARCA = { deshace: true };

async function deshaceMovimientos(tx: Tx, filas: readonly q.EscritaRow[], de: Autor): Promise<void> {
  await insertReversas(tx, new Map(filas.map((f) => [f.id, deshechaId(f.id)])), { ...de, metadata: MARCA });
}

/**
 * What the import took back is posted again, as the next version of its key and as part of the import it came from: undoing that
 * one later takes it along.
 */
async function deshaceReversas(tx: Tx, filas: readonly q.EscritaRow[], de: Autor): Promise<void> {
  const hechas = await q.findHechas(
    tx,
    filas.map((f) => deshechaId(f.id)),
  );
  const faltan = filas.filter((f) => !hechas.has(deshechaId(f.id)));
  const originales = await q.findOriginales(
    tx,
    faltan.map((f) => f.id),
  );
  const deNuevo = await versiones(tx, [...originales.values()]);
  const porUpload = new Map<string, AsientoNuevo[]>();
  for (const f of faltan) {
    const original = originales.get(f.id);
    if (original === undefined) continue;
    const { reversa_de: _, upload_id, ...asiento } = original;
    const suyos = porUpload.get(upload_id) ?? [];
    const origen_id = deNuevo.get(sinVersion(original.origen_id).clave)!;
    suyos.push({ ...asiento, id: deshechaId(f.id), origen_id, metadata: { repuestaTras: de.uploadId } });
    porUpload.set(upload_id, suyos);
  }
  for (const [uploadId, inserta] of porUpload) await insertAsientos(tx, inserta, { ...de, uploadId });
}

/** A base is undone by a base with the stock that stood there before it. */
async function deshaceBases(tx: Tx, filas: readonly q.EscritaRow[], de: Autor): Promise<void> {
  const hechas = await q.findHechas(
    tx,
    filas.map((f) => deshechaId(f.id)),
  );
  const faltan = filas.filter((f) => !hechas.has(deshechaId(f.id)));
  const antes = await q.findAntesDeBases(
    tx,
    de.uploadId,
    faltan.map((f) => f.id),
  );
  const deNuevo = await versiones(tx, faltan);
  const inserta = faltan.map(({ reversa_de: _, ...f }): AsientoNuevo => {
    const era = antes.get(f.id)!;
    return {
      ...f,
      id: deshechaId(f.id),
      origen_id: deNuevo.get(sinVersion(f.origen_id).clave)!,
      cantidad: era.cantidad,
      costo_unitario: null,
      metadata: era.tieneBase ? MARCA : { ...MARCA, sinBase: true },
    };
  });
  await insertAsientos(tx, inserta, de);
}

const PASOS = [
  ['movimiento', deshaceMovimientos],
  ['reversa', deshaceReversas],
  ['base', deshaceBases],
] as const;

/**
 * Takes an import back out of the books with reversals, lot by lot; each lot may be done again. It ends as `fin`: undone by a
 * person, cancelled while it was applied, or failed. A killed run goes on where it was.
 */
export async function deshace(
  deps: Taller,
  uploadId: string,
  marcha: Marcha,
  fin: { estado: 'reverted' | 'cancelled' | 'failed'; porId: string; error?: ErrorDicho },
): Promise<void> {
  const u = await deps.db.asService((tx) => findUpload(tx, uploadId), { readOnly: true });
  if (u === undefined) return;
  const total = await deps.db.asService((tx) => q.countEscritas(tx, u.id), { readOnly: true });
  marcha.etapa('deshaciendo', total);
  let hechas = 0;
  for (const [clase, paso] of PASOS) {
    for (let tras = CERO; ; ) {
      marcha.exige();
      const filas = await deps.db.asService(async (tx) => {
        const escritas = await q.findEscritas(tx, u.id, { clase, tras, limite: LOTE });
        await paso(tx, escritas, { uploadId: u.id, userId: fin.porId, at: deps.clock.now() });
        return escritas;
      });
      hechas += filas.length;
      marcha.avanza(hechas, total);
      if (filas.length < LOTE) break;
      tras = filas.at(-1)!.id;
    }
  }
  const { lotes } = await deps.db.asService((tx) => countLotes(tx, u.id), { readOnly: true });
  for (let n = lotes; n >= 1; n--) {
    await deps.db.asService(async (tx) => {
      const lote = await bloqueaLote(tx, u.id, n);
      if (lote === undefined || lote.aplicado_en === null) return;
      if (u.file_type === 'productos') await deshaceProductos(tx, lote.plan ?? []);
      await quitaMarca(tx, u.id, n);
    });
  }
  await deps.db.asService(async (tx) => {
    const at = deps.clock.now();
    await retiraProductosNuevos(tx, u.id);
    await updateFin(tx, u.id, fin.estado, { at, ...(fin.error === undefined ? {} : { error: fin.error }) });
    await audita(tx, {
      id: deps.clock.newId(),
      en: at,
      usuarioId: fin.porId,
      accion: fin.estado === 'reverted' ? 'importacion.deshecha' : 'importacion.cancelada',
      entidad: 'upload',
      entidadId: u.id,
      tiendaId: u.tienda_id,
      datos: { archivo: u.filename, filas: total },
    });
    await deps.events.publish(tx, { tipo: 'importacion.deshecha', datos: { id: u.id } });
  });
}
