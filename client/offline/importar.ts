import * as z from 'zod/mini';
import { Instante, Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';
import { elJournalReal } from './bases.ts';
import { avisaGuardado } from './despertador.ts';
import { type Archivo, FORMATO } from './exportar.ts';
import { sha256Hex } from './sha256.ts';

const Esquema = z.object({
  formato: z.literal(FORMATO),
  device: z.string(),
  exportadoEn: Instante,
  mutaciones: z.array(
    z.object({
      name: z.string().check(z.maxLength(60)),
      args: z.string().check(z.maxLength(64 * 1024)),
      hash: z.string(),
      usuario: Uuid,
      createdAt: Instante,
      entidad: z.nullable(z.string()),
      conteo: z.nullable(z.string()),
    }),
  ),
});

/**
 * Takes in an exported file. A mutation that this phone has is skipped. The author stays when they have a turno on
 * this phone, else it enters as the person in the shift, who answers for the file. ARCHIVO_INVALIDO, SIN_PERSONA.
 */
export async function importarPendientes(file: Blob): Promise<{ nuevas: number; repetidas: number }> {
  const archivo = lee(await file.text());
  const journal = elJournalReal();
  const persona = await journal.activeIdentity();
  if (!persona) throw new AppError('SIN_PERSONA');
  const known = await journal.durable((db) =>
    db.transaction('r', db.turnos, db.mutations, async () => ({
      turnos: new Set(await db.turnos.toCollection().primaryKeys()),
      hashes: new Set(
        (
          await db.mutations
            .where('hash')
            .anyOf(archivo.mutaciones.map((mutacion) => mutacion.hash))
            .toArray()
        ).map((row) => row.hash),
      ),
      entidades: new Set(
        (
          await db.mutations
            .where('entidad')
            .anyOf(archivo.mutaciones.flatMap((mutacion) => mutacion.entidad ?? []))
            .toArray()
        ).map((row) => row.entidad),
      ),
    })),
  );
  const nuevas = archivo.mutaciones.filter(
    (mutacion) =>
      !known.hashes.has(mutacion.hash) &&
      (mutacion.entidad === null || !known.entidades.has(mutacion.entidad)),
  );
  await journal.save(
    nuevas.map((mutacion) => ({
      name: mutacion.name,
      args: mutacion.args,
      usuario: known.turnos.has(mutacion.usuario) ? mutacion.usuario : persona.usuarioId,
      createdAt: mutacion.createdAt,
      desfaseGuardarMs: null,
      entidad: mutacion.entidad,
      conteo: mutacion.conteo,
    })),
  );
  avisaGuardado();
  return { nuevas: nuevas.length, repetidas: archivo.mutaciones.length - nuevas.length };
}

function lee(text: string): Archivo {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('ARCHIVO_INVALIDO', {}, cause);
  }
  const parsed = z.safeParse(Esquema, json);
  if (
    !parsed.success ||
    parsed.data.mutaciones.some((mutacion) => sha256Hex(mutacion.args) !== mutacion.hash)
  ) {
    throw new AppError('ARCHIVO_INVALIDO');
  }
  return parsed.data;
}
