import * as z from 'zod/mini';
import { CODIGO_MAXIMO } from '../domain/codigos.ts';

/** Symbologies with a rule of their own; `DESCONOCIDA` stands for GS1 DataBar and whatever else a decoder names. */
export const SIMBOLOGIAS_AJUSTABLES = [
  'EAN_13',
  'EAN_8',
  'UPC_A',
  'UPC_E',
  'ITF',
  'CODE_39',
  'CODE_128',
  'QR',
  'DATA_MATRIX',
  'DESCONOCIDA',
] as const;
export type SimbologiaAjustable = (typeof SIMBOLOGIAS_AJUSTABLES)[number];

/** A QR can hold a page of text; as a code, more than this is somebody's advertisement. */
export const LARGO_MAXIMO = 2000;

/** EAN and UPC: their length is part of the symbology. */
const ReglaFija = z.object({ lee: z.boolean() });

const Largo = z.int().check(z.gte(1), z.lte(LARGO_MAXIMO));
/**
 * Allowed lengths in characters, as printed. `largos` empty: every one from `minimo` to `maximo`; else exactly these,
 * and the two limits say nothing.
 */
const ReglaLargo = z
  .object({
    lee: z.boolean(),
    minimo: Largo,
    maximo: Largo,
    largos: z.array(Largo).check(z.maxLength(20)),
  })
  .check(
    z.refine(({ minimo, maximo }) => minimo <= maximo, {
      path: ['maximo'],
      error: 'El largo máximo no puede ser menor que el mínimo.',
    }),
  );

/** ITF codes come in pairs of digits: odd lengths don't exist, and below 4 any set of parallel lines is one. */
const ReglaItf = ReglaLargo.check(
  z.refine(({ minimo, maximo, largos }) => [minimo, maximo, ...largos].every((n) => n % 2 === 0 && n >= 4), {
    path: ['largos'],
    error: 'Los códigos ITF tienen un número par de dígitos, de 4 en adelante.',
  }),
);

/**
 * What this company's camera reads. Of the camera and of photos only: a gun does not say which symbology it saw, and
 * carries its own settings; what a person types is never refused for its length.
 */
export const ajustesEscaner = z.object({
  simbologias: z
    .object({
      EAN_13: ReglaFija,
      EAN_8: ReglaFija,
      UPC_A: ReglaFija,
      UPC_E: ReglaFija,
      ITF: ReglaItf,
      CODE_39: ReglaLargo,
      CODE_128: ReglaLargo,
      QR: ReglaLargo,
      DATA_MATRIX: ReglaLargo,
      DESCONOCIDA: ReglaLargo,
    })
    .check(
      z.refine((reglas) => Object.values(reglas).some(({ lee }) => lee), {
        error: 'Deja al menos un tipo de código: sin ninguno la cámara no lee nada.',
      }),
    ),
});
export type AjustesEscaner = z.infer<typeof ajustesEscaner>;
export type ReglasEscaner = AjustesEscaner['simbologias'];

const deLargo = (minimo: number, maximo: number) => ({ lee: true, minimo, maximo, largos: [] });

/** Everything, and of ITF from 6 digits on: shorter ones turn up in any set of parallel lines. */
export const ESCANER_POR_OMISION: AjustesEscaner = {
  simbologias: {
    EAN_13: { lee: true },
    EAN_8: { lee: true },
    UPC_A: { lee: true },
    UPC_E: { lee: true },
    ITF: deLargo(6, CODIGO_MAXIMO),
    CODE_39: deLargo(1, CODIGO_MAXIMO),
    CODE_128: deLargo(1, CODIGO_MAXIMO),
    QR: deLargo(1, LARGO_MAXIMO),
    DATA_MATRIX: deLargo(1, LARGO_MAXIMO),
    DESCONOCIDA: deLargo(1, CODIGO_MAXIMO),
  },
};

/**
 * Settings out of a store that an older or newer version wrote: each rule that is missing or makes no sense is the
 * default one. Never throws, so that the scanner always has settings to go by.
 */
export function leeAjustesEscaner(crudo: unknown): AjustesEscaner {
  const todo = ajustesEscaner.safeParse(crudo);
  if (todo.success) return todo.data;
  const deReglas = z.object({ simbologias: z.record(z.string(), z.unknown()) }).safeParse(crudo);
  if (!deReglas.success) return ESCANER_POR_OMISION;
  let leidos = ESCANER_POR_OMISION;
  for (const simbologia of SIMBOLOGIAS_AJUSTABLES) {
    const regla = deReglas.data.simbologias[simbologia];
    const con = ajustesEscaner.safeParse({ simbologias: { ...leidos.simbologias, [simbologia]: regla } });
    if (con.success) leidos = con.data;
  }
  return leidos;
}
