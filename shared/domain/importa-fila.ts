import { CODIGO_MAXIMO, limpiaCodigo } from './codigos.ts';
import type { Cantidad } from './decimal.ts';
import { type Captura, leeCaptura, NOTACION_CIENTIFICA } from './hoja-captura.ts';
import { CAMPOS, type Campo, type Columnas, type FilaCruda, NOMBRE_CAMPO } from './tabla-conteo.ts';

/** A product that a code may mean. */
export interface Candidato {
  readonly productoId: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly decimales: 0 | 1 | 2 | 3;
  /** Why it is not counted (a service, a kit without parts); null when it is. */
  readonly noSeCuenta: string | null;
  /** Pieces of the pack whose code it is, decimal text; "1" for a piece. */
  readonly factor: string;
}

/** What the phone knows. All look-ups were made before: this part does no I/O. */
export interface Conocido {
  exactos(codigo: string): readonly Candidato[];
  /** Products whose code is the same but for zeros in front, the exact one among them. */
  conCeros(codigo: string): readonly Candidato[];
  ubicacion(codigo: string): string | null;
  /** Units that the person has there already, from other lines than this import's. */
  llevo(productoId: string, ubicacionId: string | null): Cantidad;
}

/** `error`: the row stays out. `aviso`: it goes in as said. */
export interface Problema {
  readonly nivel: 'error' | 'aviso';
  /** As the spreadsheet numbers it; 0 for the whole file. */
  readonly fila: number;
  readonly columna: string;
  readonly leido: string;
  readonly mensaje: string;
}

/** Something that a person has to say before anything is applied. */
export interface Pregunta {
  readonly clave: string;
  readonly texto: string;
  /** Rows that it is about. */
  readonly filas: readonly number[];
  readonly opciones: readonly { readonly valor: string; readonly texto: string }[];
}
export type Respuestas = ReadonlyMap<string, string>;

/** «02-ene», «3-Mar-26»: what a spreadsheet makes of the code 2-1. */
const FECHA_DANADA =
  /^\d{1,2}[-/ ](?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|dec)[a-z]*\.?(?:[-/ ]\d{2,4})?$/i;
const ERROR_FORMULA = /^#(?:N\/A|N\/D|REF|VALUE|VALOR|DIV\/0|NAME|NOMBRE|NUM|¿NOMBRE)[!?]?/i;

const MENSAJE_CANTIDAD: Readonly<Record<string, string>> = {
  CANTIDAD_NEGATIVA: 'es negativa; un conteo va de 0 en adelante',
  CANTIDAD_EXCESIVA: 'es demasiado grande; parece un código en la columna de cantidad',
  CAPTURA_DUDOSA: 'es más de 99,999; parece un código en la columna de cantidad',
  CAPTURA_INVALIDA: 'no es una cantidad; escribe 17, 2x12+5 o 0',
  CODIGO_DANADO: 'parece un código dañado por Excel',
};

export interface Leida {
  fila: number;
  celdas: Record<Campo, string>;
  captura: Extract<Captura, { tipo: 'suma' | 'cero' }>;
  candidato: Candidato | null;
  ubicacionId: string | null;
}

/** Why a text can't be the code that was on the product; null when it may be. */
function codigoDanado(codigo: string): string | null {
  if (codigo === '') return 'falta el código';
  if (NOTACION_CIENTIFICA.test(codigo))
    return 'parece un código dañado por Excel: perdió dígitos; escríbelo completo';
  if (FECHA_DANADA.test(codigo)) return 'parece un código que Excel volvió fecha; escríbelo como texto';
  return codigo.length > CODIGO_MAXIMO ? 'es demasiado largo para un código' : null;
}

/** Reads rows one by one, and gathers what is wrong with them and what has to be asked. */
export class Revisor {
  readonly problemas: Problema[] = [];
  readonly #preguntas = new Map<string, { pregunta: Omit<Pregunta, 'filas'>; filas: number[] }>();
  readonly conocido: Conocido;
  readonly respuestas: Respuestas;
  readonly columnas: Columnas;

  constructor(columnas: Columnas, conocido: Conocido, respuestas: Respuestas) {
    this.columnas = columnas;
    this.conocido = conocido;
    this.respuestas = respuestas;
  }

  dice(nivel: Problema['nivel'], fila: number, campo: Campo, leido: string, mensaje: string): void {
    const columna = this.columnas.titulos[campo] ?? NOMBRE_CAMPO[campo];
    this.problemas.push({ nivel, fila, columna, leido, mensaje });
  }

  /** The answer to a question, which is asked when there is none yet. */
  pregunta(pregunta: Omit<Pregunta, 'filas'>, fila: number): string | undefined {
    const hecha = this.#preguntas.get(pregunta.clave);
    if (hecha === undefined) this.#preguntas.set(pregunta.clave, { pregunta, filas: [fila] });
    else if (!hecha.filas.includes(fila)) hecha.filas.push(fila);
    const dicha = this.respuestas.get(pregunta.clave);
    return pregunta.opciones.some(({ valor }) => valor === dicha) ? dicha : undefined;
  }

  preguntas(): Pregunta[] {
    return [...this.#preguntas.values()].map(({ pregunta, filas }) => ({ ...pregunta, filas }));
  }

  /** null: the code stays unknown. undefined: the row waits for an answer, or stays out. */
  candidato(fila: number, codigo: string): Candidato | null | undefined {
    const exactos = this.conocido.exactos(codigo);
    const parecidos = /^\d+$/.test(codigo) ? this.conocido.conCeros(codigo) : exactos;
    const todos = [...new Map([...exactos, ...parecidos].map((uno) => [uno.productoId, uno])).values()];
    const [unico] = todos;
    if (unico === undefined) {
      this.dice('aviso', fila, 'codigo', codigo, 'no está en el catálogo; se guarda como código desconocido');
      return null;
    }
    if (todos.length > 1) {
      const dicho = this.pregunta(
        {
          clave: `codigo:${codigo}`,
          texto: `«${codigo}» puede ser más de un producto. ¿Cuál se contó?`,
          opciones: [
            ...todos.map((uno) => ({ valor: uno.productoId, texto: `${uno.codigo} · ${uno.nombre}` })),
            { valor: 'ninguno', texto: 'Ninguno: guardarlo como código desconocido' },
          ],
        },
        fila,
      );
      if (dicho === undefined) return undefined;
      return todos.find((uno) => uno.productoId === dicho) ?? null;
    }
    if (exactos.length === 0) {
      const mensaje = `se leyó sin sus ceros; se toma como ${unico.codigo} (${unico.nombre}), el único que coincide`;
      this.dice('aviso', fila, 'codigo', codigo, mensaje);
    }
    return unico;
  }

  lee(cruda: FilaCruda): Leida | 'fuera' | 'sin_contar' {
    const celdas = Object.fromEntries(
      CAMPOS.map((campo) => [campo, (cruda.celdas[this.columnas.lugar[campo] ?? -1] ?? '').trim()]),
    ) as Record<Campo, string>;
    const { fila } = cruda;
    celdas.codigo = limpiaCodigo(celdas.codigo);
    const antes = this.problemas.length;
    const error = (campo: Campo, mensaje: string) => this.dice('error', fila, campo, celdas[campo], mensaje);
    for (const campo of CAMPOS) {
      if (ERROR_FORMULA.test(celdas[campo])) error(campo, 'es un error de fórmula; corrígelo en la hoja');
    }
    if (celdas.cantidad === '' && celdas.codigo !== '') {
      this.dice('aviso', fila, 'cantidad', '', 'está vacía; queda sin contar');
      return 'sin_contar';
    }
    const danado = codigoDanado(celdas.codigo);
    if (danado !== null) error('codigo', danado);
    if (celdas.lote.length > 60) error('lote', 'es demasiado largo para un lote');
    const ubicacionId = celdas.ubicacion === '' ? null : this.conocido.ubicacion(celdas.ubicacion);
    if (celdas.ubicacion !== '' && ubicacionId === null)
      error('ubicacion', 'no es una ubicación de este almacén');
    const sinCodigo = danado !== null || ERROR_FORMULA.test(celdas.codigo);
    const candidato = sinCodigo ? null : this.candidato(fila, celdas.codigo);
    if (candidato?.noSeCuenta != null) error('codigo', candidato.noSeCuenta);
    const captura = leeCaptura(celdas.cantidad, candidato?.decimales ?? 3);
    if (!captura.ok) {
      const mensaje =
        captura.code === 'CANTIDAD_DECIMALES'
          ? candidato?.decimales === 0
            ? `tiene decimales y ${candidato.nombre} se cuenta por pieza`
            : 'tiene más decimales de los que lleva este producto'
          : MENSAJE_CANTIDAD[captura.code]!;
      error('cantidad', mensaje);
      return 'fuera';
    }
    const huboError = this.problemas.slice(antes).some(({ nivel }) => nivel === 'error');
    if (huboError || candidato === undefined || captura.value.tipo === 'vacia') return 'fuera';
    return { fila, celdas, captura: captura.value, candidato, ubicacionId };
  }

  /** Pieces that one of the row's quantity stands for; undefined while nobody has said. */
  empaque({ fila, candidato, captura }: Leida): string | undefined {
    if (candidato === null || candidato.factor === '1' || captura.tipo === 'cero') return '1';
    const dicho = this.pregunta(
      {
        clave: 'empaque',
        texto: 'Hay filas con el código de una caja. ¿Su cantidad son cajas o piezas?',
        opciones: [
          { valor: 'cajas', texto: 'Cajas: se multiplican por lo que trae cada una' },
          { valor: 'piezas', texto: 'Piezas' },
        ],
      },
      fila,
    );
    if (dicho === undefined) return undefined;
    return dicho === 'cajas' ? candidato.factor : '1';
  }
}
