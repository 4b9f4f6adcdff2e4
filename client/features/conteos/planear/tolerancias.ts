import type { AjustesTolerancias } from '#shared/contracts/ajustes-empresa.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';

/** Rows and columns of the tolerances, as text while they are typed. */
export const FILAS_TOL = ['A', 'B', 'C', 'general'] as const;
export const COLUMNAS_TOL = ['unidades', 'porcentaje', 'pesos'] as const;
export type FilaTol = (typeof FILAS_TOL)[number];
export type ColumnaTol = (typeof COLUMNAS_TOL)[number];
export type TextosTol = Record<FilaTol, Record<ColumnaTol, string>>;
export type CeldaTol = `tol.${FilaTol}.${ColumnaTol}`;

export const NOMBRE_FILA: Record<FilaTol, string> = {
  A: 'Clase A',
  B: 'Clase B',
  C: 'Clase C',
  general: 'General',
};

/** What each column takes; a variance's size has no sign. */
const FORMA: Record<ColumnaTol, { forma: RegExp; frase: string }> = {
  unidades: {
    forma: /^\d{1,13}(\.\d{1,3})?$/,
    frase: 'Escribe las unidades solo con números, y punto para hasta tres decimales.',
  },
  porcentaje: {
    forma: /^\d{1,4}(\.\d{1,2})?$/,
    frase: 'Escribe el porcentaje con hasta dos decimales, como 2.5.',
  },
  pesos: { forma: /^\d{1,12}(\.\d{1,2})?$/, frase: 'Escribe pesos con hasta dos decimales.' },
};

const fila = (celda: (columna: ColumnaTol) => string): Record<ColumnaTol, string> => ({
  unidades: celda('unidades'),
  porcentaje: celda('porcentaje'),
  pesos: celda('pesos'),
});
const cadaFila = <T>(celdas: (cual: FilaTol) => T): Record<FilaTol, T> => ({
  A: celdas('A'),
  B: celdas('B'),
  C: celdas('C'),
  general: celdas('general'),
});

export const TOL_VACIAS: TextosTol = cadaFila(() => fila(() => ''));

/** "100.50" → "100.5", "2.000" → "2": what a person would have typed. */
const sinCeros = (texto: string) => (texto.includes('.') ? texto.replace(/\.?0+$/, '') : texto);

export function deAjustes(ajustes: AjustesTolerancias): TextosTol {
  return cadaFila((cual) => fila((columna) => sinCeros(ajustes[cual][columna] ?? '')));
}

/** "2." is 2, "" is not set. */
export const limite = (texto: string): string | null => texto.trim().replace(/\.$/, '') || null;

/** One sentence a cell that cannot be read. */
export function erroresTol(textos: TextosTol): Partial<Record<CeldaTol, string>> {
  const errores: Partial<Record<CeldaTol, string>> = {};
  for (const cual of FILAS_TOL) {
    for (const columna of COLUMNAS_TOL) {
      const valor = limite(textos[cual][columna]);
      const { forma, frase } = FORMA[columna];
      if (valor !== null && !forma.test(valor)) errores[`tol.${cual}.${columna}`] = frase;
    }
  }
  return errores;
}

export function aAjustes(textos: TextosTol): AjustesTolerancias {
  return cadaFila((cual) => ({
    unidades: limite(textos[cual].unidades),
    porcentaje: limite(textos[cual].porcentaje),
    pesos: limite(textos[cual].pesos),
  }));
}

/** As `conteos.crea` takes them. A class without any limit goes by the general ones, so it is not sent. */
export function aPlan(
  textos: TextosTol,
): Pick<CreaConteo, 'tolUnidades' | 'tolPorcentaje' | 'tolPesos' | 'tolerancias'> {
  const { general, ...clases } = aAjustes(textos);
  return {
    tolUnidades: general.unidades,
    tolPorcentaje: general.porcentaje,
    tolPesos: general.pesos,
    tolerancias: Object.fromEntries(
      Object.entries(clases).filter(([, limites]) => Object.values(limites).some((valor) => valor !== null)),
    ),
  };
}

/** "A: 1 unidad, 2 % · general: $100", or null when nothing is set: what the closed disclosure says. */
export function resumenTol(textos: TextosTol): string | null {
  const partes = FILAS_TOL.flatMap((cual) => {
    const { unidades, porcentaje, pesos } = textos[cual];
    const puestas = [
      limite(unidades) && `${limite(unidades)} u`,
      limite(porcentaje) && `${limite(porcentaje)} %`,
      limite(pesos) && `$${limite(pesos)}`,
    ].filter(Boolean);
    return puestas.length === 0 ? [] : [`${cual === 'general' ? 'general' : cual}: ${puestas.join(', ')}`];
  });
  return partes.length === 0 ? null : partes.join(' · ');
}
