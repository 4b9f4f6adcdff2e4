/** Silence after which the camera rests, ms. */
export const REST_MS = 20_000;

export interface RestWatch {
  /** A code was in view: not yet. */
  seen: () => void;
  stop: () => void;
}

/** Calls `onRest` once when no code was seen for 20 s: decoding is what warms and drains a phone. */
export function watchRest(onRest: () => void): RestWatch {
  let seenAt = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - seenAt < REST_MS) return;
    clearInterval(timer);
    onRest();
  }, 1000);
  return {
    seen: () => {
      seenAt = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
