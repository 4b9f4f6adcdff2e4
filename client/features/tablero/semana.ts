/** A line of mine as the week needs it. */
export type LineaDeSemana = {
  id: string;
  tipo: 'suma' | 'cero' | 'anula';
  anula: string | null;
  conteoId: string;
  /** Product id, or the raw code while it is unknown. */
  que: string | null;
  /** ms. */
  instante: number;
};

export type Semana = { lineas: number; productos: number; conteos: number };

/** Living lines since `desde` (ms), each once, and how many products and conteos they touch. */
export function resumeSemana(lineas: readonly LineaDeSemana[], desde: number): Semana {
  const anuladas = new Set(
    lineas.flatMap((linea) => (linea.tipo === 'anula' && linea.anula ? [linea.anula] : [])),
  );
  const vivas = new Map(
    lineas
      .filter(({ id, tipo, instante }) => tipo !== 'anula' && instante >= desde && !anuladas.has(id))
      .map((linea) => [linea.id, linea]),
  );
  const suyas = [...vivas.values()];
  return {
    lineas: suyas.length,
    productos: new Set(suyas.map(({ que }) => que)).size,
    conteos: new Set(suyas.map(({ conteoId }) => conteoId)).size,
  };
}
