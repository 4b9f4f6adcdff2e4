/** The waits that keep one label from counting twice on this device, as its scanner test found them. */
export interface DevicePace {
  /** The camera counts the same code again only this long after, ms. */
  camaraMs: number;
  /** The same code from the gun, beginning this soon after its end, is one trigger that bounced, ms. */
  reboteMs: number;
}

/** The rules' own bounds: whatever was saved, the camera waits 1.5–2 s, and a gun's bounce ends before a second pull. */
export const PACE_BOUNDS = {
  camaraMs: { min: 1500, max: 2000 },
  reboteMs: { min: 200, max: 500 },
} as const;

export const DEFAULT_PACE: DevicePace = { camaraMs: 1800, reboteMs: 200 };

const KEY = 'devcompras.ritmo';

/** What this device saved, held to the bounds; the default where it saved nothing, or storage is forbidden. */
export function readPace(): DevicePace {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return DEFAULT_PACE;
    return {
      camaraMs: bounded('camaraMs', (kept as Partial<DevicePace>).camaraMs),
      reboteMs: bounded('reboteMs', (kept as Partial<DevicePace>).reboteMs),
    };
  } catch {
    return DEFAULT_PACE;
  }
}

/** Returns false when this device can't keep it. */
export function savePace(change: Partial<DevicePace>): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPace(), ...change }));
    return true;
  } catch {
    return false;
  }
}

/** `ms` rounded up to 50 ms and held to the bounds; the default for what is no number. */
export function bounded(which: keyof DevicePace, ms: unknown): number {
  if (typeof ms !== 'number' || !Number.isFinite(ms)) return DEFAULT_PACE[which];
  const { min, max } = PACE_BOUNDS[which];
  return Math.min(max, Math.max(min, Math.ceil(ms / 50) * 50));
}
