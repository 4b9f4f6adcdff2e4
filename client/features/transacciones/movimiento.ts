import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { cantidadTexto, parseCantidad } from '#shared/domain/cantidad.ts';
import { COSTO_ESCALA, formatDecimal, parseDecimal } from '#shared/domain/decimal.ts';
import type { Zona } from '#shared/domain/instante.ts';
import { mensajeDe } from '#shared/errores.ts';
import { deCampoLocal } from './zona-hora.ts';

/** The five kinds that people know, and what the ledger calls them. */
export const TIPOS = {
  venta: { nombre: 'Venta', tipo: 'venta', subtipo: null },
  compra: { nombre: 'Compra', tipo: 'compra', subtipo: null },
  de_cliente: { nombre: 'Devolución de cliente', tipo: 'devolucion', subtipo: 'de_cliente' },
  a_proveedor: { nombre: 'Devolución a proveedor', tipo: 'devolucion', subtipo: 'a_proveedor' },
  inventario: { nombre: 'Inventario', tipo: 'inventario', subtipo: null },
} as const;
export type TipoElegido = keyof typeof TIPOS;

export function esTipo(texto: string): texto is TipoElegido {
  return Object.hasOwn(TIPOS, texto);
}

/** The sixth kind: it is no movement yet, because it waits for the signature of another person. */
export const AJUSTE = 'ajuste';
export const EFECTO_AJUSTE = 'Corrige la existencia cuando otra persona lo firme.';

/** Which way an ajuste goes, in the words of the shop floor. */
export const SENTIDOS = [
  { value: 'faltan', label: 'Faltan' },
  { value: 'sobran', label: 'Sobran' },
] as const;
export type Sentido = (typeof SENTIDOS)[number]['value'];

/** What approving it will do to the stock, in one sentence. */
export const EFECTO: Record<TipoElegido, string> = {
  venta: 'Resta de la existencia.',
  compra: 'Suma a la existencia.',
  de_cliente: 'Suma a la existencia.',
  a_proveedor: 'Resta de la existencia.',
  inventario: 'Fija la existencia en esa cantidad a esa hora; lo de antes deja de contar.',
};

export type Borrador = {
  producto: { id: string; decimales: number } | null;
  almacenId: string;
  tipo: string;
  cantidad: string;
  costo: string;
  /** Value of the datetime-local field; null = now, whatever the minute in which it is saved. */
  fechaHora: string | null;
  referencia: string;
  notas: string;
  /** Of an ajuste; '' is not chosen yet. */
  sentido: Sentido | '';
  motivo: string;
};

export type CampoMovimiento =
  | 'producto'
  | 'almacen'
  | 'tipo'
  | 'cantidad'
  | 'costo'
  | 'fechaHora'
  | 'sentido'
  | 'motivo';
export type ErroresMovimiento = Partial<Record<CampoMovimiento, string>>;

type Salida<T> = { ok: true; value: T } | { ok: false; errores: ErroresMovimiento };

/** What every kind asks: product, almacén, quantity, hour. null where a sentence says what is missing. */
function leeComunes(borrador: Borrador, zona: Zona, ahora: number, errores: ErroresMovimiento) {
  const { producto } = borrador;
  if (producto === null) errores.producto = 'Falta el producto. Búscalo y elígelo de la lista.';
  if (borrador.almacenId === '') errores.almacen = 'Falta el almacén. Elige uno.';

  const decimales = (producto?.decimales ?? 0) as 0 | 1 | 2 | 3;
  const cantidad = parseCantidad(borrador.cantidad, { decimales });
  if (borrador.cantidad.trim() === '') errores.cantidad = 'Falta la cantidad.';
  else if (!cantidad.ok) errores.cantidad = mensajeDe(cantidad.code);
  else if (cantidad.value === 0n && borrador.tipo !== 'inventario') {
    errores.cantidad =
      borrador.tipo === AJUSTE
        ? 'La cantidad es cero: no hay nada que ajustar.'
        : 'La cantidad es cero. Solo un inventario puede ser de cero.';
  }

  const ms = borrador.fechaHora === null ? ahora : deCampoLocal(borrador.fechaHora, zona);
  if (ms === null) errores.fechaHora = 'Falta la fecha y hora.';
  else if (ms > ahora) errores.fechaHora = 'Esa hora todavía no llega. Pon la hora en que pasó.';
  return { producto, cantidad: cantidad.ok ? cantidad.value : null, ms };
}

/** The mutation's arguments without its id, or one sentence a field. `ahora` in ms, `zona` of the shop. */
export function validaMovimiento(
  borrador: Borrador,
  zona: Zona,
  ahora: number,
): Salida<Omit<ArgsDe<'transaccion.crear/1'>, 'id'>> {
  const errores: ErroresMovimiento = {};
  const { producto, cantidad, ms } = leeComunes(borrador, zona, ahora, errores);
  if (!esTipo(borrador.tipo)) errores.tipo = 'Falta el tipo. Elige qué pasó.';
  const conCosto = borrador.tipo === 'compra' && borrador.costo.trim() !== '';
  const costo = conCosto ? parseDecimal(borrador.costo.trim().replace(/\.$/, ''), COSTO_ESCALA) : null;
  if (costo !== null && !costo.ok) errores.costo = 'Ese costo no se entiende. Escribe pesos, con punto.';

  if (Object.keys(errores).length > 0 || cantidad === null || producto === null || ms === null) {
    return { ok: false, errores };
  }
  const { tipo, subtipo } = TIPOS[borrador.tipo as TipoElegido];
  return {
    ok: true,
    value: {
      productoId: producto.id,
      almacenId: borrador.almacenId,
      tipo,
      subtipo,
      cantidad: cantidadTexto(cantidad),
      precio: null,
      costoUnitario: costo?.ok ? formatDecimal(costo.value, COSTO_ESCALA) : null,
      ocurridaEn: new Date(ms).toISOString(),
      referencia: borrador.referencia.trim() || null,
      notas: borrador.notas.trim() || null,
    },
  };
}

/** The same for an ajuste by hand: its quantity is signed by `sentido`, and it says why. */
export function validaAjuste(
  borrador: Borrador,
  zona: Zona,
  ahora: number,
): Salida<Omit<ArgsDe<'ajuste.proponer/1'>, 'id'>> {
  const errores: ErroresMovimiento = {};
  const { producto, cantidad, ms } = leeComunes(borrador, zona, ahora, errores);
  if (borrador.sentido === '') errores.sentido = 'Di si faltan o sobran.';
  const motivo = borrador.motivo.trim();
  if (motivo === '') errores.motivo = 'Escribe qué pasó: quien firme decide con esto.';
  if (Object.keys(errores).length > 0 || cantidad === null || producto === null || ms === null) {
    return { ok: false, errores };
  }
  return {
    ok: true,
    value: {
      productoId: producto.id,
      almacenId: borrador.almacenId,
      cantidad: cantidadTexto(borrador.sentido === 'faltan' ? -cantidad : cantidad),
      motivo,
      ocurridaEn: new Date(ms).toISOString(),
    },
  };
}
