import type { Rect } from './decode.worker.ts';

export interface Size {
  width: number;
  height: number;
}

/** The aim box as a share of the visible picture. Wide enough for a carton's ITF-14, high enough for a QR. */
export const AIM_SHARE: Size = { width: 0.86, height: 0.62 };

/**
 * The part of a video that its element shows with `object-fit: cover`, px of the video. Sizes of the video
 * (px) and of the element (CSS px).
 */
export function visibleRect(video: Size, element: Size): Rect {
  if (element.width <= 0 || element.height <= 0) return { x: 0, y: 0, ...video };
  const scale = Math.max(element.width / video.width, element.height / video.height);
  const width = Math.min(video.width, element.width / scale);
  const height = Math.min(video.height, element.height / scale);
  return { x: (video.width - width) / 2, y: (video.height - height) / 2, width, height };
}

/** The aim box inside the visible part, whole px of the video. */
export function aimRect(video: Size, element: Size, share: Size = AIM_SHARE): Rect {
  const visible = visibleRect(video, element);
  const width = Math.round(visible.width * share.width);
  const height = Math.round(visible.height * share.height);
  return {
    x: Math.round(visible.x + (visible.width - width) / 2),
    y: Math.round(visible.y + (visible.height - height) / 2),
    width,
    height,
  };
}

/** Among codes whose centre lies in `aim`, the one nearest its middle: what the person points at. */
export function aimedAt<T extends { x: number; y: number }>(found: readonly T[], aim: Rect): T | null {
  const middleX = aim.x + aim.width / 2;
  const middleY = aim.y + aim.height / 2;
  let best: T | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const code of found) {
    const inside =
      code.x >= aim.x && code.x <= aim.x + aim.width && code.y >= aim.y && code.y <= aim.y + aim.height;
    const distance = Math.hypot(code.x - middleX, code.y - middleY);
    if (inside && distance < bestDistance) {
      best = code;
      bestDistance = distance;
    }
  }
  return best;
}
