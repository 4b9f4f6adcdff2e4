import type { CodigoSinLigar } from '#shared/contracts/conteos.ts';
import { cantidadTexto, toCantidad } from '#shared/domain/cantidad.ts';

/** All lines of one unknown code: one decision is good for all of them. */
export type CodigoAgrupado = {
  codigo: string;
  lineaIds: string[];
  unidades: string;
  contadores: string[];
  ubicaciones: string[];
  notas: string[];
  fotos: string[];
  propuesta: CodigoSinLigar['propuesta'];
};

const distintos = (textos: readonly (string | null)[]) => [
  ...new Set(textos.filter((texto): texto is string => texto !== null && texto !== '')),
];

/** Groups by raw code, in order of appearance; a proposal counts when nobody proposes another product. */
export function agrupaCodigos(lineas: readonly CodigoSinLigar[]): CodigoAgrupado[] {
  const grupos = new Map<string, CodigoSinLigar[]>();
  for (const linea of lineas)
    grupos.set(linea.codigoCrudo, [...(grupos.get(linea.codigoCrudo) ?? []), linea]);
  return [...grupos].map(([codigo, suyas]) => {
    const propuestas = suyas.flatMap(({ propuesta }) => propuesta ?? []);
    const acuerdo = new Set(propuestas.map(({ productoId }) => productoId)).size === 1;
    return {
      codigo,
      lineaIds: suyas.map(({ lineaId }) => lineaId),
      unidades: cantidadTexto(suyas.reduce((total, { unidades }) => total + toCantidad(unidades), 0n)),
      contadores: distintos(suyas.map(({ contador }) => contador)),
      ubicaciones: distintos(suyas.map(({ ubicacion }) => ubicacion)),
      notas: distintos(suyas.map(({ nota }) => nota)),
      fotos: distintos(suyas.flatMap(({ fotos }) => fotos)),
      propuesta: acuerdo ? propuestas[0]! : null,
    };
  });
}
