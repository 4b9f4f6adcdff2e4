import type { RestPlugin } from '#server/http.ts';
import { aCsv } from '#server/platform/csv.ts';
import { armaLibro } from '#server/platform/excel/arma.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { PideArchivo } from '#shared/contracts/estadisticas.ts';
import { VE_COSTOS } from '#shared/roles.ts';
import { exportMedida, type HojaMedida } from './archivo.ts';

const XLSX = new URL('./xlsx-medida.ts', import.meta.url);
const MIME = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The rows first, as other programs read them; what was asked at the end. */
export function csvDe(hoja: HojaMedida): string {
  return aCsv([
    hoja.columnas.map(({ titulo }) => titulo),
    ...hoja.filas.map((fila) => fila.map((texto) => texto ?? '')),
    [''],
    [hoja.titulo, hoja.frase],
    ...hoja.filtros,
  ]);
}

export async function bytesDe(hoja: HojaMedida, formato: 'csv' | 'xlsx'): Promise<Buffer> {
  return formato === 'xlsx' ? Buffer.from(await armaLibro(XLSX, hoja)) : Buffer.from(csvDe(hoja));
}

/** `GET /api/estadisticas/archivo?medida=&formato=&filtro=`: a measure with its filters as a styled workbook or as CSV. */
export const estadisticasRest: RestPlugin = async (app, deps) => {
  app.get('/api/estadisticas/archivo', async (request, reply) => {
    const { user, claims } = await requireUser(deps, request, VE_COSTOS);
    const { medida, formato, filtro } = PideArchivo.parse(request.query);
    const hoja = await exportMedida(
      { db: deps.db, clock: deps.clock, claims, rol: user.rol },
      medida,
      filtro,
    );
    const nombre = `${medida}-${deps.clock.now().toISOString().slice(0, 10)}.${formato}`;
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${nombre}"`)
      .type(MIME[formato])
      .send(await bytesDe(hoja, formato));
  });
};
