import { pliegaCodigo } from './busqueda.ts';
import { cantidadTexto } from './cantidad.ts';
import { CODIGO_MAXIMO, limpiaCodigo } from './codigos.ts';
import type { Captura } from './hoja-captura.ts';
import {
  type Conocido,
  type Leida,
  type Pregunta,
  type Problema,
  type Respuestas,
  Revisor,
} from './importa-fila.ts';
import { CAMPOS, type Columnas, type FilaCruda } from './tabla-conteo.ts';

/** Rows of one import; a larger count comes in parts. */
export const FILAS_MAXIMO = 5_000;

export interface LineaImportada {
  readonly fila: number;
  readonly productoId: string | null;
  readonly nombre: string | null;
  /** As it was read. */
  readonly codigo: string;
  readonly ubicacionId: string | null;
  readonly ubicacion: string;
  readonly captura: Extract<Captura, { tipo: 'suma' | 'cero' }>;
  /** Each is a box of so many pieces, decimal text; "1" for pieces. */
  readonly empaque: string;
  readonly escrito: string;
  readonly lote: string;
  readonly nota: string;
  /** What the row's id is made of: what it says, and its place among rows that say the same. */
  readonly celdas: readonly string[];
  readonly igual: number;
}

export interface RevisionImporte {
  readonly lineas: readonly LineaImportada[];
  readonly problemas: readonly Problema[];
  readonly preguntas: readonly Pregunta[];
  /** Rows that stay out: by an error, or by an answer. Blank quantities are not counted, and not here. */
  readonly fuera: number;
}

const clavePar = ({ candidato, celdas, ubicacionId }: Leida) =>
  `${candidato?.productoId ?? `?${celdas.codigo}`}@${ubicacionId ?? ''}@${celdas.lote}`;

const REPETIDAS: Omit<Pregunta, 'filas'> = {
  clave: 'repetidas',
  texto: 'El mismo producto está en varias filas de la misma ubicación. ¿Qué se hace?',
  opciones: [
    { valor: 'sumar', texto: 'Sumarlas: se contó por partes' },
    { valor: 'ultima', texto: 'Tomar solo la última: es una corrección' },
  ],
};
const YA: Omit<Pregunta, 'filas'> = {
  clave: 'ya',
  texto: 'De algunos ya llevas piezas contadas ahí mismo. ¿Qué se hace con estas filas?',
  opciones: [
    { valor: 'sumar', texto: 'Sumarlas a lo que llevo' },
    { valor: 'fuera', texto: 'Dejarlas fuera' },
  ],
};

/**
 * Everything that a file says, and everything that is wrong with it, at once. Pure: the same rows, knowledge and answers give the
 * same result. Rows whose question has no answer yet are in no list.
 */
export function revisaImporte(
  filas: readonly FilaCruda[],
  columnas: Columnas,
  conocido: Conocido,
  respuestas: Respuestas = new Map(),
): RevisionImporte {
  const revisor = new Revisor(columnas, conocido, respuestas);
  const datos = filas.filter(
    ({ fila, celdas }) => fila > columnas.fila && celdas.some((celda) => celda.trim() !== ''),
  );
  if (datos.length > FILAS_MAXIMO) {
    const mensaje = `trae ${datos.length} filas y se toman hasta ${FILAS_MAXIMO} de una vez; pártelo`;
    return {
      lineas: [],
      problemas: [{ nivel: 'error', fila: 0, columna: 'Archivo', leido: '', mensaje }],
      preguntas: [],
      fuera: datos.length,
    };
  }
  let fuera = 0;
  const leidas: Leida[] = [];
  for (const cruda of datos) {
    const leida = revisor.lee(cruda);
    if (leida === 'fuera') fuera += 1;
    else if (leida !== 'sin_contar') leidas.push(leida);
  }
  const porPar = new Map<string, Leida[]>();
  for (const leida of leidas) porPar.set(clavePar(leida), [...(porPar.get(clavePar(leida)) ?? []), leida]);
  const iguales = new Map<string, number>();
  const lineas: LineaImportada[] = [];
  for (const leida of leidas) {
    const mismas = porPar.get(clavePar(leida))!;
    const { celdas, candidato, ubicacionId } = leida;
    const dichas = CAMPOS.map((campo) => celdas[campo]);
    const clave = dichas.join('\u001f');
    const igual = iguales.get(clave) ?? 0;
    iguales.set(clave, igual + 1);
    if (mismas.length > 1) {
      const dicho = revisor.pregunta(REPETIDAS, leida.fila);
      if (dicho === undefined || (dicho === 'ultima' && leida !== mismas.at(-1))) {
        fuera += dicho === 'ultima' ? 1 : 0;
        continue;
      }
    }
    if (candidato !== null && conocido.llevo(candidato.productoId, ubicacionId) > 0n) {
      const dicho = revisor.pregunta(YA, leida.fila);
      if (dicho !== 'sumar') {
        fuera += dicho === 'fuera' ? 1 : 0;
        continue;
      }
    }
    const empaque = revisor.empaque(leida);
    if (empaque === undefined) continue;
    lineas.push({
      fila: leida.fila,
      productoId: candidato?.productoId ?? null,
      nombre: candidato?.nombre ?? null,
      codigo: celdas.codigo,
      ubicacionId,
      ubicacion: celdas.ubicacion,
      captura: leida.captura,
      empaque,
      escrito: celdas.cantidad,
      lote: celdas.lote,
      nota: celdas.nota,
      celdas: dichas,
      igual,
    });
  }
  return { lineas, problemas: revisor.problemas, preguntas: revisor.preguntas(), fuera };
}

/** One sentence of a problem: `fila 12, Cantidad: «7.5E+12» parece un código dañado por Excel`. */
export function fraseProblema({ fila, columna, leido, mensaje }: Problema): string {
  const donde = fila === 0 ? columna : `fila ${fila}, ${columna}`;
  return `${donde}: ${leido === '' ? '' : `«${leido.slice(0, 60)}» `}${mensaje}`;
}

/** Codes to be looked up before the review: as they are, and for digits with zeros put in front or taken away. */
export function codigosPorBuscar(filas: readonly FilaCruda[], columnas: Columnas): Map<string, string[]> {
  const salida = new Map<string, string[]>();
  for (const { fila, celdas } of filas) {
    const codigo = limpiaCodigo(celdas[columnas.lugar.codigo] ?? '');
    if (fila <= columnas.fila || codigo === '' || codigo.length > CODIGO_MAXIMO) continue;
    salida.set(codigo, /^\d+$/.test(codigo) ? conOtrosCeros(codigo) : []);
  }
  return salida;
}

/** A code that lost its zeros had at most so many digits. */
const DIGITOS_MAXIMO = 14;

function conOtrosCeros(codigo: string): string[] {
  const base = codigo.replace(/^0+(?=\d)/, '');
  const salida: string[] = [];
  for (let largo = base.length; largo <= DIGITOS_MAXIMO; largo += 1) {
    const otro = base.padStart(largo, '0');
    if (otro !== codigo) salida.push(otro);
  }
  return salida;
}

/** Total units of what would be captured, for the preview. */
export function unidadesDeLinea({ captura }: Pick<LineaImportada, 'captura'>): string {
  return captura.tipo === 'cero' ? '0' : cantidadTexto(captura.unidades);
}

/** The bin whose code is written like this, whatever its case, blanks or hyphens; null when none or several are. */
export function hallaUbicacion(
  ubicaciones: readonly { readonly id: string; readonly codigo: string }[],
  escrito: string,
): string | null {
  const exacta = ubicaciones.find(({ codigo }) => codigo.toUpperCase() === escrito.trim().toUpperCase());
  if (exacta !== undefined) return exacta.id;
  const buscado = pliegaCodigo(escrito);
  const parecidas = ubicaciones.filter(({ codigo }) => pliegaCodigo(codigo) === buscado);
  return parecidas.length === 1 ? parecidas[0]!.id : null;
}
