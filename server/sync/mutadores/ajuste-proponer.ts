import { audita } from '#server/auditoria/auditoria.sql.ts';
import { ADELANTO_MAXIMO_MS } from '#server/transacciones/movimiento.ts';
import { AjusteProponer, type ArgsDe } from '#shared/contracts/mutadores.ts';
import { CANTIDAD_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import { REGISTRA_MOVIMIENTOS } from '#shared/roles.ts';
import { APLICADA } from '../contexto.ts';
import { insertAjustePropuesto, selectHechosPropuesta } from './ajuste-proponer.sql.ts';
import { escribe, esDeTienda, type Mutador } from './mutador.ts';

type Args = ArgsDe<'ajuste.proponer/1'>;

/** An ajuste made by hand by a gerente or admin of the shop. It posts nothing until another person signs it. Audited. */
export const ajusteProponer: Mutador<Args> = {
  name: 'ajuste.proponer/1',
  parse: (value) => AjusteProponer.parse(value),
  async apply(tx, autor, args, meta) {
    const ahora = meta.clock.now();
    if (toDecimal(args.cantidad, CANTIDAD_ESCALA) === 0n) {
      throw new AppError('MOVIMIENTO_INVALIDO', { detalle: 'la cantidad no puede ser 0' });
    }
    const hechos = await selectHechosPropuesta(tx, args);
    if (hechos.igual === true) return APLICADA;
    if (hechos.igual === false) throw new AppError('ID_REPETIDO');
    if (!REGISTRA_MOVIMIENTOS.includes(autor.rol)) throw new AppError('PROHIBIDO');
    if (hechos.tiendaId === null || !esDeTienda(autor, hechos.tiendaId))
      throw new AppError('ALMACEN_DESCONOCIDO');
    if (!hechos.productoExiste) throw new AppError('PRODUCTO_DESCONOCIDO');
    if (Date.parse(args.ocurridaEn) > ahora.getTime() + ADELANTO_MAXIMO_MS)
      throw new AppError('MOVIMIENTO_FUTURO');
    await escribe(tx, autor, meta, () => insertAjustePropuesto(tx, args, autor.id, ahora));
    await audita(tx, {
      id: meta.clock.newId(),
      en: ahora,
      usuarioId: autor.id,
      accion: 'ajuste.propuesto',
      entidad: 'ajuste_propuesto',
      entidadId: args.id,
      tiendaId: hechos.tiendaId,
      datos: { ...args, deviceId: meta.deviceId },
    });
    return APLICADA;
  },
};
