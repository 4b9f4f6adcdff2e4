import { AVISA_MS } from '#client/app/resguardo.ts';
import { DIAS_SIN_VERSE } from '#shared/domain/tablero/umbrales.ts';
import { plural } from '#shared/formato.ts';

export type DispositivoVisto = {
  id: string;
  appVer: string | null;
  visto: string | null;
  sinEnviar: number;
  masViejo: string | null;
  revocadoEn: string | null;
};
export type Sena = { texto: string; tono: 'neutral' | 'warn' | 'bad' };

const DIA_MS = 24 * 3_600_000;

/** `1.10.0` is newer than `1.9.3`; what is no version is older than any. */
function antes(a: string, b: string): boolean {
  const partes = (version: string) => version.split(/[.-]/).map((parte) => Number.parseInt(parte, 10) || 0);
  const [x, y] = [partes(a), partes(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) < (y[i] ?? 0);
  }
  return false;
}

/** What of a phone asks for somebody's eye, in words. `ahora`: this phone's clock. */
export function senasDe(
  d: DispositivoVisto,
  { ahora, version, este }: { ahora: number; version: string; este: string | null },
): Sena[] {
  const senas: Sena[] = [];
  if (d.id === este) senas.push({ texto: 'este teléfono', tono: 'neutral' });
  if (d.revocadoEn !== null) senas.push({ texto: 'dado de baja', tono: 'bad' });
  const edad = d.masViejo === null ? 0 : ahora - Date.parse(d.masViejo);
  if (d.sinEnviar > 0) {
    const desde = edad > AVISA_MS ? ` desde hace ${plural(Math.floor(edad / DIA_MS), 'día', 'días')}` : '';
    senas.push({ texto: `${d.sinEnviar} sin enviar${desde}`, tono: 'warn' });
  }
  const dias = d.visto === null ? 0 : Math.floor((ahora - Date.parse(d.visto)) / DIA_MS);
  if (d.revocadoEn === null && dias >= DIAS_SIN_VERSE) {
    senas.push({ texto: `${dias} días sin verse`, tono: 'warn' });
  }
  if (d.revocadoEn === null && d.appVer !== null && antes(d.appVer, version)) {
    senas.push({ texto: 'versión anterior', tono: 'warn' });
  }
  return senas;
}
