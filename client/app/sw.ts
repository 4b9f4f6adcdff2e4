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

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

// The first visit is under the worker's care at once: the very next opening may have no signal.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
