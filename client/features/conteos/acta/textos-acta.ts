import type { ActaVerificada, ResumenActa } from '#shared/contracts/acta.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, fechaHoraVista, pesos, plural } from '#shared/formato.ts';

/** What the QR of a printed acta says: huella, number of lines and cut. null: it says nothing, or nothing whole. */
export interface Impresa {
  hash: string;
  lineas: number | undefined;
  corte: string | undefined;
}

/** Reads `h`, `n` and `t` of the address. `'mal'`: there is an `h` that is no huella. */
export function impresaDe(search: Record<string, unknown>): Impresa | 'mal' | null {
  if (search.h === undefined) return null;
  const hash = String(search.h).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash)) return 'mal';
  const entero = (valor: unknown) => {
    const numero = Number(valor);
    return valor !== undefined && Number.isSafeInteger(numero) && numero >= 0 ? numero : undefined;
  };
  const t = entero(search.t);
  return {
    hash,
    lineas: entero(search.n),
    // Past what a Date can hold there is no instant.
    corte: t === undefined || t > 8.64e15 ? undefined : new Date(t).toISOString(),
  };
}

/** What differs, in a sentence. */
export function fraseVerificada(v: ActaVerificada, zona: string): string {
  const hasta = fechaHoraVista(Date.parse(v.corte), zona);
  const despues =
    v.despues === 0
      ? ''
      : ` Después ${v.despues === 1 ? 'llegó' : 'llegaron'} ${plural(v.despues, 'línea', 'líneas')}: no ${v.despues === 1 ? 'cambia' : 'cambian'} esta acta.`;
  if (v.coincide) {
    return `Las ${plural(v.lineas, 'línea guardada', 'líneas guardadas')} hasta ${hasta} son las del acta impresa.${despues}`;
  }
  const cuantas =
    v.lineasEntonces === null
      ? `Hoy hay ${plural(v.lineas, 'línea', 'líneas')} hasta ${hasta}.`
      : v.lineasEntonces === v.lineas
        ? `Hay ${plural(v.lineas, 'línea', 'líneas')}, como en la impresa, pero alguna es distinta.`
        : `La impresa dice ${plural(v.lineasEntonces, 'línea', 'líneas')} hasta ${hasta} y hoy hay ${cuenta(v.lineas)}.`;
  return `${cuantas} No confíes en la impresa hasta saber por qué; descarga esta acta y compáralas.${despues}`;
}

const dinero = (texto: string, signo = false) => pesos(toDecimal(texto, DINERO_ESCALA), { signo });

/** Four figures at cost. */
export function cifrasDe({ totales: t }: ResumenActa) {
  const neto = toDecimal(t.neto, DINERO_ESCALA);
  return [
    { label: 'faltante', value: dinero(t.faltante) },
    { label: 'sobrante', value: dinero(t.sobrante) },
    { label: 'neto', value: dinero(t.neto, true), tone: neto < 0n ? ('bad' as const) : ('neutral' as const) },
    { label: 'bruto', value: dinero(t.bruto) },
  ];
}

/** What the four figures leave out. */
export function fraseTotales({ totales: t, tardias }: ResumenActa): string {
  return [
    `${plural(t.productos, 'producto contado', 'productos contados')}: ${plural(t.exactos, 'exacto', 'exactos')} y ${cuenta(t.conDiferencia)} con diferencia.`,
    t.sinContar === 0 ? 'Nada quedó sin contar.' : `Sin contar: ${cuenta(t.sinContar)}.`,
    ...(t.sinCosto === 0
      ? []
      : [`${plural(t.sinCosto, 'diferencia sin costo no suma', 'diferencias sin costo no suman')}.`]),
    ...(tardias === 0
      ? []
      : [`${plural(tardias, 'línea llegó tarde y no suma', 'líneas llegaron tarde y no suman')}.`]),
  ].join(' ');
}

/** `4bfb414a f26d116c …`: eight by eight, as it is printed. */
export function huellaVista(valor: string): string {
  return valor.replace(/(\w{8})(?=\w)/g, '$1 ');
}
