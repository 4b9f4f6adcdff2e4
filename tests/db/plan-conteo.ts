import { newId } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import type { Escena } from './escena-conteo.ts';

/** A plan of a list of products, blind, for Ana, without tolerances; what a test is about it names itself. */
export function planDe(e: Pick<Escena, 'tienda' | 'ana'>, cambios: Partial<CreaConteo> = {}): CreaConteo {
  return {
    id: newId(),
    nombre: 'Lista',
    almacenId: e.tienda.almacenId,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: [],
    ciego: true,
    reparto: 'repartido',
    contadores: [e.ana.id],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
    ...cambios,
  };
}
