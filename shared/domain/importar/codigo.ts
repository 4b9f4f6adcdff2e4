import { pliegaCodigo } from '../busqueda.ts';
import { CODIGO_MAXIMO, esGtin, limpiaCodigo } from '../codigos.ts';
import type { Acierto, IndiceCatalogo } from './catalogo.ts';
import { type Celda, limpiaTexto, textoCelda, textoNumero } from './celda.ts';

/** Why what stands in the cell can't be the code that was meant. */
export type Dano = 'cientifico' | 'fecha' | 'digitos' | 'formula' | 'largo' | 'decimal';

export type Hallazgo =
  | { readonly k: 'vacio' }
  /** `prueba`: why a code that is not what the cell shows is certain; null when it is what the cell shows. */
  | {
      readonly k: 'producto';
      readonly codigo: string;
      readonly acierto: Acierto;
      readonly prueba: string | null;
    }
  | { readonly k: 'nuevo'; readonly codigo: string; readonly prueba: string | null }
  /** Several, or one that is near but not proven. */
  | { readonly k: 'pregunta'; readonly codigo: string; readonly aciertos: readonly Acierto[] }
  | { readonly k: 'danado'; readonly codigo: string; readonly dano: Dano };

export interface ContextoCodigo {
  readonly indice: IndiceCatalogo;
  /** The column holds no text with a zero in front: zeros may have been eaten. Cells that are numbers never have them. */
  readonly cerosPerdidos: boolean;
  /** Of the same row, to tell apart products that share a code. */
  readonly nombre: string | null;
}

const CIENTIFICO = /^(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i;
const FECHA_ESCRITA =
  /^\d{1,2}[-/ ](?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|dec)[a-z]*\.?(?:[-/ ]\d{2,4})?$/i;
const PREGUNTA_MAXIMO = 8;
const EXACTO_MAXIMO = 1e15;

const VERIFICADOR = 'dígito verificador correcto';
const UNICO = 'es el único del catálogo que coincide';

function pruebaDe(codigo: string): string {
  return esGtin(codigo) ? `${VERIFICADOR}; ${UNICO}` : UNICO;
}

/** One product among several, by the name of the row; null when the name doesn't say. */
function porNombre(aciertos: readonly Acierto[], { indice, nombre }: ContextoCodigo): Acierto | null {
  const clave = nombre === null ? '' : pliegaCodigo(nombre);
  if (clave === '') return null;
  const suyos = aciertos.filter(
    ({ producto }) => pliegaCodigo(indice.catalogo.productos.nombre[producto]!) === clave,
  );
  return suyos.length === 1 ? suyos[0]! : null;
}

function elige(
  codigo: string,
  aciertos: readonly Acierto[],
  contexto: ContextoCodigo,
  prueba: string | null,
): Hallazgo {
  if (aciertos.length === 1)
    return {
      k: 'producto',
      codigo: prueba === null ? codigo : aciertos[0]!.codigo,
      acierto: aciertos[0]!,
      prueba,
    };
  const dicho = porNombre(aciertos, contexto);
  if (dicho === null) return { k: 'pregunta', codigo, aciertos: aciertos.slice(0, PREGUNTA_MAXIMO) };
  return {
    k: 'producto',
    codigo: dicho.codigo,
    acierto: dicho,
    prueba: prueba ?? 'lo dice el nombre de la fila',
  };
}

/** «7.50123E+12»: the digits that Excel left, and how many there were. */
function deCientifico(texto: string, contexto: ContextoCodigo): Hallazgo | null {
  const partes = CIENTIFICO.exec(texto);
  if (partes === null) return null;
  const digitos = partes[1]! + (partes[2] ?? '');
  const largo = Number(partes[3]) + 1;
  const danado: Hallazgo = { k: 'danado', codigo: texto, dano: 'cientifico' };
  // Shorter ones may be codes as they are: «1E5», «3E10».
  if (largo < 8 || largo > 14 || digitos.length > largo) return danado;
  if (digitos.length === largo) {
    const aciertos = contexto.indice.busca(digitos);
    if (aciertos.length > 0) return elige(digitos, aciertos, contexto, pruebaDe(digitos));
    return esGtin(digitos) ? { k: 'nuevo', codigo: digitos, prueba: VERIFICADOR } : danado;
  }
  const unidad = 10 ** (largo - digitos.length);
  const centro = Number(digitos) * unidad;
  for (let ancho = largo; ancho <= 14; ancho += 1) {
    const aciertos = contexto.indice.entre(centro - unidad / 2, centro + unidad / 2, ancho, PREGUNTA_MAXIMO);
    if (aciertos.length > PREGUNTA_MAXIMO)
      return porNombre(aciertos, contexto) === null ? danado : elige(texto, aciertos, contexto, UNICO);
    if (aciertos.length > 0) return elige(texto, aciertos, contexto, pruebaDe(aciertos[0]!.codigo));
  }
  return danado;
}

/** A code that was a number for some time, and may have lost zeros in front. */
function deNumero(codigo: string, contexto: ContextoCodigo): Hallazgo {
  const { indice } = contexto;
  const exactos = indice.busca(codigo);
  const conCeros = indice.conCeros(codigo);
  const juntos = [
    ...exactos,
    ...conCeros.filter(
      ({ producto, factor }) => !exactos.some((uno) => uno.producto === producto && uno.factor === factor),
    ),
  ];
  if (juntos.length > 0)
    return elige(codigo, juntos, contexto, exactos.length > 0 ? null : `con sus ceros; ${UNICO}`);
  const rellenos = [12, 13, 14]
    .map((largo) => codigo.padStart(largo, '0'))
    .filter((uno) => uno !== codigo && codigo.length >= 8 && esGtin(uno));
  for (const relleno of rellenos) {
    const aciertos = indice.busca(relleno);
    if (aciertos.length > 0)
      return elige(codigo, aciertos, contexto, `con sus ceros; ${VERIFICADOR}; ${UNICO}`);
  }
  if (codigo.length >= 10 && !esGtin(codigo) && rellenos[0] !== undefined) {
    return { k: 'nuevo', codigo: rellenos[0], prueba: `con sus ceros; ${VERIFICADOR}` };
  }
  return { k: 'nuevo', codigo, prueba: null };
}

/**
 * The product that a cell names. What the cell shows is changed only where the check digit or the catalogue proves it; what may
 * be something else is asked, and what has lost digits without a proof is told.
 */
export function hallaCodigo(celda: Celda | undefined, contexto: ContextoCodigo): Hallazgo {
  if (celda === null || celda === undefined) return { k: 'vacio' };
  if (typeof celda === 'number') {
    if (!Number.isInteger(celda) || celda < 0)
      return { k: 'danado', codigo: textoNumero(celda), dano: 'decimal' };
    if (celda >= EXACTO_MAXIMO) return { k: 'danado', codigo: textoNumero(celda), dano: 'digitos' };
    return deNumero(textoNumero(celda), contexto);
  }
  if (typeof celda === 'object') {
    if (celda.k === 'error') return { k: 'danado', codigo: celda.texto, dano: 'formula' };
    if (celda.k === 'fecha') return { k: 'danado', codigo: textoCelda(celda), dano: 'fecha' };
    if (celda.k === 'porciento') return { k: 'danado', codigo: textoCelda(celda), dano: 'decimal' };
    const mostrado = textoCelda(celda);
    const aciertos = contexto.indice.busca(mostrado);
    return aciertos.length > 0 ? elige(mostrado, aciertos, contexto, null) : deNumero(mostrado, contexto);
  }
  const codigo = limpiaCodigo(limpiaTexto(textoCelda(celda)).replace(/^'(?=.)/, ''));
  if (codigo === '') return { k: 'vacio' };
  if (codigo.length > CODIGO_MAXIMO) return { k: 'danado', codigo, dano: 'largo' };
  if (/^#(?:N\/A|N\/D|REF|VALUE|VALOR|DIV\/0|NAME|NUM|NULL|¿NOMBRE)/i.test(codigo))
    return { k: 'danado', codigo, dano: 'formula' };
  const exactos = contexto.indice.busca(codigo);
  if (exactos.length === 0) {
    const cientifico = deCientifico(codigo, contexto);
    if (cientifico !== null) return cientifico;
    if (FECHA_ESCRITA.test(codigo)) return { k: 'danado', codigo, dano: 'fecha' };
    const entero = /^(\d{3,15})\.0+$/.exec(codigo)?.[1];
    if (entero !== undefined) {
      const hallado = deNumero(entero, contexto);
      if (hallado.k === 'producto')
        return { ...hallado, prueba: hallado.prueba ?? `era un número con «.0»; ${UNICO}` };
      if (hallado.k === 'nuevo' && esGtin(hallado.codigo))
        return { ...hallado, prueba: hallado.prueba ?? `era un número con «.0»; ${VERIFICADOR}` };
      return hallado.k === 'pregunta' ? hallado : { k: 'danado', codigo, dano: 'decimal' };
    }
  }
  if (/^\d+$/.test(codigo) && contexto.cerosPerdidos) return deNumero(codigo, contexto);
  if (exactos.length > 0) return elige(codigo, exactos, contexto, null);
  const parecidos = contexto.indice.parecidos(codigo);
  if (parecidos.length > 0)
    return elige(codigo, parecidos, contexto, `sin contar espacios, guiones ni mayúsculas, ${UNICO}`);
  // «000123» and «123» are two codes where the file keeps its zeros: near, and only a person knows.
  const conCeros = contexto.indice.conCeros(codigo);
  if (conCeros.length > 0) return { k: 'pregunta', codigo, aciertos: conCeros.slice(0, PREGUNTA_MAXIMO) };
  return { k: 'nuevo', codigo, prueba: null };
}
