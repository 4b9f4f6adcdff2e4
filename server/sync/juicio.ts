import { $ZodError } from 'zod/v4/core';
import { sqlState } from '#server/platform/db/retry.ts';
import { CLOSED_PERIOD_STATE } from '#server/platform/errors.ts';
import type { Codigo } from '#shared/codes.ts';
import { corrigeInstante } from '#shared/domain/instante.ts';
import { AppError, type ErrorData, isAppError } from '#shared/errores.ts';
import type { Autor, TurnoLeido } from './contexto.ts';
import { type MutadorAlgo, mutadorDe } from './mutadores/registro.ts';
import { conteoDe, leeArgs, type Sobre } from './sobre.ts';

/** insufficient_privilege: row-level security, the second fence. */
const RLS_REFUSAL = '42501';

/** A mutation that will not be applied now, and why. */
export interface CartaMuerta {
  readonly result: 'rejected' | 'quarantined' | 'en_espera';
  readonly code: Codigo;
  readonly data: ErrorData;
}

export interface Juzgada {
  readonly sobre: Sobre;
  /** Proven by the turno, whether or not it was good for this mutation. */
  readonly autorId: string | null;
  readonly conteoId: string | null;
  readonly caso:
    | { readonly autor: Autor; readonly mutador: MutadorAlgo; readonly args: unknown }
    | CartaMuerta;
}

export interface Circunstancias {
  readonly deviceId: string;
  readonly revocado: boolean;
  readonly desfaseEnviarMs: number | null;
  readonly ahora: Date;
  readonly turnos: ReadonlyMap<string, TurnoLeido | null>;
  readonly autores: ReadonlyMap<string, Autor>;
}

export function esCartaMuerta(caso: Juzgada['caso']): caso is CartaMuerta {
  return 'result' in caso;
}

function carta(result: CartaMuerta['result'], code: Codigo, data: ErrorData = {}): CartaMuerta {
  return { result, code, data };
}

/** What a failure inside a mutator says on its dead letter. */
export function cartaDeFallo(error: unknown): CartaMuerta {
  if (isAppError(error)) return carta('rejected', error.code, error.data);
  if (error instanceof $ZodError) {
    const detalle = error.issues
      .slice(0, 3)
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    return carta('rejected', 'MUTACION_INVALIDA', { detalle });
  }
  if (sqlState(error) === CLOSED_PERIOD_STATE) return carta('rejected', 'PERIODO_CERRADO');
  return carta('rejected', sqlState(error) === RLS_REFUSAL ? 'PROHIBIDO' : 'MUTACION_NO_APLICADA');
}

/** The offset measured at the save, which lines carry, is the right one; else that of the send. */
function hechaEn(sobre: Sobre, args: unknown, c: Circunstancias): number {
  const guardado = (args as { desfaseGuardarMs?: unknown } | null | undefined)?.desfaseGuardarMs;
  return corrigeInstante({
    contadoEn: Date.parse(sobre.createdAt ?? ''),
    desfaseGuardar: typeof guardado === 'number' ? guardado : null,
    desfaseEnviar: c.desfaseEnviarMs,
    recibidoEn: c.ahora.getTime(),
  }).instante;
}

/**
 * Who did it, whether they might, and whether the server understands it; no database. Quarantine is for what a person
 * with the right may still apply: a revoked device or person, a turno that does not vouch for it.
 */
export function juzga(sobre: Sobre, c: Circunstancias): Juzgada {
  const args = leeArgs(sobre.args);
  const turno = sobre.turno === null ? null : (c.turnos.get(sobre.turno) ?? null);
  const autorId = turno?.usuarioId ?? null;
  const base = { sobre, autorId, conteoId: conteoDe(sobre.name, args) };
  const autor = autorId === null ? undefined : c.autores.get(autorId);

  if (c.revocado) return { ...base, caso: carta('quarantined', 'EQUIPO_REVOCADO') };
  if (sobre.turno === null) {
    return { ...base, caso: carta('quarantined', 'MUTACION_INVALIDA', { detalle: 'no se pudo leer' }) };
  }
  if (turno === null) return { ...base, caso: carta('quarantined', 'TURNO_INVALIDO') };
  if (turno.deviceId !== c.deviceId) return { ...base, caso: carta('quarantined', 'TURNO_AJENO') };
  if (autor === undefined || !autor.activo)
    return { ...base, caso: carta('quarantined', 'USUARIO_DESACTIVADO') };
  if (hechaEn(sobre, args, c) > turno.expiraEn.getTime()) {
    return { ...base, caso: carta('quarantined', 'TURNO_VENCIDO') };
  }
  if (!sobre.intacto) return { ...base, caso: carta('rejected', 'HUELLA_DISTINTA') };
  const mutador = mutadorDe(sobre.name);
  if (mutador === undefined) return { ...base, caso: carta('en_espera', 'MUTACION_EN_ESPERA') };
  try {
    return { ...base, caso: { autor, mutador, args: mutador.parse(args) } };
  } catch (error) {
    if (!(error instanceof $ZodError || error instanceof AppError)) throw error;
    return { ...base, caso: cartaDeFallo(error) };
  }
}
