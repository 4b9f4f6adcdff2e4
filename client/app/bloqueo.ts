import { useSyncExternalStore } from 'react';
import { elJournalReal } from '#client/offline/index.ts';
import { ajustesTelefono } from './ajustes-empresa.ts';

/**
 * Whether the phone asks who is there. Kept in the journal, so that a reload or another tab does not open it, and
 * nothing is saved while it is (client/offline/acciones.ts).
 */

const REVISA_MS = 5_000;
const ACTIVIDAD = 'devcompras-actividad';
/** The last touch is written down this often, for who opens the app again later. */
const ANOTA_MS = 10_000;
/** Told to the other tabs; the journal decides. */
const AVISO = 'devcompras-bloqueo';

type Deps = { tienePin: () => Promise<boolean>; cierra: () => Promise<void> };
export type EstadoBloqueo = { cerrado: boolean; eligiendo: boolean };

/**
 * Minutes in force, 0 = never: the device's own setting, else the company's while two people or more have a PIN on this
 * phone.
 */
export function minutosDe(ajuste: string | null, personasConPin: number, deEmpresa: number): number {
  if (ajuste !== null && /^\d+$/.test(ajuste)) return Number(ajuste);
  return personasConPin >= 2 ? deEmpresa : 0;
}

/** Idle long enough; a clock that went back counts as idle, so that turning it keeps nothing open. */
export function debeCerrar(minutos: number, ultimaMs: number, ahoraMs: number): boolean {
  return minutos > 0 && (ahoraMs - ultimaMs >= minutos * 60_000 || ahoraMs < ultimaMs - 60_000);
}

class Bloqueo {
  #estado: EstadoBloqueo = { cerrado: false, eligiendo: false };
  #ultima = Date.now();
  #anotada = 0;
  readonly #listeners = new Set<() => void>();

  #pon(cambio: Partial<EstadoBloqueo>): void {
    this.#estado = { ...this.#estado, ...cambio };
    for (const listener of [...this.#listeners]) listener();
  }

  get = (): EstadoBloqueo => this.#estado;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the list of people over the screen. */
  elige(): void {
    this.#pon({ eligiendo: true });
  }

  deja(): void {
    this.#pon({ eligiendo: false });
  }

  async cierra(): Promise<void> {
    this.#pon({ cerrado: true });
    await elJournalReal().measure('bloqueado', '1');
    localStorage.setItem(AVISO, '1');
  }

  async abre(): Promise<void> {
    await elJournalReal().measure('bloqueado', '');
    localStorage.setItem(AVISO, '');
    this.#ultima = Date.now();
    this.#pon({ cerrado: false, eligiendo: false });
  }

  async minutos(): Promise<number> {
    const journal = elJournalReal();
    return minutosDe(
      await journal.measured('bloqueoMinutos'),
      await journal.db.pines.count(),
      ajustesTelefono().bloqueo.minutos,
    );
  }

  /** This device's own setting; '' = as the company says. */
  async ajuste(): Promise<string> {
    const leido = await elJournalReal().measured('bloqueoMinutos');
    return leido !== null && /^\d+$/.test(leido) ? leido : '';
  }

  async ponMinutos(minutos: string): Promise<void> {
    await elJournalReal().measure('bloqueoMinutos', minutos);
  }

  #toca = (): void => {
    if (this.#estado.cerrado) return;
    // A phone that slept has not looked at the clock yet: its first touch does not count as being there.
    if (Date.now() - this.#ultima > 60_000) {
      void this.#revisa().then(() => {
        if (!this.#estado.cerrado) this.#ultima = Date.now();
      });
      return;
    }
    this.#ultima = Date.now();
    if (Math.abs(this.#ultima - this.#anotada) < ANOTA_MS) return;
    this.#anotada = this.#ultima;
    localStorage.setItem(ACTIVIDAD, String(this.#ultima));
  };

  #deps: Deps | null = null;

  /** Locks when it is time. A database that does not answer locks nothing: the next look tries again. */
  async #revisa(): Promise<void> {
    try {
      if (this.#estado.cerrado || !debeCerrar(await this.minutos(), this.#ultima, Date.now())) return;
      if (await this.#deps?.tienePin()) await this.#deps?.cierra();
    } catch {
      // why: as said above
    }
  }

  /** Once at the start, before anything is painted. */
  async inicia(deps: Deps): Promise<void> {
    this.#deps = deps;
    const leido = await elJournalReal()
      .measured('bloqueado')
      .catch(() => null);
    if (leido === '1') this.#pon({ cerrado: true });
    this.#ultima = Number(localStorage.getItem(ACTIVIDAD) ?? Date.now());
    await this.#revisa();
    for (const type of ['pointerdown', 'keydown'] as const)
      addEventListener(type, this.#toca, { capture: true, passive: true });
    document.addEventListener('visibilitychange', () => void this.#revisa());
    window.addEventListener('storage', (event) => {
      if (event.key === AVISO) this.#pon({ cerrado: event.newValue === '1', eligiendo: false });
    });
    setInterval(() => void this.#revisa(), REVISA_MS);
  }
}

export const bloqueo = new Bloqueo();

export function useBloqueo(): EstadoBloqueo {
  return useSyncExternalStore(bloqueo.subscribe, bloqueo.get);
}
