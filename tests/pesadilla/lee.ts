import type { Analiza, OyenteAnalisis } from '#server/importar/analiza.ts';
import { leeArchivo } from '#server/importar/lee-archivo.ts';
import type {
  AnalisisImportacion,
  FilaImportacion,
  FilaMovimiento,
  OpcionesImportacion,
  ProblemaImportacion,
  ReparacionImportacion,
} from '#shared/contracts/importar.ts';
import { CATALOGO } from './catalogo.ts';

export const HOY = '2026-11-24';

export interface Leido {
  readonly analisis: AnalisisImportacion;
  readonly filas: FilaImportacion[];
  readonly problemas: ProblemaImportacion[];
  readonly reparaciones: ReparacionImportacion[];
}

/** Reads a file against the small catalogue, in this process unless another reader is given. */
export async function lee(
  bytes: Uint8Array,
  filename: string,
  opciones: OpcionesImportacion = {},
  lector: Analiza = (entrada, oyente) => leeArchivo(entrada, oyente),
): Promise<Leido> {
  const filas: FilaImportacion[] = [];
  const problemas: ProblemaImportacion[] = [];
  const reparaciones: ReparacionImportacion[] = [];
  const oyente: OyenteAnalisis = {
    filas: async (lote) => void filas.push(...lote),
    problemas: async (lote) => void problemas.push(...lote),
    reparaciones: async (lote) => void reparaciones.push(...lote),
    avance: () => {},
  };
  const analisis = await lector(
    { bytes, filename, opciones, catalogo: CATALOGO, mapas: {}, hoy: HOY },
    oyente,
  );
  return { analisis, filas, problemas, reparaciones };
}

/** Rows as `fila codigo cantidad fecha`, what is not there left out; a return has its sign. */
export function enCorto(filas: readonly FilaImportacion[]): string[] {
  return (filas as FilaMovimiento[]).map(({ fila, codigo, cantidad, fecha, hora, devolucion }) =>
    [fila, codigo, devolucion ? `-${cantidad}` : cantidad, fecha, hora]
      .filter((una) => una !== null && una !== undefined)
      .join(' '),
  );
}

export function tipos(problemas: readonly ProblemaImportacion[]): string[] {
  return [...new Set(problemas.map(({ error_type }) => error_type))].sort();
}
