import type { CreaConteo } from '#shared/contracts/conteos.ts';
import type { Propuesta } from '#shared/contracts/planeacion.ts';

/** Changes of a person to the proposal: what they took out of what fits, and what they added from what follows. */
export interface Cambios {
  readonly fuera: ReadonlySet<string>;
  readonly dentro: ReadonlySet<string>;
}
export const SIN_CAMBIOS: Cambios = { fuera: new Set(), dentro: new Set() };

/** The products of the list as the person left it, in the proposal's order. */
export function elegidos({ renglones, caben }: Propuesta, { fuera, dentro }: Cambios): string[] {
  return renglones
    .filter(({ productoId }, i) => (i < caben ? !fuera.has(productoId) : dentro.has(productoId)))
    .map(({ productoId }) => productoId);
}

/** Takes a product out or in. */
export function alterna(cambios: Cambios, productoId: string, cabe: boolean, entra: boolean): Cambios {
  const con = (de: ReadonlySet<string>, esta: boolean) => {
    const nuevo = new Set(de);
    if (esta) nuevo.add(productoId);
    else nuevo.delete(productoId);
    return nuevo;
  };
  return cabe
    ? { ...cambios, fuera: con(cambios.fuera, !entra) }
    : { ...cambios, dentro: con(cambios.dentro, entra) };
}

/** The list as a blind conteo: products and a day's name, nothing of scores or reasons. */
export function conteoDe(
  id: string,
  almacenId: string,
  propuesta: Propuesta,
  productoIds: readonly string[],
  contadores: readonly string[],
): CreaConteo {
  return {
    id,
    nombre: propuesta.nombre,
    almacenId,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: [...productoIds],
    ciego: true,
    reparto: 'repartido',
    contadores: [...contadores],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
  };
}

/** Minutes that a list takes at a pace, a line a bin; at least one. */
export function minutosDe({ renglones, lineasPorHora }: Propuesta, ids: readonly string[]): number {
  const dentro = new Set(ids);
  const lineas = renglones
    .filter(({ productoId }) => dentro.has(productoId))
    .reduce((n, { ubicaciones }) => n + Math.max(1, ubicaciones.length), 0);
  return lineas === 0 ? 0 : Math.max(1, Math.round((lineas * 60) / lineasPorHora));
}
