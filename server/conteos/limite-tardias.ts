import type * as consulta from './revision.sql.ts';

/** Instant after which a line of the product is late; null while it is undecided. */
export function limiteDe(
  conteo: Pick<consulta.ConteoRow, 'fin_en'>,
  resultados: Iterable<Pick<consulta.ResultadoRow, 'producto_id' | 'aprobado_en'>>,
) {
  const aprobados = new Map([...resultados].map((row) => [row.producto_id, row.aprobado_en.getTime()]));
  const fin = conteo.fin_en?.getTime() ?? null;
  return (productoId: string | null) => (productoId === null ? undefined : aprobados.get(productoId)) ?? fin;
}
