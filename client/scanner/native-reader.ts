/**
 * The browser's own BarcodeDetector, where there is one that deserves it. It costs the least battery, and each phone
 * has another: some name formats they don't read, some drop the separators of GS1, some hang. So it must name every
 * format wanted, read our own pictures exactly, and answer in time; the first failure ends it and zxing reads on.
 */

import { withoutMarks } from './gs.ts';
import { drawSymbol, TEST_SYMBOLS, type TestSymbol } from './native-test-symbols.ts';
import type { FoundCode } from './read-image.ts';
import type { Simbologia } from './scan-event.ts';
import { withoutVinIdentifier } from './vin.ts';

/** What is used of https://wicg.github.io/shape-detection-api/; TypeScript's DOM library has no BarcodeDetector. */
export interface DetectedBarcode {
  rawValue: string;
  format: string;
  boundingBox: { x: number; y: number; width: number; height: number };
}
export interface Detector {
  detect(picture: ImageBitmapSource): Promise<DetectedBarcode[]>;
}
export interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** `later` resolves after so many ms: the only clock there is here. */
export interface NativeDependencies {
  Detector: DetectorClass | undefined;
  /** The picture as something `detect` takes. */
  asSource(symbol: ReturnType<typeof drawSymbol>): ImageBitmapSource;
  later(ms: number): Promise<void>;
}

const SIMBOLOGIAS: Readonly<Record<string, Simbologia>> = {
  ean_13: 'EAN_13',
  ean_8: 'EAN_8',
  upc_a: 'UPC_A',
  upc_e: 'UPC_E',
  itf: 'ITF',
  code_39: 'CODE_39',
  code_128: 'CODE_128',
  qr_code: 'QR',
  data_matrix: 'DATA_MATRIX',
};
export const WANTED_FORMATS = Object.keys(SIMBOLOGIAS);
const MATRIX: ReadonlySet<Simbologia> = new Set(['QR', 'DATA_MATRIX']);
/** The first call loads the phone's model; a frame must not wait as long. */
const TEST_MS = 3000;
const FRAME_MS = 1000;
/** Two sightings within this are the same label seen twice, ms. */
const AGREEMENT_MS = 1000;

export class NativeReader {
  readonly #detector: Detector;
  readonly #deps: NativeDependencies;
  /** Linear codes of the last frame that had any, and its instant. */
  #before: { codes: ReadonlySet<string>; at: number } = { codes: new Set(), at: Number.NEGATIVE_INFINITY };

  private constructor(detector: Detector, deps: NativeDependencies) {
    this.#detector = detector;
    this.#deps = deps;
  }

  /** Null where there is no detector, or it lacks a format, or says nothing in time. Doesn't test it. */
  static async open(deps: NativeDependencies): Promise<NativeReader | null> {
    const { Detector } = deps;
    if (!Detector) return null;
    try {
      const formats = await inTime(deps, TEST_MS, () => Detector.getSupportedFormats());
      if (!WANTED_FORMATS.every((format) => formats.includes(format))) return null;
      return new NativeReader(new Detector({ formats: WANTED_FORMATS }), deps);
    } catch {
      return null;
    }
  }

  /** True when every test picture gives exactly its code, and a white page gives none. */
  async passesTest(): Promise<boolean> {
    try {
      for (const symbol of TEST_SYMBOLS) if (!(await this.#reads(symbol))) return false;
      const page = this.#deps.asSource(drawSymbol(TEST_SYMBOLS[0]!, true));
      return (await inTime(this.#deps, TEST_MS, () => this.#detector.detect(page))).length === 0;
    } catch {
      return false;
    }
  }

  async #reads(symbol: TestSymbol): Promise<boolean> {
    const source = this.#deps.asSource(drawSymbol(symbol));
    const detected = await inTime(this.#deps, TEST_MS, () => this.#detector.detect(source));
    const [only] = detected;
    if (detected.length !== 1 || !only) return false;
    const { codigo, simbologia } = toRead(only);
    return codigo === symbol.codigo && simbologia === symbol.simbologia;
  }

  /**
   * Codes in a frame at instant `at` (ms, monotonic); centres in px of `picture`. Throws when the detector throws or
   * is too late: then it is to be given up.
   *
   * The detector says nothing of how sure it is. A matrix code has its error correction; of a linear one a single frame is no
   * proof, so it is firm from the second frame in a row that says the same. What acceptance asks of weak symbologies comes on top.
   */
  async read(picture: ImageBitmapSource, at: number): Promise<FoundCode[]> {
    const detected = await inTime(this.#deps, FRAME_MS, () => this.#detector.detect(picture));
    const fresh = at - this.#before.at <= AGREEMENT_MS;
    const found = detected.flatMap((barcode) => {
      const { codigo, simbologia, gs1 } = toRead(barcode);
      if (codigo === '' || simbologia === null) return [];
      const { x, y, width, height } = barcode.boundingBox;
      const firm = MATRIX.has(simbologia) || (fresh && this.#before.codes.has(`${simbologia} ${codigo}`));
      const said = gs1 === undefined ? {} : { gs1 };
      return [
        { codigo, simbologia, ...said, pass: 'native', lines: 1, firm, x: x + width / 2, y: y + height / 2 },
      ];
    });
    this.#before = { codes: new Set(found.map(({ simbologia, codigo }) => `${simbologia} ${codigo}`)), at };
    return found;
  }
}

/** Detectors differ in whether UPC-A comes with 12 digits or as EAN-13, and in what they do with FNC1 in front. */
function toRead({ rawValue, format }: DetectedBarcode): {
  codigo: string;
  simbologia: Simbologia | null;
  gs1?: boolean | undefined;
} {
  const simbologia = SIMBOLOGIAS[format] ?? null;
  const { codigo, gs1 } = withoutMarks(rawValue);
  if (simbologia === 'EAN_13' && codigo.length === 13 && codigo.startsWith('0')) {
    return { codigo: codigo.slice(1), simbologia: 'UPC_A' };
  }
  if (simbologia === 'CODE_39') return { codigo: withoutVinIdentifier(codigo), simbologia };
  return { codigo, simbologia, gs1 };
}

/** The answer of `ask`, or an error when it takes longer than `ms`. */
async function inTime<T>(deps: NativeDependencies, ms: number, ask: () => Promise<T>): Promise<T> {
  const late = deps.later(ms).then(() => {
    throw new Error(`no answer in ${ms} ms`);
  });
  // The loser of the race may reject long after anybody listens.
  late.catch(() => undefined);
  return Promise.race([ask(), late]);
}
