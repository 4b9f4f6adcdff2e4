/** Radius of the blur that is subtracted, px: about a module and a half of a label that fills the aim box. */
const RADIUS = 4;

/**
 * Unsharp mask along the rows, in place: grey + (grey − its blur). Gives out-of-focus bars their edges back.
 * `rgba`: 4 bytes a pixel; alpha is left as it is. Running sums make the cost independent of the radius.
 */
export function sharpenRows(rgba: Uint8ClampedArray, width: number, height: number): void {
  const grey = new Float32Array(width);
  for (let row = 0; row < height; row += 1) {
    const start = row * width * 4;
    for (let x = 0; x < width; x += 1) {
      const at = start + x * 4;
      grey[x] = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
    }
    let sum = 0;
    let count = 0;
    for (let x = 0; x < Math.min(RADIUS, width); x += 1) {
      sum += grey[x]!;
      count += 1;
    }
    for (let x = 0; x < width; x += 1) {
      if (x + RADIUS < width) {
        sum += grey[x + RADIUS]!;
        count += 1;
      }
      if (x > RADIUS) {
        sum -= grey[x - RADIUS - 1]!;
        count -= 1;
      }
      const value = 2 * grey[x]! - sum / count;
      const at = start + x * 4;
      rgba[at] = value;
      rgba[at + 1] = value;
      rgba[at + 2] = value;
    }
  }
}
