import { type Liga, type Linea, lineasVivas } from './conteo.ts';
import type { Cantidad } from './decimal.ts';
import { expandeJuego, type PartesDe } from './juegos.ts';

/** What arrived late of one product. */
export interface TardiaProducto {
  /** How much the late lines and late voids would change what was counted; signed. */
  unidades: Cantidad;
  lineas: number;
}

export interface Tardias {
  productos: Map<string, TardiaProducto>;
  /** Late lines whose code has no product. */
  sinLigar: number;
  /** All late lines and voids. */
  lineas: number;
}

/**
 * Lines and voids received after their product was decided: after its approval, else after the conteo closed or was
 * cancelled. `limiteDe` gives that instant in ms (of a code without product for null), or null while it is open.
 */
export function tardiasDe(
  lineas: readonly Linea[],
  ligas: readonly Liga[],
  limiteDe: (productoId: string | null) => number | null,
  partesDe: PartesDe = () => null,
): Tardias {
  const porId = new Map(lineas.map((linea) => [linea.id, linea]));
  const anulas = new Map<string, Linea>();
  for (const linea of lineas) {
    if (linea.tipo !== 'anula' || linea.anula === null) continue;
    if (porId.get(linea.anula)?.usuarioId !== linea.usuarioId) continue;
    const previa = anulas.get(linea.anula);
    // The first void to arrive is the one that took the line out.
    if (previa === undefined || (linea.recibidoEn ?? 0) < (previa.recibidoEn ?? 0)) {
      anulas.set(linea.anula, linea);
    }
  }
  const productos = new Map<string, TardiaProducto>();
  const tarde = new Set<string>();
  let sinLigar = 0;
  const todas = lineasVivas(
    lineas.filter(({ tipo }) => tipo !== 'anula'),
    ligas,
  );
  for (const linea of todas.flatMap((viva) => expandeJuego(viva, partesDe))) {
    const limite = limiteDe(linea.productoId);
    if (limite === null) continue;
    const esTarde = ({ recibidoEn }: Linea) => recibidoEn !== null && recibidoEn > limite;
    const anula = anulas.get(linea.id);
    const tardias = [linea, ...(anula === undefined ? [] : [anula])].filter(esTarde);
    if (tardias.length === 0) continue;
    for (const { id } of tardias) tarde.add(id);
    if (linea.productoId === null) {
      sinLigar += 1;
      continue;
    }
    const antes = !esTarde(linea) && (anula === undefined || esTarde(anula)) ? linea.unidades : 0n;
    const despues = anula === undefined ? linea.unidades : 0n;
    const suma = productos.get(linea.productoId) ?? { unidades: 0n, lineas: 0 };
    suma.unidades += despues - antes;
    suma.lineas += tardias.length;
    productos.set(linea.productoId, suma);
  }
  return { productos, sinLigar, lineas: tarde.size };
}
