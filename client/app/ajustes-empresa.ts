import { useEffect, useSyncExternalStore } from 'react';
import { useIdentidad } from '#client/offline/index.ts';
import {
  type AjustesTelefono,
  leeAjustesTelefono,
  TELEFONO_POR_OMISION,
} from '#shared/contracts/ajustes-telefono.ts';
import { useAlSincronizar } from './al-sincronizar.ts';
import { api } from './trpc.ts';

/**
 * The company's settings as this phone last knew them: which symbologies the camera reads, and after how long a shared
 * phone locks. They hold without signal and for whoever has the phone; what cannot be read is the default.
 */

const CLAVE = 'devcompras-ajustes';
/** Asked again at most this often; a setting changes a few times in a company's life. */
const FRESCOS_MS = 10 * 60_000;

type Deps = {
  pide: () => Promise<unknown>;
  ahora: () => number;
  guarda: Pick<Storage, 'getItem' | 'setItem'>;
};

export class AjustesEmpresa {
  #deps: Deps;
  #texto: string | null = null;
  #valor: AjustesTelefono = TELEFONO_POR_OMISION;
  #pedidos = Number.NEGATIVE_INFINITY;
  readonly #listeners = new Set<() => void>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The last known ones. The same object until they change. */
  get = (): AjustesTelefono => {
    const texto = leeTexto(this.#deps.guarda);
    if (texto !== this.#texto) {
      this.#texto = texto;
      this.#valor = leeAjustesTelefono(deTexto(texto));
    }
    return this.#valor;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells who looks that another tab may have written them. */
  avisa = (): void => {
    for (const listener of [...this.#listeners]) listener();
  };

  /** Keeps what the server says now. Without an answer the last known ones stay; never rejects. */
  async refresca({ siempre = false } = {}): Promise<void> {
    const ahora = this.#deps.ahora();
    if (!siempre && ahora - this.#pedidos < FRESCOS_MS) return;
    this.#pedidos = ahora;
    try {
      const texto = JSON.stringify(leeAjustesTelefono(await this.#deps.pide()));
      if (texto === leeTexto(this.#deps.guarda)) return;
      this.#deps.guarda.setItem(CLAVE, texto);
      this.avisa();
    } catch {
      // No signal, no session or no room: asked again at the next sync.
      this.#pedidos = Number.NEGATIVE_INFINITY;
    }
  }
}

/** null where the browser refuses its storage. */
function leeTexto(guarda: Deps['guarda']): string | null {
  try {
    return guarda.getItem(CLAVE);
  } catch {
    return null;
  }
}

function deTexto(texto: string | null): unknown {
  try {
    return texto === null ? null : JSON.parse(texto);
  } catch {
    return null;
  }
}

const ajustes = new AjustesEmpresa({
  pide: () => api.ajustes.lee.query(),
  ahora: () => Date.now(),
  guarda: {
    getItem: (clave) => localStorage.getItem(clave),
    setItem: (clave, valor) => localStorage.setItem(clave, valor),
  },
});

/** What holds on this phone now. */
export const ajustesTelefono = ajustes.get;
/** Asks for them at once: an admin has just saved them here. */
export const refrescaAjustes = (): Promise<void> => ajustes.refresca({ siempre: true });

function escucha(listener: () => void): () => void {
  const deja = ajustes.subscribe(listener);
  window.addEventListener('storage', listener);
  return () => {
    deja();
    window.removeEventListener('storage', listener);
  };
}

export function useAjustesTelefono(): AjustesTelefono {
  return useSyncExternalStore(escucha, ajustes.get);
}

/** Once, in the frame of every screen: asked at the start, when somebody comes in, and when phone and server are level. */
export function useAjustesAlDia(): void {
  const usuarioId = useIdentidad()?.usuarioId;
  useEffect(() => {
    if (usuarioId !== undefined) void ajustes.refresca({ siempre: true });
  }, [usuarioId]);
  useAlSincronizar(() => void ajustes.refresca());
}
