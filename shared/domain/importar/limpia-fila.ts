import type {
  CampoImportacion,
  FilaImportacion,
  OpcionesImportacion,
  ProblemaImportacion,
  ReparacionImportacion,
} from '../../contracts/importar.ts';
import { cambiaEscala, formatDecimal, parseDecimal } from '../decimal.ts';
import type { Acierto, IndiceCatalogo } from './catalogo.ts';
import { type Celda, esVacia, letraColumna, limpiaTexto, SIN_VALOR, textoCelda } from './celda.ts';
import { hallaCodigo } from './codigo.ts';
import type { Lugares } from './detecta-lugar.ts';
import { fechaDe } from './fecha.ts';
import { numeroDe } from './numero.ts';
import type { Plan } from './planea.ts';
import { type LugarProblema, problema, type TipoProblema } from './problemas.ts';
import type { Trozo } from './segmenta.ts';

export type TrozoDatos = Extract<Trozo, { k: 'datos' }>;

export interface ContextoLimpieza {
  readonly plan: Plan;
  readonly indice: IndiceCatalogo;
  readonly lugares: Lugares;
  readonly opciones: OpcionesImportacion;
  readonly hoja: string;
  /** Almacén that the sheet itself is of; null: the rows or the options say it. */
  readonly almacenHoja: string | null;
  readonly titulos: readonly string[];
  readonly hoy: string;
  readonly diasDeMas: number;
}

/** What cleaning gives; whoever reads takes it away in lots. */
export interface Salida {
  readonly filas: FilaImportacion[];
  readonly problemas: ProblemaImportacion[];
  readonly reparaciones: ReparacionImportacion[];
}

const FECHA_ANTIGUA = '2000-01-01';
const DANOS = {
  cientifico: 'codigo_cientifico',
  fecha: 'codigo_fecha',
  digitos: 'codigo_digitos',
  decimal: 'codigo_decimal',
  largo: 'codigo_largo',
  formula: 'formula_error',
} as const satisfies Record<string, TipoProblema>;

export interface ProductoHallado {
  readonly acierto: Acierto | null;
  readonly codigo: string;
}

/** One row on its way: its cells by field, and what is wrong with it. */
export class FilaEnCurso {
  readonly trozo: TrozoDatos;
  readonly contexto: ContextoLimpieza;
  readonly salida: Salida;
  /** It has a problem that leaves it out, or that waits for an answer. */
  fuera = false;
  conError = false;

  constructor(trozo: TrozoDatos, contexto: ContextoLimpieza, salida: Salida) {
    this.trozo = trozo;
    this.contexto = contexto;
    this.salida = salida;
  }

  celda(campo: CampoImportacion): Celda {
    const lugar = this.contexto.plan.mapa.lugar.get(campo);
    return lugar === undefined ? null : (this.trozo.celdas[lugar] ?? null);
  }

  tiene(campo: CampoImportacion): boolean {
    return !esVacia(this.celda(campo));
  }

  lugar(campo: CampoImportacion): LugarProblema {
    const { plan, titulos, hoja } = this.contexto;
    const lugar = plan.mapa.lugar.get(campo);
    return {
      hoja,
      fila: this.trozo.fila,
      columna: lugar === undefined ? null : letraColumna(this.trozo.columna(lugar)),
      titulo: lugar === undefined ? null : (titulos[lugar] ?? ''),
      valor: lugar === undefined ? null : limpiaTexto(textoCelda(this.trozo.celdas[lugar])),
    };
  }

  dice(
    tipo: TipoProblema,
    campo: CampoImportacion,
    datos: Readonly<Record<string, string | number>> = {},
    pregunta: Pick<ProblemaImportacion, 'clave' | 'opciones'> = {},
  ): null {
    const uno = problema(tipo, this.lugar(campo), datos, pregunta);
    this.salida.problemas.push(uno);
    if (uno.gravedad === 'error') this.conError = true;
    if (uno.gravedad !== 'aviso') this.fuera = true;
    return null;
  }

  repara(campo: CampoImportacion, despues: string, prueba: string): void {
    const { columna, valor, hoja } = this.lugar(campo);
    const antes = (valor ?? '').slice(0, 200);
    this.salida.reparaciones.push({
      hoja: hoja!,
      fila: this.trozo.fila,
      columna: columna ?? '',
      antes,
      despues,
      prueba,
    });
  }

  /** True when the cell shows an error, which is told. */
  falla(campo: CampoImportacion): boolean {
    const celda = this.celda(campo);
    const error =
      typeof celda === 'object' && celda?.k === 'error'
        ? celda.texto
        : typeof celda === 'string' &&
            /^#(?:N\/A|N\/D|REF!|¡REF!|VALUE!|¡VALOR!|DIV\/0!|¡DIV\/0!|NAME\?|¿NOMBRE\?|NUM!|¡NUM!|NULL!)$/i.test(
              celda.trim(),
            )
          ? celda.trim()
          : null;
    if (error === null) return false;
    this.dice(error === SIN_VALOR ? 'formula_sin_valor' : 'formula_error', campo, { valor: error });
    return true;
  }

  /** Text of a field, at most `maximo` letters; null when there is none or it is an error. */
  texto(campo: CampoImportacion, maximo: number): string | null {
    const celda = this.celda(campo);
    if (esVacia(celda) || (typeof celda === 'object' && celda?.k === 'error')) return null;
    const texto = limpiaTexto(textoCelda(celda));
    if (texto === '') return null;
    if (texto.length <= maximo) return texto;
    this.dice('texto_largo', campo, { detalle: texto.length, maximo });
    return texto.slice(0, maximo).trim();
  }

  /** Decimal text of a field as the file means it; null when empty. A problem is told and gives undefined. */
  numero(campo: CampoImportacion, invalido: TipoProblema): string | null | undefined {
    if (!this.tiene(campo)) return null;
    if (this.falla(campo)) return undefined;
    const leido = numeroDe(this.celda(campo), this.contexto.plan.decimal);
    if (leido?.porciento === true && (campo === 'impuesto' || campo === 'descuento')) {
      return this.dice('porcentaje_sin_usar', campo);
    }
    if (leido === null || leido.porciento) {
      this.dice(invalido, campo);
      return undefined;
    }
    if (leido.limpiado) this.repara(campo, leido.valor, 'se quitó lo que no es parte del número');
    return leido.valor;
  }

  /** Pesos with so many decimals, half to even; null when empty, undefined when wrong. May be negative. */
  pesos(campo: CampoImportacion, decimales: 2 | 6): string | null | undefined {
    const valor = this.numero(campo, 'dinero_invalido');
    if (valor === null || valor === undefined) return valor;
    const [entero = '', fraccion = ''] = valor.replace('-', '').split('.');
    if (entero.length > 10) {
      this.dice('dinero_excesivo', campo);
      return undefined;
    }
    if (fraccion.length <= decimales) return valor;
    const escala = 15;
    const exacto = parseDecimal(
      `${valor.startsWith('-') ? '-' : ''}${entero.slice(-3)}.${fraccion.slice(0, escala)}`,
      escala,
    );
    if (!exacto.ok) {
      this.dice('dinero_invalido', campo);
      return undefined;
    }
    // The last three whole digits carry the rounding; the rest stands before them.
    const redondo = cambiaEscala(exacto.value, escala, decimales);
    const resto = entero.length > 3 ? BigInt(entero.slice(0, -3)) * 1000n * 10n ** BigInt(decimales) : 0n;
    return formatDecimal(valor.startsWith('-') ? redondo - resto : redondo + resto, decimales);
  }

  /** Local date; null when empty, undefined when wrong. */
  fecha(campo: CampoImportacion): { fecha: string; hora: string | null } | null | undefined {
    if (!this.tiene(campo)) return null;
    if (this.falla(campo)) return undefined;
    const { plan, hoy, diasDeMas } = this.contexto;
    const leida = fechaDe(this.celda(campo), plan.formatoFecha, diasDeMas);
    if (leida === null) {
      this.dice('fecha_invalida', campo);
      return undefined;
    }
    let { fecha } = leida;
    if (leida.de === 'serie') this.repara(campo, fecha, 'es el número con que Excel guarda esa fecha');
    if (plan.voltea && leida.de === 'fecha' && fecha.slice(8) <= '12') {
      fecha = `${fecha.slice(0, 4)}-${fecha.slice(8)}-${fecha.slice(5, 7)}`;
      this.repara(campo, fecha, 'día y mes volteados, como elegiste');
    }
    if (fecha > hoy || fecha < FECHA_ANTIGUA) {
      this.dice(fecha > hoy ? 'fecha_futura' : 'fecha_antigua', campo, { detalle: fecha });
      return undefined;
    }
    return { fecha, hora: leida.hora };
  }

  /** Almacén of the row; null: that of the options. undefined when what it says is none. */
  almacen(): string | null | undefined {
    const { lugares, almacenHoja } = this.contexto;
    const tienda = this.tiene('tienda') ? limpiaTexto(textoCelda(this.celda('tienda'))) : '';
    const almacen = this.tiene('almacen') ? limpiaTexto(textoCelda(this.celda('almacen'))) : '';
    if (tienda === '' && almacen === '') {
      const { seccion } = this.trozo;
      const suyo = seccion === null ? null : lugares.dentro(seccion);
      return suyo === null ? almacenHoja : suyo.almacen.id;
    }
    const solo = almacen === '' ? tienda : almacen;
    const hallado =
      (tienda !== '' && almacen !== '' ? lugares.exacto(`${tienda} ${almacen}`) : null) ??
      lugares.exacto(solo) ??
      (tienda === '' || almacen === '' ? (lugares.dentro(solo)?.almacen ?? null) : null);
    if (hallado !== null) return hallado.id;
    this.dice('almacen_desconocido', almacen === '' ? 'tienda' : 'almacen');
    return undefined;
  }

  #opciones(aciertos: readonly Acierto[]): { valor: string; texto: string }[] {
    const { productos } = this.contexto.indice.catalogo;
    return [
      ...aciertos.map(({ producto }) => ({
        valor: productos.id[producto]!,
        texto: `${productos.codigo[producto]} · ${productos.nombre[producto]}`,
      })),
      { valor: 'omitir', texto: 'Omitir esas filas' },
    ];
  }

  /** Asks which of several it is, unless it was answered: null then says that the row is left out on purpose. */
  pregunta(
    tipo: TipoProblema,
    campo: CampoImportacion,
    codigo: string,
    aciertos: readonly Acierto[],
    datos: Readonly<Record<string, string>> = {},
  ): Acierto | null {
    const clave = `codigo:${codigo}`;
    const { opciones, indice } = this.contexto;
    const dicho = opciones.respuestas?.[clave];
    const elegido = aciertos.find(({ producto }) => indice.catalogo.productos.id[producto] === dicho);
    if (elegido !== undefined) return elegido;
    this.fuera = true;
    if (dicho === 'omitir') return null;
    const lista = this.#opciones(aciertos);
    const detalle = lista
      .slice(0, -1)
      .map(({ texto }) => texto)
      .join('; ')
      .slice(0, 300);
    return this.dice(tipo, campo, { detalle, ...datos }, { clave, opciones: lista });
  }

  /** The product of the row by its code; `acierto` null for one that is not in the catalogue. Undefined: told, asked or empty. */
  deCampo(campo: 'codigo' | 'codigoBarras', nombre: string | null): ProductoHallado | undefined {
    const { indice, plan } = this.contexto;
    const lugar = plan.mapa.lugar.get(campo);
    if (lugar === undefined) return undefined;
    const hallado = hallaCodigo(this.celda(campo), {
      indice,
      nombre,
      cerosPerdidos: plan.cerosPerdidos.has(lugar),
    });
    if (hallado.k === 'vacio') return undefined;
    if (hallado.k === 'danado') {
      if (hallado.codigo === SIN_VALOR) this.dice('formula_sin_valor', campo);
      else this.dice(DANOS[hallado.dano], campo, { detalle: hallado.codigo.length });
      return undefined;
    }
    if (hallado.k === 'pregunta') {
      const elegido = this.pregunta('codigo_varios', campo, hallado.codigo, hallado.aciertos);
      return elegido === null ? undefined : { acierto: elegido, codigo: elegido.codigo };
    }
    if (hallado.prueba !== null) this.repara(campo, hallado.codigo, hallado.prueba);
    return { acierto: hallado.k === 'producto' ? hallado.acierto : null, codigo: hallado.codigo };
  }
}
