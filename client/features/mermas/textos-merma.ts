import type { Merma } from '#shared/contracts/mermas.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadNatural, cantidadVista, fechaHoraVista, pesos } from '#shared/formato.ts';

/** "3 piezas dañadas, $30 al costo, están dentro de lo contado." */
export function fraseDanado({ danado, valor }: Merma, unidad: string): string {
  const cuanto = cantidadNatural(toCantidad(danado), unidad);
  const vale = valor === null ? 'sin costo' : `${pesos(toDecimal(valor, DINERO_ESCALA))} al costo`;
  return `${cuanto} con daño (${vale}) están dentro de lo contado y de la existencia.`;
}

/** What the button does, in numbers. */
export function textoPasar({ danado }: Merma): string {
  return `Pasar ${cantidadVista(toCantidad(danado))} a merma`;
}

/** What was decided, and by whom; null while nothing was. */
export function fraseDecidida(
  { decidida, destino }: Merma,
  unidad: string,
  zona: string,
): { titulo: string; detalle: string } | null {
  if (decidida === null) return null;
  const cuanto = cantidadNatural(toCantidad(decidida.cantidad), unidad);
  const quien = `${decidida.por}, ${fechaHoraVista(Date.parse(decidida.en), zona)}`;
  return decidida.decision === 'traspasado'
    ? { titulo: `Se pasó a ${destino ?? 'merma'}: ${cuanto} con daño`, detalle: `${quien}.` }
    : { titulo: `Se dejó aquí: ${cuanto} con daño`, detalle: `${quien}. Motivo: «${decidida.motivo ?? ''}»` };
}
