import {
  CANTIDAD_ESCALA,
  type Cantidad,
  type Centavos,
  DINERO_ESCALA,
  formatDecimal,
} from './domain/decimal.ts';
import { desfaseDeZona, fechaLocal, type Zona } from './domain/instante.ts';

/** The typographic minus: as wide as a digit, so columns stay straight. */
export const MENOS = '−';

/** Plural of each unit that has a common name; keys as stored, without accents, in capitals. */
const UNIDADES: Record<string, readonly [singular: string, plural: string]> = {
  PZA: ['pieza', 'piezas'],
  PZ: ['pieza', 'piezas'],
  PIEZA: ['pieza', 'piezas'],
  JGO: ['juego', 'juegos'],
  JUEGO: ['juego', 'juegos'],
  PAR: ['par', 'pares'],
  CAJA: ['caja', 'cajas'],
  CJA: ['caja', 'cajas'],
  PAQ: ['paquete', 'paquetes'],
  PAQUETE: ['paquete', 'paquetes'],
  BOTE: ['bote', 'botes'],
  LATA: ['lata', 'latas'],
  BOLSA: ['bolsa', 'bolsas'],
  ROLLO: ['rollo', 'rollos'],
  KIT: ['kit', 'kits'],
  CUB: ['cubeta', 'cubetas'],
  CUBETA: ['cubeta', 'cubetas'],
  GAL: ['galón', 'galones'],
  SERV: ['servicio', 'servicios'],
  M: ['m', 'm'],
  MT: ['m', 'm'],
  MTS: ['m', 'm'],
  METRO: ['m', 'm'],
  CM: ['cm', 'cm'],
  KG: ['kg', 'kg'],
  KGS: ['kg', 'kg'],
  KILO: ['kg', 'kg'],
  G: ['g', 'g'],
  GR: ['g', 'g'],
  L: ['L', 'L'],
  LT: ['L', 'L'],
  LTS: ['L', 'L'],
  LITRO: ['L', 'L'],
  ML: ['ml', 'ml'],
};

function conMiles(texto: string): string {
  const [entero, fraccion] = texto.replace('-', '').split('.') as [string, string | undefined];
  const grupos = entero.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${texto.startsWith('-') ? MENOS : ''}${grupos}${fraccion === undefined ? '' : `.${fraccion}`}`;
}

/** `1,234.5`, `−3`, `0`. With `signo`, a positive one says so: `+3`. */
export function cantidadVista(cantidad: Cantidad, opts: { signo?: boolean } = {}): string {
  const texto = conMiles(formatDecimal(cantidad, CANTIDAD_ESCALA));
  return opts.signo && cantidad > 0n ? `+${texto}` : texto;
}

/** Spanish plural of a written-out unit; an abbreviation (three letters or fewer) has none. */
function enPlural(nombre: string): string {
  if (nombre.length <= 3 || /[^a-záéíóúüñ]|s$/.test(nombre)) return nombre;
  return `${nombre}${/[aeiouáéíóúü]$/.test(nombre) ? 's' : 'es'}`;
}

/** Name of a unit for a quantity: `pieza` for exactly 1, `piezas` for the rest; an unknown unit in lower case. */
export function nombreUnidad(unidad: string, cantidad: Cantidad): string {
  const clave = unidad
    .normalize('NFD')
    .replace(/[\u0300-\u036f.\s]/g, '')
    .toUpperCase();
  const [singular, plural] = UNIDADES[clave] ?? [unidad.toLowerCase(), enPlural(unidad.toLowerCase())];
  return cantidad === 100_000n || cantidad === -100_000n ? singular : plural;
}

/** `26 juegos`, `1 pieza`, `2.5 m`. */
export function cantidadNatural(cantidad: Cantidad, unidad: string): string {
  return `${cantidadVista(cantidad)} ${nombreUnidad(unidad, cantidad)}`;
}

/** `−$1,840` or `$18.40`: centavos only when there are some, unless `centavos` asks for them always. */
export function pesos(centavos: Centavos, opts: { centavos?: boolean; signo?: boolean } = {}): string {
  const entero = centavos % 100n === 0n && !opts.centavos;
  const texto = formatDecimal(centavos, DINERO_ESCALA, { minDecimales: entero ? 0 : 2 });
  const abs = conMiles(texto.replace('-', ''));
  const signo = centavos < 0n ? MENOS : opts.signo && centavos > 0n ? '+' : '';
  return `${signo}$${abs}`;
}

/** `3.5 %` from hundredths of a percent. */
export function porcentaje(centesimas: bigint): string {
  return `${conMiles(formatDecimal(centesimas, 2))} %`;
}

const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'] as const;

/** `2 mar 2026` of an instant in its zone. */
export function fechaVista(ms: number, zona: Zona): string {
  const [anio, mes, dia] = fechaLocal(ms, zona).split('-').map(Number) as [number, number, number];
  return `${dia} ${MESES[mes - 1]} ${anio}`;
}

/** `2 mar 2026` of a day without an hour, as a package's expiry. */
export function diaVisto(iso: string): string {
  const [anio, mes, dia] = iso.split('-').map(Number) as [number, number, number];
  return `${dia} ${MESES[mes - 1]} ${anio}`;
}

/** `10:05`, 24 hours. */
export function horaVista(ms: number, zona: Zona): string {
  return new Date(ms + desfaseDeZona(ms, zona) * 60_000).toISOString().slice(11, 16);
}

/** `2 mar 2026, 10:05`; only the hour when `ahora` is on the same local day. */
export function fechaHoraVista(ms: number, zona: Zona, ahora?: number): string {
  const hora = horaVista(ms, zona);
  if (ahora !== undefined && fechaLocal(ms, zona) === fechaLocal(ahora, zona)) return hora;
  return `${fechaVista(ms, zona)}, ${hora}`;
}

/** `1,234` of a whole number. */
export function cuenta(cuantos: number): string {
  return conMiles(String(cuantos));
}

/** `3 líneas`, `1 línea`. */
export function plural(cuantos: number, singular: string, varios: string): string {
  return `${cuenta(cuantos)} ${cuantos === 1 ? singular : varios}`;
}

/** `Ana`, `Ana y Luis`, `Ana, Luis y Eva` (with `e` before an i sound). */
export function listaNatural(nombres: readonly string[]): string {
  if (nombres.length < 2) return nombres[0] ?? '';
  const ultimo = nombres.at(-1)!;
  const y = /^(?:[ií]|h[ií](?!e))/i.test(ultimo) ? 'e' : 'y';
  return `${nombres.slice(0, -1).join(', ')} ${y} ${ultimo}`;
}
