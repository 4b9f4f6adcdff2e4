/** Where the service worker leaves what another app shared, until it was uploaded (client/app/sw.ts). */
const CACHE = 'compartidos';

export interface Compartido {
  readonly clave: string;
  readonly nombre: string;
  readonly archivo: Blob;
}

/** Files from the share sheet that wait on this phone, oldest first. */
export async function leeCompartidos(): Promise<Compartido[]> {
  if (!('caches' in globalThis) || !(await caches.has(CACHE))) return [];
  const cache = await caches.open(CACHE);
  const hallados = await Promise.all(
    (await cache.keys()).map(async (request): Promise<Compartido | null> => {
      const response = await cache.match(request);
      if (response === undefined) return null;
      return {
        clave: request.url,
        nombre: decodeURIComponent(response.headers.get('x-nombre') ?? 'archivo'),
        archivo: await response.blob(),
      };
    }),
  );
  return hallados.filter((c) => c !== null).sort((a, b) => (a.clave < b.clave ? -1 : 1));
}

/** It was uploaded, or the person doesn't want it. */
export async function quitaCompartido(clave: string): Promise<void> {
  await (await caches.open(CACHE)).delete(clave);
}
