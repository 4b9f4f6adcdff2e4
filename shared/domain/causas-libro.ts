import { cantidadNatural, fechaVista, horaVista } from '../formato.ts';
import { absoluto, type Cantidad } from './decimal.ts';
import type { Zona } from './instante.ts';
import { efectoDe, type Movimiento, type TipoMovimiento } from './ledger.ts';

export interface EvidenciaLibro {
  variacion: Cantidad;
  unidad: string;
  /** Movements near the count, in any order, those of its window left out. */
  cercanos: readonly Movimiento[];
  /** First and last scan, ms. */
  desde: number;
  instante: number;
  /** How far the till or the ERP is known, ms; null = not connected. */
  movimientosHasta: number | null;
  zona: Zona;
}

/** Movements this long before the count may still wait to be delivered, put away or recorded, ms. */
export const CERCANIA_MS = 7 * 86_400_000;

export const NOMBRE_TIPO: Record<TipoMovimiento, string> = {
  inventario: 'un inventario',
  venta: 'una venta',
  compra: 'una compra',
  ajuste: 'un ajuste',
  transferencia: 'una transferencia',
  devolucion: 'una devolución',
};

const CONOCIDO: Record<TipoMovimiento, string> = {
  inventario: 'el inventario',
  venta: 'la venta',
  compra: 'la compra',
  ajuste: 'el ajuste',
  transferencia: 'la transferencia',
  devolucion: 'la devolución',
};

/** "la compra F-221 de 12 piezas (2 mar 2026)". */
function nombrado(m: Movimiento, unidad: string, zona: Zona): string {
  const cuanto = cantidadNatural(absoluto(m.cantidad), unidad);
  const referencia = m.referencia ? ` ${m.referencia}` : '';
  return `${CONOCIDO[m.tipo]}${referencia} de ${cuanto} (${fechaVista(m.ocurridaEn, zona)})`;
}

/**
 * One movement of exactly the missing or spare quantity: recorded and not on the shelf, sold and not handed over,
 * recorded after the count though it had happened before, or one more of the same that nobody recorded. The one nearest
 * to the count speaks.
 */
export function porMovimientoIgual(evidencia: EvidenciaLibro): string[] {
  const { variacion, cercanos, desde, instante, unidad, zona } = evidencia;
  const iguales = (efecto: Cantidad, antes: boolean) =>
    cercanos
      .filter((m) => m.tipo !== 'inventario' && m.tipo !== 'ajuste' && efectoDe(m) === efecto)
      .filter((m) =>
        antes
          ? m.ocurridaEn < desde && desde - m.ocurridaEn <= CERCANIA_MS
          : m.ocurridaEn > instante && m.ocurridaEn - instante <= CERCANIA_MS,
      )
      .sort((a, b) => Math.abs(a.ocurridaEn - instante) - Math.abs(b.ocurridaEn - instante))
      .at(0);
  const causas: string[] = [];
  const despues = iguales(variacion, false);
  if (despues) {
    const verbo = variacion > 0n ? 'ya había llegado' : 'ya había salido';
    causas.push(`Posible: ${nombrado(despues, unidad, zona)} tiene hora posterior y ${verbo} al contar.`);
  }
  const registrado = iguales(-variacion, true);
  if (registrado) {
    causas.push(
      variacion < 0n
        ? `Posible: ${nombrado(registrado, unidad, zona)} está registrada y la mercancía no aparece.`
        : `Posible: ${nombrado(registrado, unidad, zona)} está registrada y falta entregarla.`,
    );
  }
  if (despues === undefined && registrado === undefined) {
    const otra = iguales(variacion, true);
    if (otra) {
      causas.push(`Posible: falta registrar otra igual a ${nombrado(otra, unidad, zona)}.`);
    }
  }
  return causas;
}

/** The till is not known up to the scans: what happened since then is in nobody's book yet. */
export function porCajaAtrasada({ movimientosHasta, instante, variacion, zona }: EvidenciaLibro): string[] {
  if (movimientosHasta === null || movimientosHasta >= instante) return [];
  const que = variacion < 0n ? 'ventas o salidas' : 'entradas o devoluciones';
  const hasta = `${fechaVista(movimientosHasta, zona)}, ${horaVista(movimientosHasta, zona)}`;
  return [`Posible: faltan ${que} por registrar; la caja se conoce hasta ${hasta}.`];
}
