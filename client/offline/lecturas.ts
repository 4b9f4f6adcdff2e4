import { pareceGs1 } from '#shared/domain/codigos.ts';
import type { EtiquetaGs1 } from '#shared/domain/gs1/etiqueta.ts';
import type { Hallado } from './modelo.ts';
import { buscarCodigo } from './productos.ts';

/** What a reading is: the products it may stand for and, where it is a GS1 label, what that says. */
export type Lectura = { hallados: Hallado[]; etiqueta: EtiquetaGs1 | null };

export type Leido = {
  codigo: string;
  /** Name of the symbology; for a GS1 symbol its GS1 name (`gs1128`…), which is also what the line keeps. */
  simbologia?: string | null | undefined;
  /** What the reader says; absent when it does not say. */
  gs1?: boolean | undefined;
  /** The reader is known to deliver the separators. */
  separa?: boolean | undefined;
};

const parser = () => import('#shared/domain/gs1/etiqueta.ts');

/** Brings the parser of GS1 labels before the first one is read: it is no part of the first screens. */
export function preparaLecturas(): void {
  void parser().catch(() => {});
}

/**
 * Looks a reading up in this phone's catalogue. A bare code goes straight to it; a GS1 label is read first and looked up by
 * its GTIN, which on a GTIN-14 brings the packaging's factor. Without the parser (a first start that lost its signal
 * half-way) the label is looked up as text: its product is still found, its lot is not.
 */
export async function leeLectura({ codigo, simbologia, gs1, separa }: Leido): Promise<Lectura> {
  if (!pareceGs1(codigo, gs1)) return { hallados: await buscarCodigo(codigo, simbologia), etiqueta: null };
  const etiqueta = await parser().then(
    ({ etiquetaDe }) =>
      etiquetaDe(codigo, {
        // A separator inside says GS1 as surely as the reader does.
        simbologia: simbologia ?? (codigo.includes('\u001d') ? 'gs1128' : undefined),
        separa,
      }),
    () => null,
  );
  if (etiqueta === null) return { hallados: await buscarCodigo(codigo, simbologia), etiqueta };
  // A pallet's number, or a check digit that does not hold, is no product's code.
  if (etiqueta.gtin === null) return { hallados: [], etiqueta };
  return { hallados: await buscarCodigo(etiqueta.gtin), etiqueta };
}
