/** How often one key may come: `porMinuto` in any minute, all at once if it likes. In this process's memory. */
export interface Ritmo {
  /** 0 and it is counted, or how many seconds to wait. */
  toma(clave: string): number;
}

const MINUTO_MS = 60_000;
/** More keys than tokens of a company; beyond, the oldest are forgotten. */
const MAX_CLAVES = 5_000;

/** A bucket that fills evenly: `porMinuto` at rest, one more every `60 / porMinuto` seconds. */
export function createRitmo(porMinuto: number, mono: () => number): Ritmo {
  const cubos = new Map<string, { quedan: number; en: number }>();
  const cadaMs = MINUTO_MS / porMinuto;
  return {
    toma(clave) {
      const ahora = mono();
      const cubo = cubos.get(clave) ?? { quedan: porMinuto, en: ahora };
      cubos.delete(clave);
      cubos.set(clave, cubo);
      if (cubos.size > MAX_CLAVES) cubos.delete(cubos.keys().next().value as string);
      cubo.quedan = Math.min(porMinuto, cubo.quedan + (ahora - cubo.en) / cadaMs);
      cubo.en = ahora;
      if (cubo.quedan < 1) return Math.max(1, Math.ceil(((1 - cubo.quedan) * cadaMs) / 1000));
      cubo.quedan -= 1;
      return 0;
    },
  };
}
