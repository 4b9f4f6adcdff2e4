import { type RefObject, useEffect, useRef, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import { Acceptance } from './acceptance.ts';
import { FrameDecoder } from './frame-decoder.ts';
import type { ScanEvent } from './scan-event.ts';
import { ScanLoop } from './scan-loop.ts';

/** Silence after which the camera rests, ms. */
export const REST_MS = 20_000;

export interface UseScanLoop {
  resting: boolean;
  /** Ends the rest; a touch. */
  wake: () => void;
}

/**
 * Decodes `videoRef` while `active`, and rests after 20 s in which no code was seen. The worker starts at mount, so
 * that it is warm when the camera is.
 */
export function useScanLoop(
  videoRef: RefObject<HTMLVideoElement | null>,
  active: boolean,
  onScan: (event: ScanEvent) => void,
): UseScanLoop {
  const [resting, setResting] = useState(false);
  const [decoder, setDecoder] = useState<FrameDecoder | null>(null);
  const [acceptance] = useState(() => new Acceptance());
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
    const video = videoRef.current;
    if (!active || resting || !video || !decoder) return;
    let seenAt = performance.now();
    const loop = new ScanLoop(video, decoder, acceptance, {
      onAccept: ({ codigo, simbologia }) => {
        latest.current({ codigo, simbologia, fuente: 'camara', en: now().getTime() });
      },
      onFrame: ({ seen }) => {
        if (seen) seenAt = performance.now();
      },
    });
    loop.start();
    const watch = setInterval(() => {
      if (performance.now() - seenAt >= REST_MS) setResting(true);
    }, 1000);
    return () => {
      clearInterval(watch);
      loop.stop();
    };
  }, [active, resting, decoder, acceptance, videoRef]);

  return { resting: active && resting, wake: () => setResting(false) };
}
