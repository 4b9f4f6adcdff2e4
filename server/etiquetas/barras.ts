import bwipjs from 'bwip-js/node';
import type { Simbolo } from '#shared/domain/etiqueta.ts';

const NOMBRES: Readonly<Record<Exclude<Simbolo, 'qr'>, string>> = {
  ean13: 'ean13',
  ean8: 'ean8',
  upca: 'upca',
  itf14: 'itf14',
  code128: 'code128',
};

/**
 * Widths in modules of bars and spaces by turns, beginning with a bar, without quiet zones. Throws for a code that the
 * symbology cannot hold (`simboloDe` gives none such).
 */
export function anchosDeBarras(simbolo: Exclude<Simbolo, 'qr'>, codigo: string): number[] {
  const [dibujo] = bwipjs.raw(NOMBRES[simbolo], codigo, {});
  if (dibujo === undefined || !('sbs' in dibujo)) throw new Error(`no bars for ${simbolo} «${codigo}»`);
  const anchos = [...dibujo.sbs];
  // GS1 asks for wide bars of at least 2.25 modules; 3 keeps every bar on whole dots.
  return simbolo === 'itf14' ? anchos.map((ancho) => (ancho === 2 ? 3 : ancho)) : anchos;
}
