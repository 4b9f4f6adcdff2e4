import type { CampoImportacion, OpcionesImportacion, TipoImportacion } from '#shared/contracts/importar.ts';

/** A messy file and what must come of it. */
export interface Caso {
  readonly nombre: string;
  readonly archivo: string;
  readonly bytes: () => Uint8Array;
  readonly opciones?: OpcionesImportacion;
  readonly espera: Importa | Niega;
}

export interface Importa {
  readonly tipo: TipoImportacion;
  /** Exactly these, as `enCorto` writes them. */
  readonly filas: readonly string[];
  /** Kinds of problems, sorted; none when left out. */
  readonly problemas?: readonly string[];
  /** `antes → después`, in order; not compared when left out. */
  readonly reparaciones?: readonly string[];
  readonly columnas?: Partial<Record<CampoImportacion, string>>;
  readonly almacen?: string | null;
  readonly fecha?: string | null;
  readonly almacenes?: readonly (string | null)[];
}

export interface Niega {
  readonly codigo: string;
  /** The sentence must tell this. */
  readonly dice: RegExp;
  /** At most so long, ms, when nothing else is running; the test allows more. */
  readonly ms?: number;
}
