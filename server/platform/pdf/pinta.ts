import { now } from '../clock.ts';
import { runJob } from '../job-process.ts';

export interface OpcionesPinta {
  /** The longest that the drawing may take; 60 s unless told. */
  readonly plazoMs?: number | undefined;
  /** Heap of the drawing's process; 256 MB unless told. */
  readonly memoriaMb?: number | undefined;
  /** What the reader's window shows. */
  readonly titulo?: string | undefined;
  /** The document's date: the same data with the same date give the same bytes. The present unless told. */
  readonly creado?: Date | undefined;
}

/** What the drawing's process starts with. */
export interface EntradaPinta {
  readonly modulo: string;
  readonly datos: unknown;
  readonly titulo: string;
  readonly creado: Date;
}

/**
 * A PDF drawn in a process of its own. The module at `modulo` exports
 * `dibuja(doc: PDFKit.PDFDocument, datos): void | Promise<void>` and may export `opcionesPdf`
 * (PDFKit.PDFDocumentOptions: size, margins, …). `datos` is copied to it (structured clone).
 *
 * Text is folded to what the built-in fonts can print (texto-pdf.ts). Pages are kept until the end, so that
 * `dibuja` can go back to them for "página 2 de 9". Fails as `runJob` does.
 */
export function pintaPdf(modulo: URL, datos: unknown, opciones: OpcionesPinta = {}): Promise<Uint8Array> {
  const entrada: EntradaPinta = {
    modulo: modulo.href,
    datos,
    titulo: opciones.titulo ?? 'DevCompras',
    creado: opciones.creado ?? now(),
  };
  return runJob(new URL('./pinta-process.ts', import.meta.url), entrada, opciones);
}
