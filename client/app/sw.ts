/**
 * The service worker: holds the app's own files, answers every navigation with the precached shell, and
 * touches nothing else. What the server says (/api, /auth) always comes from the network: data lives in
 * the journal and the cache databases, never here.
 *
 * A new version waits until the person accepts it (update.ts sends SKIP_WAITING).
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api(\/|$)/, /^\/auth(\/|$)/, /^\/licencias\//],
  }),
);

/**
 * A file from the phone's share sheet: it stays here until it was uploaded, so no signal and no session are needed to take it
 * (client/features/importar/compartidos.ts reads it). The manifest's `share_target` names this address.
 */
registerRoute(
  ({ url }) => url.pathname === '/importar/compartido',
  async ({ request }) => {
    const archivos = (await request.formData()).getAll('archivo').filter((a) => a instanceof File);
    const cache = await caches.open('compartidos');
    for (const [i, archivo] of archivos.entries()) {
      await cache.put(
        `/compartidos/${Date.now()}-${i}`,
        new Response(archivo, { headers: { 'x-nombre': encodeURIComponent(archivo.name) } }),
      );
    }
    return Response.redirect('/importar', 303);
  },
  'POST',
);

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

// The first visit is under the worker's care at once: the very next opening may have no signal.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
