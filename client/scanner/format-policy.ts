import type { AjustesEscaner, ReglasEscaner } from '#shared/contracts/escaner.ts';
import type { Simbologia } from './scan-event.ts';

/**
 * True when the company's settings let this code count: its symbology is read and its length is one of the allowed.
 * A code whose source does not name a symbology (gun, keyboard) is not the settings' business and passes.
 */
export function permite(
  ajustes: AjustesEscaner,
  { codigo, simbologia }: { codigo: string; simbologia?: Simbologia },
): boolean {
  if (simbologia === undefined) return true;
  const regla = ajustes.simbologias[simbologia];
  if (!regla.lee) return false;
  if (!('minimo' in regla)) return true;
  const largo = codigo.length;
  if (regla.largos.length > 0) return regla.largos.includes(largo);
  return largo >= regla.minimo && largo <= regla.maximo;
}

/** The same lengths with every symbology read: what a picture says, to be told when it is not the company's. */
export function conTodas({ simbologias }: AjustesEscaner): AjustesEscaner {
  const todas = Object.entries(simbologias).map(([nombre, regla]) => [nombre, { ...regla, lee: true }]);
  return { simbologias: Object.fromEntries(todas) as ReglasEscaner };
}
