import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  cambiaEscala,
  DINERO_ESCALA,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { cantidadVista, listaNatural, pesos } from '#shared/formato.ts';
import type { ActaProducto } from './forma.ts';
import { CONDICION, cuando } from './palabras.ts';

export const visto = (texto: string, signo = false) =>
  cantidadVista(toDecimal(texto, CANTIDAD_ESCALA), { signo });
export const dinero = (texto: string, signo = false) =>
  pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true, signo });
/** A unit cost to the centavo; the CSV and the Excel carry all of its decimals. */
export const costoVisto = (texto: string) =>
  pesos(cambiaEscala(toDecimal(texto, COSTO_ESCALA), COSTO_ESCALA, DINERO_ESCALA), { centavos: true });

/** `38`, `17 a 20`, `sin base`. */
export function teoricoVisto(p: Pick<ActaProducto, 'teorico' | 'lo' | 'hi'>): string {
  if (p.teorico === null) return 'sin base';
  return p.lo === null || p.hi === null || p.lo === p.hi
    ? visto(p.teorico)
    : `${visto(p.lo)} a ${visto(p.hi)}`;
}

/** "1.º: 26 (Ana 14 y Luis 12), 2 mar 2026, 10:04; diferencia −3". */
export function fraseIntento(i: ActaProducto['intentos'][number], zona: string, varios: boolean): string {
  const quienes = listaNatural(
    i.contadores.map(({ nombre, unidades }) =>
      i.contadores.length === 1 ? nombre : `${nombre} ${visto(unidades)}`,
    ),
  );
  const diferencia = varios && i.variacion !== null ? `; diferencia ${visto(i.variacion, true)}` : '';
  return `${i.intento}.º: ${visto(i.contado)} (${quienes}), ${cuando(i.instante, zona)}${diferencia}`;
}

/** Everything that is said of a product below its name, one sentence each. */
export function detallesDe(p: ActaProducto, zona: string): string[] {
  return [
    ...(p.ceroDeclarado === null
      ? p.intentos.map((intento) => fraseIntento(intento, zona, p.intentos.length > 1))
      : [`Cero declarado por ${p.ceroDeclarado.por}, ${cuando(p.ceroDeclarado.en, zona)}`]),
    ...(p.intentos.length > 1 ? [`Vale el ${p.intento}.º`] : []),
    ...Object.entries(p.condiciones).map(
      ([condicion, unidades]) => `De ello, ${CONDICION[condicion] ?? condicion}: ${visto(unidades)}`,
    ),
    ...p.lotes.map((l) =>
      [
        l.lote === null ? null : `Lote ${l.lote}`,
        l.caduca === null ? null : `caduca ${l.caduca}`,
        l.dot === null ? null : `DOT ${l.dot}`,
        l.lote === null && l.caduca === null && l.dot === null ? 'Sin lote' : null,
        visto(l.unidades),
      ]
        .filter((parte) => parte !== null)
        .join(', '),
    ),
    ...(p.ubicacionesFaltantes.length === 0
      ? []
      : [`Incompleto: falta contar en ${listaNatural(p.ubicacionesFaltantes)}`]),
    ...p.vacias.map((v) => `${v.ubicacion} vacía según ${v.por}: ${v.motivo}`),
    ...(p.traslape === null ? [] : [fraseTraslape(p.traslape)]),
    ...(p.relojDudoso ? ['Hora dudosa: el reloj del teléfono cambió'] : []),
    ...p.notas.map(({ contador, nota }) => `Nota de ${contador}: ${nota}`),
    ...(p.asentadoEn === null
      ? []
      : [
          `Contado en un periodo ya cerrado (${cuando(p.instante, zona)}): se asentó el ${cuando(p.asentadoEn, zona)}`,
        ]),
    ...(p.ajusteId === null ? [] : [`Ajuste ${p.ajusteId}`]),
  ];
}

function fraseTraslape({ decision, de, por }: NonNullable<ActaProducto['traslape']>): string {
  return decision === 'suma'
    ? `Dos personas contaron el mismo lugar: se sumó lo de ambas (decidió ${por})`
    : `Dos personas contaron el mismo lugar: se tomó lo de ${de ?? 'una'} (decidió ${por})`;
}
