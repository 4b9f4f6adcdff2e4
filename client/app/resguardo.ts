import type { Almacenamiento, EstadoEnvio } from '#client/offline/index.ts';
import { cuenta, plural } from '#shared/formato.ts';

const HORA_MS = 3_600_000;
/** What has waited longer is said loudly. */
export const AVISA_MS = 24 * HORA_MS;
/** Of what the browser gives: beyond it a photo or the next catalogue may find no room. */
const LLENO = 0.85;
const MB = 1024 * 1024;

export type Resguardo = {
  tono: 'neutral' | 'warn';
  titulo: string;
  /** "Enviados 412 / 412". */
  enviados: string;
  /** Age of the oldest unsent; null when all is sent. */
  masViejo: string | null;
  /** What has to be done, most urgent first; each a full sentence. */
  avisos: string[];
  /** What the browser promised, and the room. */
  promesa: string | null;
  espacio: string | null;
};

/** How safe what was counted on this phone is. `ahora`: the phone's clock. */
export function resguardoDe(
  envio: EstadoEnvio,
  almacenamiento: Almacenamiento | undefined,
  { ahora, iosSinInstalar }: { ahora: number; iosSinInstalar: boolean },
): Resguardo {
  const sinEnviar = envio.pendientes + envio.fotosPendientes;
  const edad = envio.masViejoPendiente === null ? null : ahora - Date.parse(envio.masViejoPendiente);
  const { persistente = null, usado = null, cuota = null } = almacenamiento ?? {};
  const avisos: string[] = [];
  if (edad !== null && edad > AVISA_MS) {
    avisos.push('Lleva más de un día sin enviarse: busca señal o exporta lo pendiente.');
  }
  if (iosSinInstalar && sinEnviar > 0) {
    avisos.push(
      'Está en una pestaña de Safari: tras 7 días sin abrirla el iPhone puede borrarlo. Agrégala a inicio.',
    );
  }
  if (usado !== null && cuota !== null && usado > cuota * LLENO) {
    avisos.push('Casi no queda espacio para esta app. Envía lo pendiente y libera espacio en el teléfono.');
  }
  return {
    tono: avisos.length > 0 || (sinEnviar > 0 && envio.estado !== 'enviando') ? 'warn' : 'neutral',
    titulo: tituloDe(envio, sinEnviar),
    enviados: `Enviados ${cuenta(envio.enviadas)} / ${cuenta(envio.total + envio.fotosPendientes)}`,
    masViejo: edad === null ? null : `Lo más viejo sin enviar es de hace ${hace(edad)}.`,
    avisos,
    promesa:
      persistente === null
        ? null
        : persistente
          ? 'El navegador prometió no borrarlo por su cuenta.'
          : 'El navegador puede borrarlo si falta espacio: instala la app.',
    espacio: usado === null ? null : `Usa ${megas(usado)}${cuota === null ? '' : ` de ${megas(cuota)}`}.`,
  };
}

function tituloDe({ estado, pendientes, fotosPendientes, total }: EstadoEnvio, sinEnviar: number): string {
  if (sinEnviar === 0) return total === 0 ? 'Nada por enviar' : 'Todo lo contado está en el servidor';
  if (estado === 'enviando') return 'Enviando lo contado';
  if (pendientes === 0) return `${plural(fotosPendientes, 'foto', 'fotos')} por enviar`;
  return `${cuenta(pendientes)} ${pendientes === 1 ? 'guardado' : 'guardados'} solo en este teléfono`;
}

/** `40 minutos`, `3 horas`, `2 días`; a clock that was set back is no age. */
function hace(ms: number): string {
  const minutos = Math.max(1, Math.floor(ms / 60_000));
  if (minutos < 60) return plural(minutos, 'minuto', 'minutos');
  const horas = Math.floor(ms / HORA_MS);
  if (horas < 48) return plural(horas, 'hora', 'horas');
  return plural(Math.floor(horas / 24), 'día', 'días');
}

function megas(bytes: number): string {
  const gigas = bytes / (1024 * MB);
  return gigas >= 1
    ? `${gigas.toLocaleString('es-MX', { maximumFractionDigits: 1 })} GB`
    : `${(bytes / MB).toLocaleString('es-MX', { maximumFractionDigits: 1 })} MB`;
}
