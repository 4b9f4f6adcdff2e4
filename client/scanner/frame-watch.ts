/** What a picture that stands still looks like: no new frame for this long, ms. The first one may take longer. */
export const FRAME_WATCH = { stillMs: 3_000, firstMs: 6_000, everyMs: 1_000 };

/** The part of a video element that is watched. */
export type WatchedVideo = Pick<
  HTMLVideoElement,
  'requestVideoFrameCallback' | 'cancelVideoFrameCallback' | 'getBoundingClientRect'
>;

/**
 * Calls `onStill` once when a video that should show a camera brings no new frame: a driver that hangs, a track that
 * is "live" and dead. A hidden page, or a video that is scrolled away, draws nothing, which proves nothing. Where the browser can't tell one frame from
 * the next it watches nothing (the track's own `mute` and `ended` remain). Returns the function that stops.
 */
export function watchFrames(video: WatchedVideo, onStill: () => void): () => void {
  if (typeof video.requestVideoFrameCallback !== 'function') return () => {};
  let lastAt = performance.now();
  let first = true;
  let callback = 0;
  const onFrame = () => {
    lastAt = performance.now();
    first = false;
    callback = video.requestVideoFrameCallback(onFrame);
  };
  callback = video.requestVideoFrameCallback(onFrame);
  const timer = setInterval(() => {
    if (!isShown(video)) {
      lastAt = performance.now();
      return;
    }
    const limit = first ? FRAME_WATCH.firstMs : FRAME_WATCH.stillMs;
    if (performance.now() - lastAt < limit) return;
    stop();
    onStill();
  }, FRAME_WATCH.everyMs);
  const stop = () => {
    clearInterval(timer);
    video.cancelVideoFrameCallback(callback);
  };
  return stop;
}

function isShown(video: WatchedVideo): boolean {
  const { top, bottom, width } = video.getBoundingClientRect();
  return document.visibilityState === 'visible' && width > 0 && bottom > 0 && top < window.innerHeight;
}
