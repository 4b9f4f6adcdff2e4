const ESPERA_MS = 2_000;

/**
 * A part of the screen that loads behind it. Where the signal goes on the very first visit, before the service worker holds
 * the file, it is asked for again until it comes: what is on screen goes on counting.
 */
export async function cargaFirme<T>(trae: () => Promise<T>, esperaMs = ESPERA_MS): Promise<T> {
  for (;;) {
    try {
      return await trae();
    } catch {
      await new Promise((listo) => setTimeout(listo, esperaMs));
    }
  }
}
