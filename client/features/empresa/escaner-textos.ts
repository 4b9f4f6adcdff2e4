import {
  type AjustesEscaner,
  ajustesEscaner,
  LARGO_MAXIMO,
  type ReglasEscaner,
  SIMBOLOGIAS_AJUSTABLES,
  type SimbologiaAjustable,
} from '#shared/contracts/escaner.ts';

/** Symbologies whose length is a choice; the others' is part of the symbology. */
export type ConLargo = {
  [S in SimbologiaAjustable]: ReglasEscaner[S] extends { minimo: number } ? S : never;
}[SimbologiaAjustable];

/** One rule as it is typed; the lengths stay '' where they are no choice. */
export type TextosRegla = { lee: boolean; minimo: string; maximo: string; largos: string };
export type TextosEscaner = Record<SimbologiaAjustable, TextosRegla>;

export const SIMBOLOGIA: Record<SimbologiaAjustable, { nombre: string; detalle: string }> = {
  EAN_13: { nombre: 'EAN-13', detalle: 'El de casi todos los productos: 13 dígitos.' },
  EAN_8: { nombre: 'EAN-8', detalle: 'Productos chicos: 8 dígitos.' },
  UPC_A: { nombre: 'UPC-A', detalle: 'Productos de Estados Unidos: 12 dígitos.' },
  UPC_E: { nombre: 'UPC-E', detalle: 'El UPC corto: 8 dígitos.' },
  ITF: { nombre: 'ITF', detalle: 'Cajas y bultos: un número par de dígitos.' },
  CODE_39: { nombre: 'Code 39', detalle: 'Etiquetas de fábrica y de almacén.' },
  CODE_128: { nombre: 'Code 128', detalle: 'Etiquetas propias y GS1-128.' },
  QR: { nombre: 'QR', detalle: 'El cuadro que también llevan los anuncios.' },
  DATA_MATRIX: { nombre: 'DataMatrix', detalle: 'El cuadro chico, con lote y caducidad.' },
  DESCONOCIDA: { nombre: 'Los demás', detalle: 'GS1 DataBar y otros que la cámara reconozca.' },
};

export function tieneLargo(simbologia: SimbologiaAjustable, reglas: ReglasEscaner): simbologia is ConLargo {
  return 'minimo' in reglas[simbologia];
}

export function aTextos({ simbologias }: AjustesEscaner): TextosEscaner {
  return Object.fromEntries(
    SIMBOLOGIAS_AJUSTABLES.map((s) => {
      const regla = simbologias[s];
      return [
        s,
        'minimo' in regla
          ? {
              lee: regla.lee,
              minimo: String(regla.minimo),
              maximo: String(regla.maximo),
              largos: regla.largos.join(', '),
            }
          : { lee: regla.lee, minimo: '', maximo: '', largos: '' },
      ];
    }),
  ) as TextosEscaner;
}

/** A whole number of digits only; NaN is what the contract refuses. */
const entero = (texto: string) => (/^\d{1,5}$/.test(texto.trim()) ? Number(texto.trim()) : Number.NaN);

/** Which rule is wrong and why; `general` is about all of them. */
export type ErroresEscaner = Partial<Record<SimbologiaAjustable | 'general', string>>;

export function aAjustes(
  textos: TextosEscaner,
  reglas: ReglasEscaner,
): { ok: true; valor: AjustesEscaner } | { ok: false; errores: ErroresEscaner } {
  const leido = ajustesEscaner.safeParse({
    simbologias: Object.fromEntries(
      SIMBOLOGIAS_AJUSTABLES.map((s) => {
        const { lee, minimo, maximo, largos } = textos[s];
        if (!tieneLargo(s, reglas)) return [s, { lee }];
        const partes = largos.split(/[\s,;]+/).filter((parte) => parte !== '');
        return [s, { lee, minimo: entero(minimo), maximo: entero(maximo), largos: partes.map(entero) }];
      }),
    ),
  });
  if (leido.success) return { ok: true, valor: leido.data };
  const errores: ErroresEscaner = {};
  for (const { code, message, path } of leido.error.issues) {
    const cual = SIMBOLOGIAS_AJUSTABLES.find((s) => s === path[1]) ?? 'general';
    errores[cual] ??=
      code === 'custom'
        ? message
        : path[2] === 'largos'
          ? `Escribe largos enteros separados por coma, hasta 20, de 1 a ${LARGO_MAXIMO}.`
          : `El largo es un número entero de 1 a ${LARGO_MAXIMO}.`;
  }
  return { ok: false, errores };
}

/** "de 6 a 48", "solo 12 y 14": what the closed disclosure says. */
export function resumenLargo({ minimo, maximo, largos }: TextosRegla): string {
  const partes = largos.split(/[\s,;]+/).filter((parte) => parte !== '');
  if (partes.length > 0) return `solo ${partes.join(', ')}`;
  return `de ${minimo} a ${maximo}`;
}
