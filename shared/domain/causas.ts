import { cantidadNatural, horaVista, plural } from '../formato.ts';
import { UNA_UNIDAD } from './cantidad.ts';
import { type EvidenciaLibro, NOMBRE_TIPO, porCajaAtrasada, porMovimientoIgual } from './causas-libro.ts';
import {
  type EvidenciaLineas,
  porDigitos,
  porEtiqueta,
  porFactorCambiado,
  porUbicacion,
} from './causas-lineas.ts';
import { absoluto, type Cantidad } from './decimal.ts';
import type { Movimiento } from './ledger.ts';

/** Another product of the same conteo, with its variance. */
export interface Gemelo {
  codigo: string;
  nombre: string;
  variacion: Cantidad;
}

export interface EntradaCausas extends EvidenciaLineas, EvidenciaLibro {
  /** Proven variance, or counted minus expected where movements of the window leave it unproven. */
  variacion: Cantidad;
  teorico: Cantidad | null;
  /** Factors above one of the product's codes (cartons, packs), with the name of the pack: "caja de 12". */
  factores: readonly { factor: Cantidad; nombre: string }[];
  /** Movements that may lie on either side of the scans. */
  movimientosVentana: readonly Movimiento[];
  /** Products that are easily taken for this one. */
  gemelos: readonly Gemelo[];
  /** Units sent to this almacén and not received yet. */
  enTransito: Cantidad;
}

/** Movements of the window that are named one by one. */
const MOVIMIENTOS_MAX = 3;

/** More causes than these explain nothing. */
const CAUSAS_MAX = 6;

/**
 * First causes of a variance, as possibilities with their evidence ("Posible: …"), likeliest first: what one thing
 * explains to the piece, then what may have happened meanwhile, then where to look.
 */
export function causasDe(entrada: EntradaCausas): string[] {
  if (entrada.variacion === 0n) return [];
  return [
    ...porNegativo(entrada),
    ...porGemelos(entrada),
    ...porDigitos(entrada),
    ...porMovimientoIgual(entrada),
    ...porFactorCambiado(entrada),
    ...porEtiqueta(entrada),
    ...porMovimientos(entrada),
    ...porTransito(entrada),
    ...porEmpaque(entrada),
    ...porUbicacion(entrada),
    ...porCajaAtrasada(entrada),
  ].slice(0, CAUSAS_MAX);
}

function porNegativo({ teorico, unidad }: EntradaCausas): string[] {
  if (teorico === null || teorico >= 0n) return [];
  return [`Posible: falta registrar una entrada; el teórico es ${cantidadNatural(teorico, unidad)}.`];
}

function porGemelos({ gemelos, variacion, unidad }: EntradaCausas): string[] {
  return gemelos
    .filter((gemelo) => gemelo.variacion === -variacion)
    .map((gemelo) => {
      const verbo = gemelo.variacion > 0n ? 'le sobran' : 'le faltan';
      const piezas = cantidadNatural(absoluto(variacion), unidad);
      return `Posible: se confundió con ${gemelo.codigo} ${gemelo.nombre}, al que ${verbo} ${piezas}.`;
    });
}

function porMovimientos({ movimientosVentana, unidad, zona }: EntradaCausas): string[] {
  const frases = movimientosVentana.slice(0, MOVIMIENTOS_MAX).map((m) => {
    const cuando = m.precision === 'instante' ? `a las ${horaVista(m.ocurridaEn, zona)}` : 'sin hora';
    const cuanto = cantidadNatural(absoluto(m.cantidad), unidad);
    const referencia = m.referencia ? ` ${m.referencia}` : '';
    return `Posible: ${NOMBRE_TIPO[m.tipo]}${referencia} de ${cuanto} ${cuando}, durante el conteo.`;
  });
  const resto = movimientosVentana.length - frases.length;
  if (resto > 0) frases.push(`Posible: ${plural(resto, 'movimiento', 'movimientos')} más durante el conteo.`);
  return frases;
}

function porTransito({ enTransito, variacion, unidad }: EntradaCausas): string[] {
  if (enTransito <= 0n) return [];
  const cuanto = cantidadNatural(enTransito, unidad);
  return variacion > 0n
    ? [`Posible: ya llegó el traspaso en camino (${cuanto}) y falta recibirlo.`]
    : [`Posible: hay ${cuanto} en tránsito hacia este almacén.`];
}

/**
 * A variance of whole packs: packs left out or counted twice. Or of whole (pack − 1): packs taken for one piece, or pieces
 * for a pack. Packs under 4 explain almost any difference of the second kind, so they are not named there.
 */
function porEmpaque({ factores, variacion, unidad }: EntradaCausas): string[] {
  const medida = absoluto(variacion);
  const empaques = factores
    .filter(({ factor }) => factor > UNA_UNIDAD)
    .sort((a, b) => (a.factor > b.factor ? -1 : 1));
  const enteros = empaques.find(({ factor }) => medida % factor === 0n);
  if (enteros) {
    const verbo = variacion < 0n ? 'falta contar' : 'se contó de más';
    return [`Posible: ${verbo} ${veces(medida / enteros.factor, enteros.nombre)}.`];
  }
  const cambiados = empaques.find(
    ({ factor }) => factor >= 4n * UNA_UNIDAD && medida % (factor - UNA_UNIDAD) === 0n,
  );
  if (!cambiados) return [];
  const cuantos = veces(medida / (cambiados.factor - UNA_UNIDAD), cambiados.nombre);
  const una = cantidadNatural(UNA_UNIDAD, unidad);
  return variacion < 0n
    ? [`Posible: ${cuantos} se contó como ${una}.`]
    : [`Posible: ${una} se contó como ${cuantos}.`];
}

function veces(cuantas: bigint, nombre: string): string {
  return `${cuantas} × ${nombre}`;
}
