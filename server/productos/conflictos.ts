import type * as z from 'zod/mini';
import type { DecideConflicto } from '#shared/contracts/catalogo.ts';
import { decimalCorto, mismoValor, type Valor } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { AppError } from '#shared/errores.ts';
import { lockFila, updateFilas } from './campos.sql.ts';
import { anota } from './guarda.ts';
import { type ConflictoRow, closeConflicto, lockConflicto, selectConflictos } from './parche.sql.ts';
import * as sql from './producto.sql.ts';
import type { Puerto, Quien } from './producto.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

export interface ConflictoVisto extends Omit<ConflictoRow, 'en' | 'recibidoEn'> {
  /** As a person calls the field. */
  nombreCampo: string;
  /** What stands now, which may be a third value. */
  ahora: string | null;
  en: string;
  recibidoEn: string;
}

const CODIGO = 'código ';

/** Fields of phones' edits that found another value: they wait here until somebody says which one stays. */
export async function conflictosPendientes(p: Puerto): Promise<ConflictoVisto[]> {
  return p.db.asService(async (tx) => {
    const filas = await selectConflictos(tx);
    const vistos: ConflictoVisto[] = [];
    for (const fila of filas) {
      vistos.push({
        ...fila,
        nombreCampo: CAMPO_PRODUCTO.get(fila.campo)?.nombre ?? fila.campo,
        ahora: await ahoraDe(tx, fila.productoId, fila.campo),
        en: fila.en.toISOString(),
        recibidoEn: fila.recibidoEn.toISOString(),
      });
    }
    return vistos;
  });
}

async function ahoraDe(
  tx: Parameters<typeof lockFila>[0],
  productoId: string,
  campo: string,
): Promise<string | null> {
  if (campo.startsWith(CODIGO)) {
    const habido = await sql.findCodigo(tx, productoId, campo.slice(CODIGO.length));
    return habido?.isActive ? habido.factor : null;
  }
  const valor = (await lockFila(tx, TABLA_PRODUCTO, productoId))?.[campo] ?? null;
  return valor === null ? null : String(valor);
}

/**
 * One of the two stays. Throws CONFLICTO_CAMBIO when what stands is no longer what the person saw, CONFLICTO_DECIDIDO,
 * NO_ENCONTRADO.
 */
export async function decideConflicto(
  p: Puerto,
  quien: Quien,
  { parcheId, campo, decision, visto }: z.infer<typeof DecideConflicto>,
): Promise<void> {
  await p.db.asService(async (tx) => {
    const c = await lockConflicto(tx, parcheId, campo);
    if (c === undefined) throw new AppError('NO_ENCONTRADO');
    if (c.estado === decision) return;
    if (c.estado !== 'pendiente') throw new AppError('CONFLICTO_DECIDIDO', { quien: c.decididoQuien });
    const e = { tx, clock: p.clock, por: quien.id };
    if (decision === 'entra') {
      const ahora = await ahoraDe(tx, c.productoId, campo);
      if (!igual(campo, ahora, visto)) throw new AppError('CONFLICTO_CAMBIO', { ahora: ahora ?? 'vacío' });
      if (campo.startsWith(CODIGO)) await ponFactor(tx, c);
      else await updateFilas(tx, TABLA_PRODUCTO, [c.productoId], { [campo]: c.valor });
      await anota(
        e,
        TABLA_PRODUCTO,
        c.productoId,
        'editado',
        { [campo]: { antes: ahora, despues: c.valor } },
        { parche: parcheId, de: c.quien },
      );
    }
    await closeConflicto(tx, { parcheId, campo, estado: decision, por: quien.id, en: p.clock.now() });
    await anota(e, { entidad: 'producto_conflicto' }, parcheId, decision, {
      [campo]: { antes: c.encontrado, despues: decision === 'entra' ? c.valor : c.encontrado },
    });
  });
}

function igual(campo: string, a: Valor, b: Valor): boolean {
  const definido = CAMPO_PRODUCTO.get(campo);
  if (definido !== undefined) return mismoValor(definido, a, b);
  return a === b || (typeof a === 'string' && typeof b === 'string' && decimalCorto(a) === decimalCorto(b));
}

async function ponFactor(tx: Parameters<typeof lockFila>[0], c: ConflictoRow): Promise<void> {
  const habido = await sql.findCodigo(tx, c.productoId, c.campo.slice(CODIGO.length));
  if (habido !== undefined && c.valor !== null) await sql.updateFactor(tx, habido.id, c.valor);
}
