import { type Campo, mismoValor, type Valor } from './campo.ts';

/** A change of one field: what its author saw, and what they want. */
export interface Cambio {
  readonly base: Valor;
  readonly valor: Valor;
}
export type Cambios = Readonly<Record<string, Cambio>>;

/** A field that somebody else changed meanwhile. */
export interface Choque {
  readonly campo: string;
  readonly base: Valor;
  readonly valor: Valor;
  readonly encontrado: Valor;
}

export interface Fundido {
  /** What is to be written: fields still as their author saw them. */
  readonly aplica: Readonly<Record<string, Valor>>;
  /** What is kept for a person to decide. */
  readonly choques: readonly Choque[];
}

/**
 * Three-way merge of a patch, field by field: a field that is as its author saw it takes the new value; one that already
 * holds the new value is done; one that somebody changed to something else is a conflict, never overwritten.
 */
export function funde(
  campos: readonly Campo[],
  actual: Readonly<Record<string, Valor>>,
  cambios: Cambios,
): Fundido {
  const aplica: Record<string, Valor> = {};
  const choques: Choque[] = [];
  for (const campo of campos) {
    const cambio = Object.hasOwn(cambios, campo.campo) ? cambios[campo.campo] : undefined;
    if (cambio === undefined) continue;
    const encontrado = actual[campo.campo] ?? null;
    if (mismoValor(campo, encontrado, cambio.valor)) continue;
    if (mismoValor(campo, encontrado, cambio.base)) aplica[campo.campo] = cambio.valor;
    else choques.push({ campo: campo.campo, base: cambio.base, valor: cambio.valor, encontrado });
  }
  return { aplica, choques };
}
