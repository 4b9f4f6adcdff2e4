import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { EdicionEnBloque } from '#shared/contracts/catalogo.ts';
import { mismoValor } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { AppError } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import { type Editado, insertEditados, selectEditados, wasUndone } from './bloque.sql.ts';
import { type Fila, lockFilas, updateFilas } from './campos.sql.ts';
import { diferencias, revisaCampos } from './guarda.ts';
import type { Puerto, Quien } from './producto.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

export interface VistaEdicion {
  /** Products that change, and what of them. */
  cambian: Editado[];
  /** Selected, and already so. */
  iguales: number;
  aplicada: boolean;
}

/**
 * Sets fields on many products in one transaction, or only says what would change. The same edition applied twice is
 * applied once. Throws EDICION_SIN_CAMBIOS, CAMPOS_MALOS.
 */
export async function editaEnBloque(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof EdicionEnBloque>,
): Promise<VistaEdicion> {
  const campos = Object.keys(entrada.campos);
  if (campos.length === 0) throw new AppError('EDICION_SIN_CAMBIOS');
  const fuera = campos.find((c) => !CAMPO_PRODUCTO.get(c)?.enBloque);
  if (fuera !== undefined) throw new AppError('ENTRADA_INVALIDA', { detalle: fuera });
  const valores = revisaCampos(TABLA_PRODUCTO.campos, entrada.campos);
  return p.db.asService(async (tx) => {
    const hechos = await selectEditados(tx, entrada.id);
    if (hechos.length > 0)
      return { cambian: hechos, iguales: entrada.ids.length - hechos.length, aplicada: true };
    const filas = await lockFilas(tx, TABLA_PRODUCTO, entrada.ids);
    const cambian = filas.flatMap((fila) => {
      const distintos = soloDistintos(fila, valores);
      return Object.keys(distintos).length === 0
        ? []
        : [{ id: fila.id, codigo: String(fila.codigo), campos: diferencias(fila, distintos) }];
    });
    const vista = { cambian, iguales: filas.length - cambian.length, aplicada: entrada.aplica };
    if (!entrada.aplica || cambian.length === 0) return vista;
    await updateFilas(
      tx,
      TABLA_PRODUCTO,
      cambian.map((c) => c.id),
      valores,
    );
    await registra(tx, p, quien, entrada.id, 'aplicada', cambian);
    return vista;
  });
}

/** Only fields whose value is another. */
function soloDistintos(fila: Fila, valores: Fila): Fila {
  return Object.fromEntries(
    Object.entries(valores).filter(
      ([campo, valor]) => !mismoValor(CAMPO_PRODUCTO.get(campo)!, fila[campo] ?? null, valor),
    ),
  );
}

async function registra(
  tx: Tx,
  p: Puerto,
  quien: Quien,
  edicionId: string,
  verbo: 'aplicada' | 'deshecha',
  filas: readonly Editado[],
): Promise<void> {
  const en = p.clock.now();
  await audita(tx, {
    id: p.clock.newId(),
    en,
    usuarioId: quien.id,
    accion: `edicion.${verbo}`,
    entidad: 'edicion',
    entidadId: edicionId,
    tiendaId: null,
    datos: { filas },
  });
  await insertEditados(tx, {
    edicionId,
    por: quien.id,
    en,
    verbo: verbo === 'aplicada' ? 'editado' : 'edicion_deshecha',
    filas: filas.map((f) => ({ ...f, auditoriaId: p.clock.newId() })),
  });
}

/**
 * Undoes an edition: every product gets back what it had, all or none. Throws EDICION_CAMBIO when somebody changed one of
 * those fields since, NO_ENCONTRADO. Undoing twice changes nothing.
 */
export async function deshaceEdicion(
  p: Puerto,
  quien: Quien,
  edicionId: string,
): Promise<{ productos: number }> {
  return p.db.asService(async (tx) => {
    const hechos = await selectEditados(tx, edicionId);
    if (hechos.length === 0) throw new AppError('NO_ENCONTRADO');
    if (await wasUndone(tx, edicionId)) return { productos: hechos.length };
    const filas = new Map(
      (
        await lockFilas(
          tx,
          TABLA_PRODUCTO,
          hechos.map((h) => h.id),
        )
      ).map((f) => [f.id, f]),
    );
    const cambiados = hechos.filter((h) =>
      Object.entries(h.campos).some(
        ([campo, c]) => !mismoValor(CAMPO_PRODUCTO.get(campo)!, filas.get(h.id)?.[campo] ?? null, c.despues),
      ),
    );
    if (cambiados.length > 0) {
      throw new AppError('EDICION_CAMBIO', {
        cuantos: `${plural(cambiados.length, 'producto', 'productos')} (${cambiados
          .slice(0, 5)
          .map((c) => c.codigo)
          .join(', ')})`,
      });
    }
    for (const grupo of porValores(hechos)) await updateFilas(tx, TABLA_PRODUCTO, grupo.ids, grupo.valores);
    await registra(
      tx,
      p,
      quien,
      edicionId,
      'deshecha',
      hechos.map((h) => ({
        ...h,
        campos: Object.fromEntries(
          Object.entries(h.campos).map(([c, d]) => [c, { antes: d.despues, despues: d.antes }]),
        ),
      })),
    );
    return { productos: hechos.length };
  });
}

/** Products that get back the same values go in one statement. */
function porValores(hechos: readonly Editado[]): { ids: string[]; valores: Fila }[] {
  const grupos = new Map<string, { ids: string[]; valores: Fila }>();
  for (const { id, campos } of hechos) {
    const valores = Object.fromEntries(Object.entries(campos).map(([c, d]) => [c, d.antes]));
    const llave = JSON.stringify(valores);
    const grupo = grupos.get(llave) ?? { ids: [], valores };
    grupo.ids.push(id);
    grupos.set(llave, grupo);
  }
  return [...grupos.values()];
}
