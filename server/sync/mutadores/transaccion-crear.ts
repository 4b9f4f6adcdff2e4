import { audita } from '#server/auditoria/auditoria.sql.ts';
import { type ArgsDe, TransaccionManual } from '#shared/contracts/mutadores.ts';
import {
  CANTIDAD_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  multiplica,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import { REGISTRA_MOVIMIENTOS } from '#shared/roles.ts';
import { APLICADA } from '../contexto.ts';
import { escribe, esDeTienda, type Mutador } from './mutador.ts';
import { insertMovimiento, type MovimientoNuevo, selectHechosMovimiento } from './transaccion-crear.sql.ts';

type Args = ArgsDe<'transaccion.crear/1'>;

/** The hour is typed by a person, so a clock that runs ahead a little is no lie. */
const HOLGURA_FUTURA_MS = 2 * 60_000;

function defecto(args: Args): string | null {
  const cantidad = toDecimal(args.cantidad, CANTIDAD_ESCALA);
  if (cantidad < 0n) return 'la cantidad es negativa';
  if (cantidad === 0n && args.tipo !== 'inventario') return 'la cantidad es cero';
  if (args.precio !== null && toDecimal(args.precio, DINERO_ESCALA) < 0n) return 'el precio es negativo';
  if (args.costoUnitario?.startsWith('-')) return 'el costo es negativo';
  if ((args.tipo === 'devolucion') !== (args.subtipo !== null)) {
    return 'solo una devolución dice de quién o a quién, y siempre lo dice';
  }
  return null;
}

function total(args: Args): string | null {
  if (args.precio === null) return null;
  const cantidad = toDecimal(args.cantidad, CANTIDAD_ESCALA);
  const precio = toDecimal(args.precio, DINERO_ESCALA);
  return formatDecimal(
    multiplica(cantidad, CANTIDAD_ESCALA, precio, DINERO_ESCALA, DINERO_ESCALA),
    DINERO_ESCALA,
  );
}

/** A movement registered by hand, with its hour in the world, by a gerente or admin of the shop. Audited. */
export const transaccionCrear: Mutador<Args> = {
  name: 'transaccion.crear/1',
  parse: (value) => TransaccionManual.parse(value),
  async apply(tx, autor, args, meta) {
    const detalle = defecto(args);
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
      total: total(args),
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
    if (Date.parse(args.ocurridaEn) > ahora.getTime() + HOLGURA_FUTURA_MS)
      throw new AppError('MOVIMIENTO_FUTURO');
    await escribe(tx, autor, meta, () => insertMovimiento(tx, movimiento));
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
