import type { FilaProducto } from '#client/offline/index.ts';
import { plural } from '#shared/formato.ts';

type Contable = Pick<FilaProducto, 'id' | 'nombre' | 'esServicio' | 'esJuego' | 'partes'>;

const partesDe = ({ esJuego, partes }: Contable) => (esJuego ? (partes ?? []) : []);

/** Why this product has no pieces of its own to count; null when it is counted, as itself or by its parts. */
export function noSeCuenta(producto: Contable): string | null {
  if (producto.esServicio) return `${producto.nombre} es un servicio: no se cuenta.`;
  if (producto.esJuego && partesDe(producto).length === 0)
    return `${producto.nombre} es un juego: cuenta sus partes por separado.`;
  return null;
}

/** What to say after a reading was kept: that a kit counts its parts, and that the conteo did not ask for it. */
export function avisoDeContado(producto: Contable, alcance: readonly string[] | null): string | null {
  const partes = partesDe(producto);
  const ids = partes.length > 0 ? partes.map((parte) => parte.productoId) : [producto.id];
  const fuera = alcance !== null && ![producto.id, ...ids].some((id) => alcance.includes(id));
  const dicho = [
    partes.length > 0 ? `Juego: cuenta por ${plural(partes.length, 'parte', 'partes')}.` : null,
    fuera ? 'Fuera de la lista de este conteo; se cuenta igual.' : null,
  ].filter((frase) => frase !== null);
  return dicho.length === 0 ? null : dicho.join(' ');
}
