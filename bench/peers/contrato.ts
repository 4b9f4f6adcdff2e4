/** What the runner and the pages of the race say to each other. */

/** A product as every peer keeps it: our row, with its code embedded, so that one document does for two of our rows. */
export type Articulo = {
  /** What is looked up: the product's EAN, or its own code when the EAN is of several products. */
  clave: string;
  id: string;
  codigo: string;
  nombre: string;
  categoriaId: string | null;
  precio: string;
  unidad: string;
  decimales: number;
  marca: string | null;
  modelo: string | null;
  sku: string | null;
  upc: string | null;
  imagenUrl: string | null;
  pideLote: boolean;
  pideCaducidad: boolean;
  esServicio: boolean;
  esJuego: boolean;
  fusionadoEn: string | null;
  isActive: boolean;
};

/** One library in the browser, ready to be measured. Each rejects when what it promises did not happen. */
export interface Corredor {
  /** Opens the database of this phone and puts the person in; nothing comes down yet. */
  prepara(): Promise<void>;
  /** The initial copy; resolves when the catalogue is complete on this phone. */
  baja(): Promise<void>;
  /** After a reload: opens what is on disk and starts to replicate as an app does. */
  arranca(): Promise<void>;
  /** With signal: resolves when it is level and quiet. */
  espera(): Promise<void>;
  /** The price of the product with this code, from what is on the phone; null: not here. */
  busca(clave: string): Promise<string | null>;
  /** Saves count lines on the phone, many in one transaction. */
  guarda(cuantas: number, claves: readonly string[]): Promise<void>;
  /** Saves one line and resolves when it is on disk, as each scan does. */
  guardaUna(clave: string): Promise<void>;
  /** The signal is back: resolves when nothing unsent is left. */
  sube(): Promise<void>;
  /** Asks for what changed; resolves when it is on the phone. */
  nivela(): Promise<void>;
}

/** Milliseconds of the page's own clock; `largas`: tasks of the main thread over 50 ms. */
export type Tiempo = { ms: number; largasMs: number; largaMaxMs: number };
export type Copia = Tiempo & { primeraMs: number };

/** What the page offers to the runner. */
export interface Pista {
  prepara(): Promise<void>;
  espera(): Promise<void>;
  copia(muestras: readonly string[]): Promise<Copia>;
  guarda(cuantas: number, claves: readonly string[]): Promise<Tiempo>;
  /** Milliseconds of each save by itself. */
  guardaUnas(claves: readonly string[]): Promise<number[]>;
  sube(): Promise<Tiempo>;
  /** `esperados`: code and price that must be on the phone at the end. */
  nivela(esperados: readonly (readonly [string, string])[]): Promise<Tiempo>;
  /** From the navigation to the answer, when the page was opened with `?frio=CODE`. */
  frio: Promise<number> | null;
  listo: boolean;
}

declare global {
  interface Window {
    pista: Pista;
  }
}
