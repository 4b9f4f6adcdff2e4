import { type ArgsDe, ConteoLibre } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { CUENTA, VE_EXISTENCIAS } from '#shared/roles.ts';
import { APLICADA } from '../contexto.ts';
import {
  esMismoConteoLibre,
  insertConteoLibre,
  insertPrimerIntento,
  selectAlmacen,
} from './conteo-libre.sql.ts';
import { escribe, esDeTienda, instanteServidor, type Mutador } from './mutador.ts';

/**
 * A conteo begun on a phone, maybe without signal. Its author is its only contador. It is blind exactly when its author
 * may not see the stock: who sees it cannot count blind, and who doesn't must.
 */
export const conteoLibre: Mutador<ArgsDe<'conteo.libre/1'>> = {
  name: 'conteo.libre/1',
  parse: (value) => ConteoLibre.parse(value),
  async apply(tx, autor, args, meta) {
    const mismo = await esMismoConteoLibre(tx, { id: args.id, almacenId: args.almacenId, autorId: autor.id });
    if (mismo === true) return APLICADA;
    if (mismo === false) throw new AppError('ID_REPETIDO');
    if (!CUENTA.includes(autor.rol)) throw new AppError('PROHIBIDO');
    const almacen = await selectAlmacen(tx, args.almacenId);
    if (almacen === undefined || !esDeTienda(autor, almacen.tiendaId))
      throw new AppError('ALMACEN_DESCONOCIDO');
    await escribe(tx, autor, meta, async () => {
      await insertConteoLibre(tx, {
        id: args.id,
        almacenId: args.almacenId,
        nombre: args.nombre,
        ciego: !VE_EXISTENCIAS.includes(autor.rol),
        abiertoEn: instanteServidor(args.abiertoEn, meta),
        autorId: autor.id,
        autorNombre: autor.nombre,
      });
    });
    await insertPrimerIntento(tx, args.id);
    return APLICADA;
  },
};
