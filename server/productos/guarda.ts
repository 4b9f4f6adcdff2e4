import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { sqlState } from '#server/platform/db/retry.ts';
import type { GuardaFila } from '#shared/contracts/catalogo.ts';
import { type Campo, type Valor, validaCampo } from '#shared/domain/catalogo/campo.ts';
import { type Cambios, funde } from '#shared/domain/catalogo/parche.ts';
import { AppError } from '#shared/errores.ts';
import {
  type Fila,
  findCodigoOcupado,
  findUltimoCambio,
  insertFila,
  lockFila,
  type TablaEditable,
  updateFilas,
} from './campos.sql.ts';

/** A field that another person changed while the author had the form open. */
export interface ChoqueVisto {
  campo: string;
  nombre: string;
  base: Valor;
  tuyo: Valor;
  suyo: Valor;
  quien: string | null;
  en: string | null;
}

export type Guardado = { estado: 'guardado'; id: string } | { estado: 'cambio'; choques: ChoqueVisto[] };

export interface Edita {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly por: string;
  /** Shop of the audit's row, where the entity has one. */
  readonly tiendaId?: string | null;
}

/** Values that passed the rules of their fields. Throws CAMPOS_MALOS with every sentence at once, ENTRADA_INVALIDA. */
export function revisaCampos(campos: readonly Campo[], valores: Readonly<Record<string, Valor>>): Fila {
  const buenos: Fila = {};
  const frases: string[] = [];
  for (const [nombre, valor] of Object.entries(valores)) {
    const campo = campos.find((c) => c.campo === nombre);
    if (campo === undefined) throw new AppError('ENTRADA_INVALIDA', { detalle: nombre });
    const validado = validaCampo(campo, valor);
    if (validado.ok) buenos[nombre] = validado.valor;
    else frases.push(validado.frase);
  }
  if (frases.length > 0) throw new AppError('CAMPOS_MALOS', { detalle: frases.join('; ') });
  return buenos;
}

/**
 * Adds or changes one row of the catalogue, with its audit. A field that somebody else changed meanwhile stops the whole
 * save and comes back with both values; saving again with `base` = the value seen now overwrites it knowingly. Throws
 * CAMPOS_MALOS, CODIGO_EN_USO, NO_ENCONTRADO.
 */
export async function guardaFila(
  edita: Edita,
  t: TablaEditable,
  { id, nuevo, cambios }: z.infer<typeof GuardaFila>,
  fijos: Readonly<Record<string, string>> = {},
): Promise<Guardado> {
  const { tx } = edita;
  const valores = revisaCampos(
    t.campos,
    Object.fromEntries(Object.entries(cambios).map(([campo, c]) => [campo, c.valor])),
  );
  const limpios: Cambios = Object.fromEntries(
    Object.entries(cambios).map(([campo, c]) => [campo, { base: c.base, valor: valores[campo] ?? null }]),
  );
  const actual = await lockFila(tx, t, id);
  if (actual === undefined && !nuevo) throw new AppError('NO_ENCONTRADO');
  const codigo = valores.codigo;
  if (t.conCodigo && typeof codigo === 'string' && (await findCodigoOcupado(tx, t, codigo, id)) !== undefined)
    throw new AppError('CODIGO_EN_USO', { codigo });
  if (actual === undefined) {
    const falta = t.campos.filter((c) => c.requerido && c.tipo === 'texto' && !valores[c.campo]);
    const sinDefault = falta.filter((c) => c.campo === 'codigo' || c.campo === 'nombre');
    if (sinDefault.length > 0) {
      throw new AppError('CAMPOS_MALOS', {
        detalle: sinDefault.map((c) => `${c.nombre} no puede quedar vacío`).join('; '),
      });
    }
    await insertFila(tx, t, id, valores, fijos);
    await anota(edita, t, id, 'creado', diferencias({}, valores));
    return { estado: 'guardado', id };
  }
  const { aplica, choques } = funde(t.campos, actual, limpios);
  if (choques.length > 0) return { estado: 'cambio', choques: await vistos(tx, t, id, choques) };
  if (Object.keys(aplica).length > 0) {
    await updateFilas(tx, t, [id], aplica);
    await anota(edita, t, id, 'editado', diferencias(actual, aplica));
  }
  return { estado: 'guardado', id };
}

async function vistos(
  tx: Tx,
  t: TablaEditable,
  id: string,
  choques: ReturnType<typeof funde>['choques'],
): Promise<ChoqueVisto[]> {
  const hechos: ChoqueVisto[] = [];
  for (const { campo, base, valor, encontrado } of choques) {
    const ultimo = await findUltimoCambio(tx, t.entidad, id, campo);
    hechos.push({
      campo,
      nombre: t.campos.find((c) => c.campo === campo)?.nombre ?? campo,
      base,
      tuyo: valor,
      suyo: encontrado,
      quien: ultimo?.quien ?? null,
      en: ultimo?.en.toISOString() ?? null,
    });
  }
  return hechos;
}

export type Diferencias = Record<string, { antes: Valor; despues: Valor }>;

export function diferencias(antes: Fila, despues: Readonly<Record<string, Valor>>): Diferencias {
  return Object.fromEntries(
    Object.entries(despues).map(([campo, valor]) => [campo, { antes: antes[campo] ?? null, despues: valor }]),
  );
}

/** The audit's row of a change of the catalogue: `datos.campos` holds before and after of each field. */
export async function anota(
  { tx, clock, por, tiendaId }: Edita,
  t: Pick<TablaEditable, 'entidad'>,
  id: string,
  verbo: string,
  campos: Diferencias,
  otros: Record<string, unknown> = {},
): Promise<void> {
  await audita(tx, {
    id: clock.newId(),
    en: clock.now(),
    usuarioId: por,
    accion: `${t.entidad}.${verbo}`,
    entidad: t.entidad,
    entidadId: id,
    tiendaId: tiendaId ?? null,
    datos: { campos, ...otros },
  });
}

/** Two people took the same code at the same moment: the database lets one in. */
export async function conCodigoUnico<T>(codigo: Valor | undefined, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    if (sqlState(error) === '23505')
      throw new AppError('CODIGO_EN_USO', { codigo: String(codigo ?? '') }, error);
    throw error;
  }
}
