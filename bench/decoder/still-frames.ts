/** A still stands for a camera that never moves: frames at this pace, ms, for 4.8 s. */
export const FRAME_MS = 66;
export const LIVE_FRAMES = 72;
