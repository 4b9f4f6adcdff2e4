import type { Zoom } from './lens-settings.ts';

/** What this device remembers of its lenses. Storage may be forbidden or spoilt: then it remembers nothing. */
const LENS_KEY = 'devcompras.lente';
const ZOOM_KEY = 'devcompras.zoom';

export function readLens(): string | null {
  return read(LENS_KEY);
}

export function saveLens(id: string): void {
  write(LENS_KEY, id);
}

/** The zoom last chosen for that lens; 1 when none was. */
export function readZoom(lensId: string | null): Zoom {
  return zooms()[lensId ?? ''] === 2 ? 2 : 1;
}

export function saveZoom(lensId: string | null, zoom: Zoom): void {
  write(ZOOM_KEY, JSON.stringify({ ...zooms(), [lensId ?? '']: zoom }));
}

function zooms(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(read(ZOOM_KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice is then for this session only.
  }
}
