import { type ArgsDe, ConteoLiga } from '#shared/contracts/mutadores.ts';
import { CANTIDAD_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { APLICADA } from '../contexto.ts';
import { selectConteo, sujetaConteos } from './conteo.sql.ts';
import { insertLiga, type LigaNueva, selectHechosLiga } from './conteo-liga.sql.ts';
import { escribe, esDeTienda, instanteServidor, type Mutador, noPuedeContar, recibidoEn } from './mutador.ts';

/**
 * What an unknown code of a line is. A contador proposes; a gerente or admin of the shop decides. The last row wins, and
 * none is taken once the product or the conteo is decided. The line itself may arrive later, from another phone.
 */
export const conteoLiga: Mutador<ArgsDe<'conteo.liga/1'>> = {
  name: 'conteo.liga/1',
  parse: (value) => ConteoLiga.parse(value),
  async apply(tx, autor, args, meta) {
    await sujetaConteos(tx, [args.conteoId]);
    const liga: LigaNueva = {
      id: args.id,
      lineaId: args.lineaId,
      conteoId: args.conteoId,
      estado: args.estado,
      productoId: args.productoId,
      factor: args.factor,
      motivo: args.motivo,
      por: autor.id,
      en: instanteServidor(args.en, meta),
      recibidoEn: recibidoEn(meta),
    };
    const hechos = await selectHechosLiga(tx, liga);
    if (hechos.igual === true) return APLICADA;
    if (hechos.igual === false) throw new AppError('ID_REPETIDO');
    const conteo = await selectConteo(tx, args.conteoId, autor.id, null);
    if (conteo === undefined) throw new AppError('CONTEO_DESCONOCIDO');
    const decide = PLANEA_CONTEOS.includes(autor.rol) && esDeTienda(autor, conteo.tiendaId);
    if (!decide && args.estado !== 'propuesta') throw new AppError('PROHIBIDO');
    const fuera = decide ? null : noPuedeContar(autor, conteo);
    if (fuera !== null) throw fuera;
    if (!hechos.productoExiste) throw new AppError('PRODUCTO_DESCONOCIDO');
    if (hechos.lineaConteo !== null && hechos.lineaConteo !== args.conteoId) {
      throw new AppError('MUTACION_INVALIDA', { detalle: 'la línea es de otro conteo' });
    }
    const lleva = args.estado === 'propuesta' || args.estado === 'ligada';
    if (lleva && args.productoId === null)
      throw new AppError('MUTACION_INVALIDA', { detalle: 'falta el producto' });
    if (args.factor !== null && toDecimal(args.factor, CANTIDAD_ESCALA) <= 0n) {
      throw new AppError('MUTACION_INVALIDA', { detalle: 'el factor no es mayor que cero' });
    }
    if (hechos.aprobado || conteo.estado === 'cerrado' || conteo.estado === 'cancelado') {
      throw new AppError('LIGA_TARDIA');
    }
    await escribe(tx, autor, meta, () => insertLiga(tx, liga));
    return APLICADA;
  },
};
