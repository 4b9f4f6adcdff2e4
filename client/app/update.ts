/**
 * New versions of the app. The browser downloads one in the background; it starts only when the person says
 * so, and never while a count is open or something typed is unsaved, in this tab or in another one.
 *
 * Across tabs the block is a shared Web Lock: whoever counts holds it, and applying needs it exclusively.
 */
import type { Workbox } from 'workbox-window';

export type UpdateState = {
  /** A newer version is on the phone, ready. */
  available: boolean;
  /** Somebody in this tab holds a block: don't even ask. */
  blocked: boolean;
  applying: boolean;
};

/** What the updater needs of the browser. */
export type UpdateWorld = {
  /** Asks the server for a newer worker; rejects without network. */
  check: () => Promise<unknown>;
  /** Tells the waiting worker to take over. */
  takeOver: () => void;
  reload: () => void;
  /** Runs `work` while holding the lock; with `ifAvailable`, answers false instead of waiting. */
  lock: (
    mode: 'shared' | 'exclusive',
    work: () => Promise<void> | void,
    ifAvailable: boolean,
  ) => Promise<boolean>;
  /** ms, monotonic. */
  now: () => number;
};

const HOUR = 3_600_000;
/** Focus and pageshow come in bursts; the server is asked at most once a minute. */
const CHECK_GAP = 60_000;
/** How long the waiting worker may take before the page gives way to it. */
const TAKE_OVER_LIMIT = 4_000;
const ASK_AGAIN = 1_500;
const LOCK_TRIES = 8;
/** ms between them. */
const LOCK_PAUSE = 150;

export function createUpdater(world: UpdateWorld) {
  let state: UpdateState = { available: false, blocked: false, applying: false };
  let blocks = 0;
  /** The lock of the block in force: a lock is granted later than it is asked for, so each is let go by itself. */
  let held: { over: boolean; letGo?: () => void } = { over: true };
  let lastCheck = Number.NEGATIVE_INFINITY;
  /** The new worker already governs (another tab accepted it): only the reload is missing. */
  let governs = false;
  const listeners = new Set<() => void>();
  const set = (patch: Partial<UpdateState>) => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  };

  return {
    getState: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Call when a count opens or a form has unsaved input; call the result once to release. */
    block(): () => void {
      blocks += 1;
      if (blocks === 1) {
        set({ blocked: true });
        const mine: typeof held = { over: false };
        held = mine;
        void world.lock(
          'shared',
          () => (mine.over ? undefined : new Promise((done) => (mine.letGo = done))),
          false,
        );
      }
      let blocking = true;
      return () => {
        if (!blocking) return;
        blocking = false;
        blocks -= 1;
        if (blocks > 0) return;
        held.over = true;
        held.letGo?.();
        set({ blocked: false });
      };
    },

    /**
     * Starts the new version: the page reloads. False when nothing is ready or when a count is open
     * somewhere; then nothing happened and the offer stands.
     */
    async apply(): Promise<boolean> {
      if (!state.available || blocks > 0 || state.applying) return false;
      set({ applying: true });
      // A lock that this tab has just let go is free a moment later, and a busy phone makes that moment long.
      for (let tries = 0; ; tries += 1) {
        const free = await world.lock('exclusive', () => (governs ? world.reload() : world.takeOver()), true);
        if (free) return true;
        if (tries >= LOCK_TRIES || blocks > 0) break;
        await new Promise((done) => setTimeout(done, LOCK_PAUSE));
      }
      set({ applying: false });
      return false;
    },

    /** A worker is installed and waits. */
    onWaiting() {
      governs = false;
      set({ available: true });
    },

    /** A newer worker took over. Here: reload. In a tab that did not ask for it: offer. */
    onControlling() {
      if (state.applying) world.reload();
      else {
        governs = true;
        set({ available: true });
      }
    },

    /** The worker did not take over in time. */
    onStuck() {
      if (state.applying) set({ applying: false });
    },

    /** Looks for a newer version; silent without network. */
    check(force = false): void {
      const now = world.now();
      if (!force && now - lastCheck < CHECK_GAP) return;
      lastCheck = now;
      world.check().catch(() => undefined);
    },
  };
}

/** Loads behind the first screen; undefined until then, and where there is no service worker. */
let workbox: Workbox | undefined;

const updater = createUpdater({
  check: async () => workbox?.update(),
  takeOver: () => void pressWaiting(performance.now() + TAKE_OVER_LIMIT),
  reload: () => location.reload(),
  lock: async (mode, work, ifAvailable) => {
    // Without Web Locks (Safari < 15.4, a page without secure context) the block holds for this tab only.
    if (!navigator.locks) {
      await work();
      return true;
    }
    return navigator.locks.request('devcompras-version', { mode, ifAvailable }, async (lock) => {
      if (lock) await work();
      return lock !== null;
    });
  },
  now: () => performance.now(),
});

/**
 * The former worker goes only when it has nothing in hand, and something that this page asked of it may never end: then
 * the page is loaded anew, which ends it. Nothing typed is lost, or the update would not have begun. If the new worker
 * still waits after that, it is offered again.
 */
async function pressWaiting(until: number): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!updater.getState().applying) return;
  if (registration?.active && !registration.waiting) updater.onControlling();
  else if (performance.now() > until) {
    updater.onStuck();
    location.reload();
  } else {
    registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
    setTimeout(() => void pressWaiting(until), ASK_AGAIN);
  }
}

/** Registers the worker and looks for new versions on load, focus, pageshow and every hour. Once, at start. */
export function startUpdates(): void {
  if (!import.meta.env?.PROD || typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return;
  // Without signal on a first visit there is no worker to register either: the next start tries again.
  void import('workbox-window').then(
    ({ Workbox }) => vigila(new Workbox('/sw.js')),
    () => undefined,
  );
}

function vigila(worker: Workbox): void {
  workbox = worker;
  workbox.addEventListener('waiting', () => updater.onWaiting());
  // The first worker to govern is the installation; workbox would call every later one of that visit so too.
  let governed = navigator.serviceWorker.controller !== null;
  workbox.addEventListener('controlling', () => {
    if (governed || updater.getState().applying) updater.onControlling();
    governed = true;
  });
  // Registering looks for a newer worker by itself.
  workbox.register({ immediate: true }).catch(() => undefined);
  const look = () => updater.check();
  addEventListener('focus', look);
  addEventListener('pageshow', look);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look();
  });
  setInterval(() => updater.check(true), HOUR);
}

/** For `useSyncExternalStore(subscribeUpdate, getUpdateState)`. */
export const subscribeUpdate = updater.subscribe;
export const getUpdateState = updater.getState;
/** See `createUpdater().apply`. */
export const applyUpdate = updater.apply;
/** See `createUpdater().block`. */
export const blockUpdate = updater.block;
