/** The part of the Battery API that is used; Chromium has it, Safari and Firefox don't. */
export interface Battery extends EventTarget {
  /** 0–1. */
  level: number;
  charging: boolean;
}

/** At or below this, and not charging, the camera is a luxury. */
export const LOW_BATTERY = 0.15;

export function isLow({ level, charging }: Pick<Battery, 'level' | 'charging'>): boolean {
  return level <= LOW_BATTERY && !charging;
}

/**
 * Tells `onChange` the level in whole percent while the battery is low, null while it is not. Says nothing where the
 * browser doesn't know. Returns the function that stops.
 */
export function watchBattery(onChange: (percent: number | null) => void): () => void {
  const ask = (navigator as { getBattery?: () => Promise<Battery> }).getBattery;
  if (typeof ask !== 'function') return () => {};
  let over = false;
  let battery: Battery | null = null;
  const tell = () => {
    if (battery && !over) onChange(isLow(battery) ? Math.round(battery.level * 100) : null);
  };
  ask.call(navigator).then(
    (found) => {
      if (over) return;
      battery = found;
      battery.addEventListener('levelchange', tell);
      battery.addEventListener('chargingchange', tell);
      tell();
    },
    () => undefined,
  );
  return () => {
    over = true;
    battery?.removeEventListener('levelchange', tell);
    battery?.removeEventListener('chargingchange', tell);
  };
}
