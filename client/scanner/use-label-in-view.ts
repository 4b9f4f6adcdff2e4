import { type RefObject, useEffect, useRef } from 'react';
import { aimRect } from './aim-box.ts';
import { LabelPresence, showsLabel } from './label-presence.ts';

/** Where the strips lie across the aim box. */
const STRIPS = [0.35, 0.5, 0.65];
const STRIP_PX = 640;

/**
 * Calls `onAppear(at)` (ms, `performance.now()`) for each label that comes into the aim box. Costs some main-thread
 * time per picture, so only the scanner test asks for it: no callback, no work.
 */
export function useLabelInView(
  videoRef: RefObject<HTMLVideoElement | null>,
  active: boolean,
  onAppear: ((at: number) => void) | undefined,
): void {
  const latest = useRef(onAppear);
  useEffect(() => {
    latest.current = onAppear;
  });
  const wanted = onAppear !== undefined;

  useEffect(() => {
    const video = videoRef.current;
    if (!active || !wanted || !video || typeof video.requestVideoFrameCallback !== 'function') return;
    const canvas = document.createElement('canvas');
    canvas.width = STRIP_PX;
    canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    const presence = new LabelPresence();
    let callback = 0;
    const look = (at: number) => {
      callback = video.requestVideoFrameCallback(look);
      if (presence.look(showsLabel(strips(video, context)))) latest.current?.(at);
    };
    callback = video.requestVideoFrameCallback(look);
    return () => video.cancelVideoFrameCallback(callback);
  }, [videoRef, active, wanted]);
}

/** Light along three rows and three columns of the aim box. */
function strips(video: HTMLVideoElement, context: CanvasRenderingContext2D): Uint8Array[] {
  const size = { width: video.videoWidth, height: video.videoHeight };
  if (size.width === 0 || size.height === 0) return [];
  const aim = aimRect(size, { width: video.clientWidth, height: video.clientHeight });
  const rows = STRIPS.map((place) => {
    context.setTransform(STRIP_PX / aim.width, 0, 0, 1, 0, 0);
    context.drawImage(video, aim.x, aim.y + aim.height * place, aim.width, 2, 0, 0, aim.width, 1);
    return luma(context);
  });
  const columns = STRIPS.map((place) => {
    // A column laid down: its length runs along the strip.
    context.setTransform(0, 1, STRIP_PX / aim.height, 0, 0, 0);
    context.drawImage(video, aim.x + aim.width * place, aim.y, 2, aim.height, 0, 0, 1, aim.height);
    return luma(context);
  });
  return [...rows, ...columns];
}

function luma(context: CanvasRenderingContext2D): Uint8Array {
  const { data } = context.getImageData(0, 0, STRIP_PX, 1);
  // Green is most of what the eye, and a scanner, takes for light.
  return Uint8Array.from({ length: STRIP_PX }, (_, i) => data[i * 4 + 1]!);
}
