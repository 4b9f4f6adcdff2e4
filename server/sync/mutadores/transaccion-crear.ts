import { audita } from '#server/auditoria/auditoria.sql.ts';
import { findBasesAntesDeAprobado } from '#server/transacciones/base-anterior.sql.ts';
import { ADELANTO_MAXIMO_MS, defectoDe, totalDe } from '#server/transacciones/movimiento.ts';
import { type ArgsDe, TransaccionManual } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { REGISTRA_MOVIMIENTOS } from '#shared/roles.ts';
import { APLICADA } from '../contexto.ts';
import { escribe, esDeTienda, type Mutador } from './mutador.ts';
import { insertMovimiento, type MovimientoNuevo, selectHechosMovimiento } from './transaccion-crear.sql.ts';

type Args = ArgsDe<'transaccion.crear/1'>;

/** A movement registered by hand, with its hour in the world, by a gerente or admin of the shop. Audited. */
export const transaccionCrear: Mutador<Args> = {
  name: 'transaccion.crear/1',
  parse: (value) => TransaccionManual.parse(value),
  async apply(tx, autor, args, meta) {
    const detalle = defectoDe(args);
    if (detalle !== null) throw new AppError('MOVIMIENTO_INVALIDO', { detalle });
    const ahora = meta.clock.now();
    const movimiento: MovimientoNuevo = {
      id: args.id,
      productoId: args.productoId,
      almacenId: args.almacenId,
      tipo: args.tipo,
      subtipo: args.subtipo,
      cantidad: args.cantidad,
      precio: args.precio,
      costoUnitario: args.costoUnitario,
      total: totalDe(args),
      ocurridaEn: args.ocurridaEn,
      referencia: args.referencia,
      notas: args.notas,
      userId: autor.id,
      createdAt: ahora,
    };
    const hechos = await selectHechosMovimiento(tx, movimiento);
    if (hechos.igual === true) return APLICADA;
    if (hechos.igual === false) throw new AppError('ID_REPETIDO');
    if (!REGISTRA_MOVIMIENTOS.includes(autor.rol)) throw new AppError('PROHIBIDO');
    if (hechos.tiendaId === null || !esDeTienda(autor, hechos.tiendaId))
      throw new AppError('ALMACEN_DESCONOCIDO');
    if (!hechos.productoExiste) throw new AppError('PRODUCTO_DESCONOCIDO');
    // What moved goes on to the product that stayed; a base of one half says nothing of the whole.
    if (args.tipo === 'inventario' && hechos.fusionadoCodigo !== null)
      throw new AppError('PRODUCTO_FUSIONADO', { codigo: hechos.fusionadoCodigo });
    if (Date.parse(args.ocurridaEn) > ahora.getTime() + ADELANTO_MAXIMO_MS)
      throw new AppError('MOVIMIENTO_FUTURO');
    await escribe(tx, autor, meta, () => insertMovimiento(tx, movimiento));
    // After the insert, which waits for an approval that is under way: what it signed is seen here.
    const contra = await findBasesAntesDeAprobado(tx, [
      {
        id: movimiento.id,
        producto_id: movimiento.productoId,
        almacen_id: movimiento.almacenId,
        tipo: movimiento.tipo,
        ocurrida_en: movimiento.ocurridaEn,
      },
    ]);
    if (contra.length > 0) throw new AppError('BASE_ANTES_DE_APROBADO', { codigos: contra.join(', ') });
    await audita(tx, {
      id: meta.clock.newId(),
      en: ahora,
      usuarioId: autor.id,
      accion: 'transaccion.creada',
      entidad: 'transaccion',
      entidadId: args.id,
      tiendaId: hechos.tiendaId,
      datos: {
        productoId: args.productoId,
        almacenId: args.almacenId,
        tipo: args.tipo,
        subtipo: args.subtipo,
        cantidad: args.cantidad,
        ocurridaEn: args.ocurridaEn,
        deviceId: meta.deviceId,
      },
    });
    return APLICADA;
  },
};
