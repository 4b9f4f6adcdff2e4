import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';
import { filtroDe, type Vista } from './vista.ts';

export type Formato = 'csv' | 'xlsx';
const MIME: Record<Formato, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Every row of the measure: thousands take the server some seconds. */
const PLAZO_MS = 120_000;

/** The measure of the URL whole, as a file with its filters in it. Rejects with an AppError or a NetFailure. */
export async function pideMedida(vista: Vista, formato: Formato): Promise<File> {
  const { medida } = vista;
  const consulta = new URLSearchParams({ medida, formato, filtro: JSON.stringify(filtroDe(vista)) });
  const response = await fetchVigilado(
    `/api/estadisticas/archivo?${consulta}`,
    { signal: plazo(PLAZO_MS) },
    MIME[formato],
  );
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { code?: string; data?: ErrorData } | null;
    const code = body?.code ?? '';
    if (Object.hasOwn(MENSAJES, code)) throw new AppError(code as keyof typeof MENSAJES, body?.data);
    throw new NetFailure('http', { status: response.status });
  }
  return new File([await response.blob()], `${medida}.${formato}`, { type: MIME[formato] });
}
