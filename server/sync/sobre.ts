import * as z from 'zod/mini';
import { Uuid } from '#shared/contracts/basicos.ts';
import {
  MAX_BYTES_PUSH,
  MAX_MUTACIONES,
  Mutacion,
  PushEmpacado,
  PushEntrada,
} from '#shared/contracts/sync.ts';
import { AppError } from '#shared/errores.ts';
import { sha256Hex } from './huella.ts';

/**
 * What push takes at the door: only the number of each mutation must be readable. The rest is judged one by one, so that
 * a single bad envelope becomes a dead letter and not a refusal of the whole batch for ever.
 */
const Crudas = z
  .array(z.looseObject({ mid: z.int().check(z.gte(1)) }))
  .check(z.minLength(1), z.maxLength(MAX_MUTACIONES));
export const PushSobre = z.extend(PushEntrada, { mutations: Crudas });
export type PushSobre = z.infer<typeof PushSobre>;

/** What comes in at the door: phones of twelve months ago send the turno with each mutation, today's send each once. */
export const PushRecibido = z.union([
  PushSobre,
  z.extend(PushEmpacado, { lote: z.extend(PushEmpacado.shape.lote, { mutations: Crudas }) }),
]);
export type PushRecibido = z.infer<typeof PushRecibido>;

/**
 * Either shape as the older one, to the letter: what is kept of a mutation must not depend on how it travelled. A place
 * that no turno has stays a number, which no mutation may have. Throws CUERPO_MUY_GRANDE.
 */
export function desempaca(entrada: PushRecibido): PushSobre {
  const viaja = 'lote' in entrada ? entrada.lote : entrada.mutations;
  if (Buffer.byteLength(JSON.stringify(viaja)) > MAX_BYTES_PUSH) throw new AppError('CUERPO_MUY_GRANDE');
  if (!('lote' in entrada)) return entrada;
  const { lote, ...resto } = entrada;
  const conTurno = lote.mutations.map((cruda) =>
    typeof cruda.turno === 'number' ? { ...cruda, turno: lote.turnos[cruda.turno] ?? cruda.turno } : cruda,
  );
  return { ...resto, mutations: conTurno };
}

/** One mutation as it came. */
export interface Sobre {
  readonly mid: number;
  /** What stands in for the content in `sync.mutation.args_hash`. */
  readonly huella: string;
  readonly name: string;
  /** JSON text of the arguments; of the whole envelope when that could not be read. */
  readonly args: string;
  /** null: the envelope could not be read. */
  readonly createdAt: string | null;
  readonly turno: string | null;
  /** The arguments are what the phone hashed when it saved them. */
  readonly intacto: boolean;
}

export function abreSobre(crudo: { readonly mid: number }): Sobre {
  const leido = Mutacion.safeParse(crudo);
  if (leido.success) {
    const { mid, hash, name, args, createdAt, turno } = leido.data;
    return { mid, huella: hash, name, args, createdAt, turno, intacto: sha256Hex(args) === hash };
  }
  const { name } = crudo as { name?: unknown };
  const texto = JSON.stringify(crudo);
  return {
    mid: crudo.mid,
    huella: sha256Hex(texto),
    name: typeof name === 'string' ? name.slice(0, 60) : '',
    args: texto,
    createdAt: null,
    turno: null,
    intacto: false,
  };
}

/** The arguments as JSON; `undefined` when they are none. */
export function leeArgs(args: string): unknown {
  try {
    return JSON.parse(args) as unknown;
  } catch {
    return undefined;
  }
}

/** The conteo that the arguments speak of, to show a dead letter beside it. */
export function conteoDe(name: string, args: unknown): string | null {
  if (typeof args !== 'object' || args === null) return null;
  const { conteoId, id } = args as { conteoId?: unknown; id?: unknown };
  const candidato = name.startsWith('conteo.libre/') ? id : conteoId;
  return Uuid.safeParse(candidato).success ? (candidato as string) : null;
}
