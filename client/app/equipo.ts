import { type Alta, altaDe, elJournalReal, NetFailure } from '#client/offline/index.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import type { RegistraSalida } from '#shared/contracts/sync.ts';
import { registra } from './trpc.ts';

/** What a registration brought, and for the journal: which id it was for, and the turnos of others that go with it. */
export type Registro = RegistraSalida & { alta: Alta };

/** Registers the device for the person of the token; an id that belongs to another phone is left for a new one. */
export async function registraEquipo(
  appVersion: string,
  opciones: {
    signal: AbortSignal;
    token?: string | undefined;
  },
): Promise<Registro> {
  const journal = elJournalReal();
  for (let attempt = 0; ; attempt += 1) {
    const device = await journal.device();
    const nombre = device.nombre || nombreDeEquipo();
    try {
      const turnosDeAntes = await journal.turnosDeAntes();
      const salida = await registra(
        { deviceId: device.id, secret: device.secret, nombre, app: appVersion, turnosDeAntes },
        opciones,
      );
      return { ...salida, alta: altaDe(device.id, salida) };
    } catch (error) {
      if (!(error instanceof NetFailure) || error.code !== 'EQUIPO_SECRETO' || attempt > 0) throw error;
      await journalPort(journal).fork(device.id);
    }
  }
}

/** "Android Chrome", until somebody gives the device a better name. */
function nombreDeEquipo(): string {
  const agent = navigator.userAgent;
  const what = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(agent)?.[0] ?? 'Equipo';
  const browser = /Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? '';
  return `${what} ${browser}`.trim();
}
