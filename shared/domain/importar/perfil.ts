import { esGtin } from '../codigos.ts';
import type { IndiceCatalogo } from './catalogo.ts';
import { type Celda, esVacia, limpiaTexto, textoCelda } from './celda.ts';
import { esFechaDudosa, leeFecha } from './fecha.ts';
import { esDudoso, leeNumero, pruebaDecimal } from './numero.ts';

/** Rows that every column is looked at in; after them only what may hold numbers or dates as text. */
const MUESTRA = 2_000;
const EJEMPLOS = 5;
const DISTINTOS = 1_000;
const CONSULTAS = 400;

/** What the cells of one column are like. */
export class PerfilColumna {
  llenas = 0;
  /** Of the rows of the sample. */
  llenasMuestra = 0;
  numeros = 0;
  enteros = 0;
  fechas = 0;
  fechasCelda = 0;
  textos = 0;
  letras = 0;
  conEspacio = 0;
  gtins = 0;
  largo = 0;
  errores = 0;
  consultadas = 0;
  enCatalogo = 0;
  /** A text of digits that begins with zero: the column keeps its zeros. */
  cerosAdelante = 0;
  mayor = 0;
  readonly ejemplos: string[] = [];
  readonly distintos = new Set<string>();
  /** Texts that prove a decimal sign, and those that may be read both ways. */
  readonly decimal = { punto: 0, coma: 0, dudosos: 0, ejemplo: '' };
  /** Texts that prove the order of a date, those that may be read both ways, and how many of each reading are still to come. */
  readonly orden = { dmy: 0, mdy: 0, dudosas: 0, ejemplo: '', dmyFuturas: 0, mdyFuturas: 0, dmyEjemplo: '' };
  /** Days of real dates: where all are 12 or less beside texts that are not, a spreadsheet has swapped them. */
  diaMayor = 0;

  get numerica(): number {
    return this.numeros / Math.max(1, this.llenas);
  }
  get fechada(): number {
    return this.fechas / Math.max(1, this.llenas);
  }
  get conocida(): number {
    return this.enCatalogo / Math.max(1, this.consultadas);
  }
  get textual(): number {
    return this.letras / Math.max(1, this.llenas);
  }
}

/** Looks at the rows of a table once and gathers what its columns hold. */
export class Perfil {
  readonly columnas: PerfilColumna[] = [];
  filas = 0;
  /** Rows of the sample that every column was looked at in. */
  get muestra(): number {
    return Math.min(this.filas, MUESTRA);
  }
  ocultas = 0;
  readonly #indice: IndiceCatalogo;
  readonly #hoy: string;
  #interesan: number[] | null = null;

  constructor(indice: IndiceCatalogo, hoy: string) {
    this.#indice = indice;
    this.#hoy = hoy;
  }

  mira(celdas: readonly Celda[], oculta: boolean): void {
    this.filas += 1;
    if (oculta) this.ocultas += 1;
    if (this.filas <= MUESTRA) {
      for (let i = 0; i < celdas.length; i += 1) {
        const celda = celdas[i];
        this.columnas[i] ??= new PerfilColumna();
        if (!esVacia(celda)) this.#mira(this.columnas[i]!, celda!);
      }
      return;
    }
    this.#interesan ??= this.columnas.flatMap((una, i) => (this.#interesa(una) ? [i] : []));
    for (const i of this.#interesan) {
      const celda = celdas[i];
      if (!esVacia(celda)) this.#mira(this.columnas[i]!, celda!);
    }
  }

  /** Numbers or dates written as text: each may be the one that proves how all are read. */
  #interesa({ numeros, fechas, llenas }: PerfilColumna): boolean {
    return llenas === 0 || numeros + fechas > llenas * 0.02;
  }

  #mira(columna: PerfilColumna, celda: Exclude<Celda, null>): void {
    columna.llenas += 1;
    if (this.filas <= MUESTRA) {
      const texto = textoCelda(celda);
      columna.llenasMuestra += 1;
      if (columna.ejemplos.length < EJEMPLOS) columna.ejemplos.push(limpiaTexto(texto).slice(0, 80));
      if (columna.distintos.size < DISTINTOS) columna.distintos.add(texto);
      columna.largo += texto.length;
    }
    if (typeof celda === 'number') {
      columna.numeros += 1;
      if (Number.isInteger(celda)) columna.enteros += 1;
      if (celda > columna.mayor) columna.mayor = celda;
      this.#busca(columna, String(celda));
      return;
    }
    if (typeof celda === 'boolean') return;
    if (typeof celda === 'object') {
      if (celda.k === 'error') columna.errores += 1;
      else if (celda.k === 'porciento') columna.numeros += 1;
      else if (celda.k === 'ceros') {
        columna.cerosAdelante += 1;
        this.#busca(columna, textoCelda(celda));
      } else {
        columna.fechas += 1;
        columna.fechasCelda += 1;
        const dia = Number(textoCelda(celda).slice(8, 10));
        if (dia > columna.diaMayor) columna.diaMayor = dia;
      }
      return;
    }
    this.#texto(columna, celda);
  }

  #busca(columna: PerfilColumna, texto: string): void {
    if (/^\d{8,14}$/.test(texto) && esGtin(texto)) columna.gtins += 1;
    if (columna.consultadas >= CONSULTAS) return;
    columna.consultadas += 1;
    if (this.#indice.busca(texto).length > 0) columna.enCatalogo += 1;
  }

  #texto(columna: PerfilColumna, crudo: string): void {
    columna.textos += 1;
    const primero = crudo.charCodeAt(0);
    if (this.filas <= MUESTRA) {
      const texto = limpiaTexto(crudo);
      if (/^0\d+$/.test(texto)) columna.cerosAdelante += 1;
      if (/\p{L}{2}/u.test(texto)) columna.letras += 1;
      if (/\S \S/.test(texto)) columna.conEspacio += 1;
      this.#busca(columna, texto);
    }
    // A letter in front is neither a number nor a date, but for «MXN 12» and «mar 3, 2026».
    if (primero > 64 && crudo.length > 24) return;
    const lectura = leeNumero(crudo);
    if (lectura !== null) {
      columna.numeros += 1;
      const prueba = pruebaDecimal(lectura);
      if (prueba === '.') columna.decimal.punto += 1;
      else if (prueba === ',') columna.decimal.coma += 1;
      else if (esDudoso(lectura)) {
        columna.decimal.dudosos += 1;
        if (columna.decimal.ejemplo === '') columna.decimal.ejemplo = limpiaTexto(crudo);
      } else if (lectura.punto !== null && !lectura.punto.includes('.')) columna.enteros += 1;
      const valor = Number(lectura.punto ?? lectura.coma);
      if (valor > columna.mayor) columna.mayor = valor;
    }
    if (crudo.length < 6 || (lectura !== null && !/[/-]/.test(crudo) && crudo.length !== 8)) return;
    const fecha = leeFecha(crudo);
    if (fecha === null) return;
    columna.fechas += 1;
    const { orden } = columna;
    const { dmy, mdy } = fecha;
    if (esFechaDudosa(fecha)) {
      orden.dudosas += 1;
      if (orden.ejemplo === '') orden.ejemplo = limpiaTexto(crudo);
    } else if (dmy !== null && mdy === null) {
      orden.dmy += 1;
      if (orden.dmyEjemplo === '') orden.dmyEjemplo = limpiaTexto(crudo);
    } else if (mdy !== null && dmy === null) orden.mdy += 1;
    if (dmy !== null && dmy > this.#hoy) orden.dmyFuturas += 1;
    if (mdy !== null && mdy > this.#hoy) orden.mdyFuturas += 1;
  }
}
