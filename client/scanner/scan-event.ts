/** Symbologies the app distinguishes; DataBar and whatever else a decoder may name are `DESCONOCIDA`. */
export type Simbologia =
  | 'EAN_13'
  | 'EAN_8'
  | 'UPC_A'
  | 'UPC_E'
  | 'ITF'
  | 'CODE_39'
  | 'CODE_128'
  | 'QR'
  | 'DATA_MATRIX'
  | 'DESCONOCIDA';

export type FuenteEscaneo = 'camara' | 'pistola' | 'manual' | 'foto';

/**
 * One accepted read, whatever the source. Every `ScanEvent` is to be counted: doubles, bounces and misreads
 * are dropped before it is made.
 */
export interface ScanEvent {
  /**
   * The code as printed: UPC-A has 12 digits, UPC-E its 8 printed digits, EAN-13 has 13; GS1 strings keep
   * their separators (GS, U+001D). Trimmed, otherwise untouched.
   */
  codigo: string;
  /** Absent for wedge and keyboard, which don't say, unless an AIM identifier came with the code. */
  simbologia?: Simbologia;
  /**
   * True: the symbol, or the AIM identifier that came with it, says that `codigo` is a GS1 element string. False: it
   * says that it is none. Absent: the source doesn't say. Read it with `leeGs1(codigo, opcionesGs1(event))`.
   */
  gs1?: boolean;
  fuente: FuenteEscaneo;
  /** Instant of the read, ms since 1970 of this phone's clock (uncorrected). */
  en: number;
}

export type ScanListener = (event: ScanEvent) => void;

/** The one stream every source feeds and every screen listens to. */
export interface ScanStream {
  emit: ScanListener;
  /** Returns the function that unsubscribes. */
  subscribe(listener: ScanListener): () => void;
}

/** A new, empty stream. Listeners are called in the order of subscription, synchronously. */
export function createScanStream(): ScanStream {
  const listeners = new Set<ScanListener>();
  return {
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
