/** Where the rows behind a figure are: a screen and its filters, all of it in the URL. */
export interface Destino {
  to: string;
  search: Record<string, string>;
}

type Donde = { tienda: string };

const conTienda = ({ tienda }: Donde): Record<string, string> => (tienda === '' ? {} : { tienda });
const aDetalle = (ver: string, donde: Donde, search: Record<string, string> = {}): Destino => ({
  to: '/tablero',
  search: { ver, ...conTienda(donde), ...search },
});

export const aVentas = (donde: Donde, desde: string, hasta: string): Destino =>
  aDetalle('ventas', donde, { desde, hasta });
export const aResultados = (donde: Donde, desde: string, hasta: string, zona?: string): Destino =>
  aDetalle('resultados', donde, { desde, hasta, ...(zona === undefined ? {} : { zona }) });
export const aMerma = (donde: Donde, desde: string, hasta: string): Destino =>
  aDetalle('merma', donde, { desde, hasta });
export const aSinConteo = (donde: Donde, dias: string): Destino => aDetalle('sin_conteo', donde, { dias });
export const aAbc = (donde: Donde, clase: string): Destino => aDetalle('abc', donde, { clase });
export const aCobertura = (donde: Donde, hasta: string): Destino =>
  aDetalle('cobertura', donde, { dias: hasta });
export const aValuadas = (al: string): Destino => ({ to: '/existencias/valuadas', search: { al } });
export const aSinVenta = (donde: Donde, dias: string): Destino => aDetalle('sin_venta', donde, { dias });

export const A_IMPORTAR: Destino = { to: '/importar', search: {} };
