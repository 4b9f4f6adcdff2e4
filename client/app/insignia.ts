import { Dexie } from 'dexie';
import { porContar } from '#client/features/inicio/index.ts';
import { elJournalReal, practicando } from '#client/offline/bases.ts';
import { estadoEnvio } from '#client/offline/index.ts';
import { leeAsignados } from '#client/offline/vista-conteos.ts';

/**
 * What the app's icon and the tab say while nobody looks at it: how many conteos wait for me, whether or not they have a
 * deadline; with none, a dot while something is saved only on this phone. The number is work that was asked for: unsent
 * lines are hundreds in a morning, and the header tells them.
 */
export type Insignia = { asignados: number; sinEnviar: number };

const TITULO = 'DevCompras';
/** Readings come several a second; the icon may lag behind them. */
const ESPERA_MS = 2_000;

export function tituloDe({ asignados, sinEnviar }: Insignia): string {
  if (asignados > 0) return `(${asignados}) ${TITULO}`;
  return sinEnviar > 0 ? `• ${TITULO}` : TITULO;
}

/** What it needs of the browser; `navigator` may lack the badge, and refuses it without permission (iOS). */
export type MundoInsignia = {
  navegador: {
    setAppBadge?: (numero?: number) => Promise<void>;
    clearAppBadge?: () => Promise<void>;
  };
  titula: (titulo: string) => void;
};

async function pone({ navegador, titula }: MundoInsignia, insignia: Insignia): Promise<void> {
  titula(tituloDe(insignia));
  const { asignados, sinEnviar } = insignia;
  try {
    if (asignados > 0) await navegador.setAppBadge?.(asignados);
    else if (sinEnviar > 0) await navegador.setAppBadge?.();
    else await navegador.clearAppBadge?.();
  } catch {
    // why: a convenience of the launcher; without its permission the title still tells
  }
}

/** Of the person in the shift; nothing when nobody is. */
export async function leeInsignia(): Promise<Insignia> {
  const persona = await elJournalReal().activeIdentity();
  if (!persona) return { asignados: 0, sinEnviar: 0 };
  const { pendientes, fotosPendientes } = estadoEnvio.get();
  return {
    asignados: porContar(await leeAsignados(persona.usuarioId)).length,
    sinEnviar: pendientes + fotosPendientes,
  };
}

const delNavegador = (): MundoInsignia => ({
  navegador,
  titula: (titulo) => {
    document.title = titulo;
  },
});
const navegador = globalThis.navigator as MundoInsignia['navegador'];

/** Keeps both in step, a little behind. Returns the function that stops it. */
export function vigilaInsignia(mundo: MundoInsignia = delNavegador(), esperaMs = ESPERA_MS): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let puesta = '';
  const mira = async () => {
    timer = undefined;
    // Practice is nobody's work: what was true before it stays.
    if (practicando()) return;
    const insignia = await leeInsignia().catch(() => null);
    if (insignia === null || puesta === tituloDe(insignia)) return;
    puesta = tituloDe(insignia);
    await pone(mundo, insignia);
  };
  const pide = () => {
    timer ??= setTimeout(() => void mira(), esperaMs);
  };
  Dexie.on('storagemutated', pide);
  const calla = estadoEnvio.subscribe(pide);
  void mira();
  return () => {
    clearTimeout(timer);
    Dexie.on.storagemutated.unsubscribe(pide);
    calla();
  };
}
