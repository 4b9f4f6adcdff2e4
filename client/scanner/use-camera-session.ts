import { useEffect, useState, useSyncExternalStore } from 'react';
import { CameraSession, type CameraSnapshot } from './camera-session.ts';

/**
 * The camera of a route: one session from its mount to its unmount. It is off until `start()`, which
 * `<CameraView>` calls.
 */
export function useCameraSession(): CameraSession | null {
  const [session, setSession] = useState<CameraSession | null>(null);
  useEffect(() => {
    const created = new CameraSession();
    setSession(created);
    return () => created.dispose();
  }, []);
  return session;
}

export function useCameraSnapshot(session: CameraSession): CameraSnapshot {
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}
