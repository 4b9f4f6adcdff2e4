import { rango } from './detalle.ts';
import { type Donde, filtroDonde } from './donde.ts';
import type { Busqueda } from './use-busqueda.ts';

/** What the URL asks of each measure: of its list and of its file alike. */
export const pideProductos = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  ...rango(b),
  tipo: 'venta' as const,
  orden: 'neto' as const,
  dir: 'desc' as const,
  cursor: null,
});

export const pideMerma = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  ...rango(b),
  por: 'producto' as const,
  cursor: null,
});

export const pideSinConteo = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  dias: Number(b.dias || '0'),
  orden: 'diasSinConteo' as const,
  dir: 'desc' as const,
  cursor: null,
});

export const pideAbc = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  por: 'ventas' as const,
  clase: b.clase === '' ? null : (b.clase as 'A' | 'B' | 'C'),
  xyz: null,
  orden: 'ventaNeta' as const,
  dir: 'desc' as const,
  cursor: null,
});

export const pideCobertura = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  hasta: b.dias === '' ? null : Number(b.dias),
  orden: 'cobertura' as const,
  dir: b.dias === '' ? ('desc' as const) : ('asc' as const),
  cursor: null,
});

export const pideSinVenta = (b: Busqueda, donde: Donde) => ({
  ...filtroDonde(donde),
  dias: Number(b.dias || '90'),
  orden: 'valor' as const,
  dir: 'desc' as const,
  cursor: null,
});
