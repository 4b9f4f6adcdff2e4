import { pliegaCodigo } from './busqueda.ts';

/** A table of a count made on paper, as it comes from a spreadsheet: pasted, CSV or cells. */

export type Campo = 'codigo' | 'cantidad' | 'ubicacion' | 'lote' | 'nota';
export const CAMPOS: readonly Campo[] = ['codigo', 'cantidad', 'ubicacion', 'lote', 'nota'];
export const NOMBRE_CAMPO: Readonly<Record<Campo, string>> = {
  codigo: 'Código',
  cantidad: 'Cantidad',
  ubicacion: 'Ubicación',
  lote: 'Lote',
  nota: 'Nota',
};

export interface FilaCruda {
  /** As the spreadsheet numbers it, from 1. */
  readonly fila: number;
  readonly celdas: readonly string[];
}

export interface Columnas {
  /** Row of the headings; 0 when there are none. */
  readonly fila: number;
  readonly lugar: { readonly codigo: number; readonly cantidad: number } & Partial<Record<Campo, number>>;
  /** Headings as the file writes them. */
  readonly titulos: Partial<Record<Campo, string>>;
}

/** What each column is called, folded; the first that is found wins. */
const TITULOS: Readonly<Record<Campo, readonly string[]>> = {
  codigo: [
    'codigo',
    'clave',
    'codigodebarras',
    'codigobarras',
    'barras',
    'sku',
    'articulo',
    'claveprincipal',
    'cod',
  ],
  cantidad: [
    'cantidad',
    'contado',
    'conteo',
    'cant',
    'fisico',
    'existenciafisica',
    'conteofisico',
    'piezas',
    'unidades',
    'pzas',
  ],
  ubicacion: ['ubicacion', 'anaquel', 'localizacion', 'rack', 'bin', 'lugar'],
  lote: ['lote', 'nolote', 'numerodelote'],
  nota: ['nota', 'notas', 'observaciones', 'observacion', 'comentario', 'comentarios'],
};
/** Titles, dates and blank rows that may stand over the headings. */
const FILAS_ENCABEZADO = 15;

function separador(texto: string): string {
  const [primera = ''] = texto.split(/\r?\n/).filter((linea) => linea.trim() !== '');
  const cuantos = (signo: string) => primera.split(signo).length - 1;
  if (cuantos('\t') > 0) return '\t';
  return cuantos(';') > cuantos(',') ? ';' : ',';
}

/**
 * Rows of a pasted table or a CSV: tab, semicolon or comma, whichever the first row uses; quoted cells may hold separators,
 * line breaks and doubled quotes. Blank rows keep their number.
 */
export function leeTexto(crudo: string): FilaCruda[] {
  const texto = crudo.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
  const corte = separador(texto);
  const filas: string[][] = [[]];
  let celda = '';
  let entre = false;
  let dudosa = false;
  const cierra = () => {
    filas.at(-1)!.push(celda);
    celda = '';
    dudosa = false;
  };
  for (let i = 0; i < texto.length; i += 1) {
    const signo = texto[i]!;
    if (entre) {
      if (signo !== '"') celda += signo;
      else if (texto[i + 1] === '"') {
        celda += '"';
        i += 1;
      } else entre = false;
    } else if (signo === '"' && celda.trim() === '' && !dudosa) {
      celda = '';
      entre = true;
      dudosa = true;
    } else if (signo === corte) cierra();
    else if (signo === '\n' || signo === '\r') {
      if (signo === '\r' && texto[i + 1] === '\n') i += 1;
      cierra();
      filas.push([]);
    } else celda += signo;
  }
  cierra();
  if (filas.at(-1)!.every((ultima) => ultima === '')) filas.pop();
  // `="000123"` is how some programs keep Excel from eating zeros.
  return filas.map((celdas, i) => ({
    fila: i + 1,
    celdas: celdas.map((una) => /^="(.*)"$/.exec(una.trim())?.[1] ?? una),
  }));
}

function porTitulos({ fila, celdas }: FilaCruda): Columnas | null {
  const plegadas = celdas.map(pliegaCodigo);
  const lugar: Partial<Record<Campo, number>> = {};
  const titulos: Partial<Record<Campo, string>> = {};
  for (const campo of [...Object.keys(TITULOS)] as Campo[]) {
    for (const nombre of TITULOS[campo]) {
      const donde = plegadas.indexOf(nombre);
      if (donde < 0 || Object.values(lugar).includes(donde)) continue;
      lugar[campo] = donde;
      titulos[campo] = celdas[donde]!.trim();
      break;
    }
  }
  const { codigo, cantidad } = lugar;
  if (codigo === undefined || cantidad === undefined) return null;
  return { fila, lugar: { ...lugar, codigo, cantidad }, titulos };
}

const PARECE_CANTIDAD = /^\d{1,6}(?:[.,]\d+)?$|^\d+\s*[xX×*]\s*\d+(?:\s*\+\s*\d+)?$/;

/**
 * Which column is which: by the headings of one of the first rows, else (no headings) código, cantidad, ubicación, lote, nota in
 * this order where the second column of the first row looks like a quantity. null when neither holds.
 */
export function hallaColumnas(filas: readonly FilaCruda[]): Columnas | null {
  for (const fila of filas.slice(0, FILAS_ENCABEZADO)) {
    const columnas = porTitulos(fila);
    if (columnas !== null) return columnas;
  }
  const primera = filas.find(({ celdas }) => celdas.some((celda) => celda.trim() !== ''));
  const [codigo = '', cantidad = ''] = primera?.celdas ?? [];
  if (codigo.trim() === '' || !PARECE_CANTIDAD.test(cantidad.trim())) return null;
  return {
    fila: (primera?.fila ?? 1) - 1,
    lugar: { codigo: 0, cantidad: 1, ubicacion: 2, lote: 3, nota: 4 },
    titulos: {},
  };
}
