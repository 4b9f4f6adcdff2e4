import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CameraSession, CameraSnapshot } from './camera-session.ts';

/**
 * The camera of a route: one session from its mount to its unmount; null until its code has come (it is precached, and
 * not on the way to counting). It is off until `start()`, which `<CameraView>` calls.
 */
export function useCameraSession(): CameraSession | null {
  const [session, setSession] = useState<CameraSession | null>(null);
  useEffect(() => {
    let created: CameraSession | null = null;
    let over = false;
    void import('./camera-session.ts').then(
      ({ CameraSession }) => {
        if (over) return;
        created = new CameraSession();
        setSession(created);
      },
      // A code that can't be had leaves the camera out; gun, photo and typing go on.
      () => undefined,
    );
    return () => {
      over = true;
      created?.dispose();
    };
  }, []);
  return session;
}

export function useCameraSnapshot(session: CameraSession): CameraSnapshot {
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}
