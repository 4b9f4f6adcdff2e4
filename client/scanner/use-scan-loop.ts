import { type RefObject, useEffect, useRef, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import type { AjustesEscaner } from '#shared/contracts/escaner.ts';
import { Acceptance } from './acceptance.ts';
import type { CameraSession } from './camera-session.ts';
import { readPace } from './device-pace.ts';
import { FrameDecoder } from './frame-decoder.ts';
import { watchRest } from './rest-watch.ts';
import type { ScanEvent } from './scan-event.ts';
import { ScanLoop } from './scan-loop.ts';
import { LECTURA } from './wake-lock.ts';

export interface UseScanLoop {
  resting: boolean;
  /** Ends the rest; a touch. */
  wake: () => void;
  /** Rests now; the person saves battery. */
  rest: () => void;
}

export interface ScanLoopOptions {
  active: boolean;
  onScan: (event: ScanEvent) => void;
  ajustes: AjustesEscaner;
}

/**
 * Decodes `videoRef` while `active`, and rests after 20 s in which no code was seen. The worker starts at mount, so
 * that it is warm when the camera is. What was read lives in the session.
 */
export function useScanLoop(
  videoRef: RefObject<HTMLVideoElement | null>,
  session: CameraSession,
  { active, onScan, ajustes }: ScanLoopOptions,
): UseScanLoop {
  const [resting, setResting] = useState(false);
  const [decoder, setDecoder] = useState<FrameDecoder | null>(null);
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });

  useEffect(() => {
    const created = new FrameDecoder();
    setDecoder(created);
    return () => created.close();
  }, []);

  useEffect(() => {
    session.acceptance ??= new Acceptance({ cooldownMs: readPace().camaraMs });
    session.acceptance.ajustes = ajustes;
  }, [session, ajustes]);

  useEffect(() => {
    const video = videoRef.current;
    const { acceptance } = session;
    if (!active || resting || !video || !decoder || !acceptance) return;
    const watch = watchRest(() => setResting(true));
    const loop = new ScanLoop(video, decoder, acceptance, {
      onAccept: ({ codigo, simbologia, gs1 }) => {
        window.dispatchEvent(new Event(LECTURA));
        latest.current({ codigo, simbologia, gs1, fuente: 'camara', en: now().getTime() });
      },
      onFrame: ({ seen }) => {
        if (seen) watch.seen();
      },
    });
    loop.start();
    return () => {
      watch.stop();
      loop.stop();
    };
  }, [active, resting, decoder, session, videoRef]);

  return { resting: active && resting, wake: () => setResting(false), rest: () => setResting(true) };
}
