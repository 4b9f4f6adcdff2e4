import type { ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import type { ContadoProducto } from '#shared/domain/conteo.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import type { RevisionCargada } from './carga-revision.ts';

const texto = (cantidad: bigint) => formatDecimal(cantidad, CANTIDAD_ESCALA);
const pesosTexto = (centavos: bigint) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });

/** Units by lote, caducidad and DOT; empty when no line has any. */
export function lotesDe(cargada: RevisionCargada, contado: ContadoProducto) {
  const grupos = new Map<
    string,
    { lote: string | null; caduca: string | null; dot: string | null; suma: bigint }
  >();
  if (!contado.lineas.some((linea) => cargada.lotes.has(linea.id))) return [];
  for (const linea of contado.lineas) {
    const { lote = null, caduca = null, dot = null } = cargada.lotes.get(linea.id) ?? {};
    const clave = JSON.stringify([lote, caduca, dot]);
    const previa = grupos.get(clave)?.suma ?? 0n;
    grupos.set(clave, { lote, caduca, dot, suma: previa + linea.unidades });
  }
  return [...grupos.values()].map(({ suma, ...grupo }) => ({ ...grupo, unidades: texto(suma) }));
}

export function resumenDe(productos: readonly ProductoRevisado[]): Revision['resumen'] {
  let faltante = 0n;
  let sobrante = 0n;
  let sinCosto = 0;
  for (const producto of productos) {
    if (producto.variacion === null || toDecimal(producto.variacion, CANTIDAD_ESCALA) === 0n) continue;
    if (producto.valor === null) sinCosto += 1;
    else {
      const valor = toDecimal(producto.valor, DINERO_ESCALA);
      if (valor < 0n) faltante += valor;
      else sobrante += valor;
    }
  }
  return {
    productos: productos.length,
    exactos: productos.filter((p) => p.estado === 'cuadra').length,
    variaciones: productos.filter((p) => p.estado === 'variacion').length,
    porDecidir: productos.filter((p) => p.aprobado === null).length,
    faltante: pesosTexto(faltante),
    sobrante: pesosTexto(sobrante),
    neto: pesosTexto(faltante + sobrante),
    sinCosto,
  };
}
