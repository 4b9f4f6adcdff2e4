import { cantidadNatural, cantidadVista, diaVisto, pesos, plural } from '../../formato.ts';
import type { ClaseAbc } from '../estadisticas/abc.ts';
import type { Razon } from './propuesta.ts';
import { type Candidato, type DiasPorClase, enJuego, periodoDe } from './puntos.ts';

const aCantidad = (n: number): bigint => BigInt(Math.round(n * 100_000));

/** Why a product is proposed, in one sentence. For who plans. */
export function porque(razon: Razon, c: Candidato, unidad: string, dias: DiasPorClase): string {
  const hay = cantidadNatural(aCantidad(c.existencia), unidad);
  const clase: ClaseAbc = c.claseAbc ?? 'C';
  switch (razon) {
    case 'vacio':
      return 'El libro dice que ya no hay: confirma el cero.';
    case 'por_comprar':
      return c.minimo !== null && c.existencia < c.minimo
        ? `El libro dice ${hay} y el mínimo es ${cantidadVista(aCantidad(c.minimo))}: está por comprarse.`
        : `El libro dice ${hay} y alcanza para una semana o menos: está por comprarse.`;
    case 'errores':
      return `${c.conteosMal} de sus últimos ${plural(c.conteos, 'conteo', 'conteos')} no coincidieron con el libro.`;
    case 'sin_conteo':
      return 'Nunca se ha contado aquí.';
    case 'periodo':
      return `Clase ${clase}: lleva ${plural(c.diasSinConteo ?? 0, 'día', 'días')} sin contarse y le toca cada ${periodoDe(c, dias)}.`;
    case 'velocidad':
      return `Se venden ${cantidadVista(aCantidad(Math.round(c.ventaDiaria * 100) / 100))} al día.`;
    case 'valor':
      return `Hay ${pesos(BigInt(Math.round(enJuego(c) * 100)))} a costo en juego.`;
  }
}

/** One sentence over the list. */
export function fraseDePlan(de: {
  minutos: number;
  caben: number;
  lineasPorHora: number;
  medido: boolean;
  vencidos: number;
}): string {
  if (de.caben === 0) return 'No hay nada que contar aquí: todo está contado al día.';
  const ritmo = de.medido
    ? `al ritmo de esta tienda, ${plural(de.lineasPorHora, 'línea', 'líneas')} por hora`
    : `a ${de.lineasPorHora} líneas por hora, mientras no se mida el ritmo de esta tienda`;
  const vencidos =
    de.vencidos === 0
      ? 'Ninguno pasó los días de su clase'
      : `${plural(de.vencidos, 'producto pasó', 'productos pasaron')} los días de su clase`;
  return `En ${de.minutos} minutos ${de.caben === 1 ? 'cabe' : 'caben'} ${plural(de.caben, 'producto', 'productos')} ${ritmo}. ${vencidos}.`;
}

/** What the counters see: the day, and nothing of why. */
export function nombreDelDia(fecha: string): string {
  return `Conteo del ${diaVisto(fecha)}`;
}
