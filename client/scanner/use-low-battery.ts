import { useEffect, useState } from 'react';
import { watchBattery } from './battery.ts';

/** Percent left while the battery is low and not charging; else null, as where the browser doesn't say. */
export function useLowBattery(): number | null {
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(() => watchBattery(setPercent), []);
  return percent;
}
