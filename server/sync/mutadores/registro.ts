import type { NombreMutador } from '#shared/contracts/mutadores.ts';
import { ajusteProponer } from './ajuste-proponer.ts';
import { conteoFoto } from './conteo-foto.ts';
import { conteoLibre } from './conteo-libre.ts';
import { conteoLiga } from './conteo-liga.ts';
import { conteoLinea } from './conteo-linea.ts';
import { conteoNota } from './conteo-nota.ts';
import { conteoParte } from './conteo-parte.ts';
import type { Mutador } from './mutador.ts';
import { productoParche } from './producto-parche.ts';
import { transaccionCrear } from './transaccion-crear.ts';

/** Any mutator; its `apply` takes what its own `parse` returned. */
export type MutadorAlgo = Mutador<unknown>;

/** Every mutator of the contract, by name. An old name stays at least 12 months after its successor. */
const REGISTRO: Readonly<Record<NombreMutador, MutadorAlgo>> = {
  'conteo.libre/1': conteoLibre,
  'conteo.linea/1': conteoLinea,
  'conteo.parte/1': conteoParte,
  'conteo.liga/1': conteoLiga,
  'conteo.foto/1': conteoFoto,
  'conteo.nota/1': conteoNota,
  'transaccion.crear/1': transaccionCrear,
  'ajuste.proponer/1': ajusteProponer,
  'producto.parche/1': productoParche,
};

/** Undefined for a name that this version of the server does not know yet. */
export function mutadorDe(name: string): MutadorAlgo | undefined {
  return Object.hasOwn(REGISTRO, name) ? REGISTRO[name as NombreMutador] : undefined;
}

export const NOMBRES_CONOCIDOS: readonly string[] = Object.keys(REGISTRO);
