/** Torch, zoom and focus of one lens: what it can, and the constraints that ask for it. */

/** Capabilities and constraints of phones that the DOM types leave out. */
export type LensCapabilities = MediaTrackCapabilities & {
  torch?: boolean;
  focusMode?: string[];
  zoom?: { min: number; max: number; step?: number };
};
type LensConstraint = MediaTrackConstraintSet & { torch?: boolean; focusMode?: string; zoom?: number };

/** How much larger the picture is than the lens gives it. */
export type Zoom = 1 | 2;

export interface LensWishes {
  torch: boolean;
  zoom: Zoom;
}

/** Some devices count zoom in percent: nobody's lens enlarges 50 times. */
const PERCENT_FROM = 50;

/** The lens's own number for 1× or 2×; null when it has no zoom, or not as much. */
export function zoomNumber({ zoom }: LensCapabilities, wanted: Zoom): number | null {
  if (!zoom || !(zoom.max > zoom.min)) return null;
  const unit = zoom.max >= PERCENT_FROM ? 100 : 1;
  // A lens that begins at 2 is already as wide as it gets there.
  const value = Math.max(unit, zoom.min) * wanted;
  return value <= zoom.max ? value : null;
}

export function hasZoom(capabilities: LensCapabilities): boolean {
  return zoomNumber(capabilities, 2) !== null;
}

/**
 * All that is wanted of the lens, in one set: each `applyConstraints` replaces the one before, so a torch asked for
 * alone would cost the focus. Null when the lens can be asked for nothing.
 */
export function lensConstraint(
  capabilities: LensCapabilities,
  { torch, zoom }: LensWishes,
): MediaTrackConstraints | null {
  const set: LensConstraint = {};
  if (capabilities.focusMode?.includes('continuous')) set.focusMode = 'continuous';
  const number = zoomNumber(capabilities, zoom);
  if (number !== null) set.zoom = number;
  if (capabilities.torch === true) set.torch = torch;
  return Object.keys(set).length === 0 ? null : { advanced: [set] };
}
