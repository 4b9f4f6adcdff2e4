import type { ProblemaImportacion } from '../../contracts/importar.ts';

interface Clase {
  readonly gravedad: ProblemaImportacion['gravedad'];
  /** `{valor}`, `{detalle}`… are filled from what is known of the case. */
  readonly frase: string;
  readonly remedios: readonly string[];
}

const REPARA = 'Corrígelo en la hoja y vuelve a subir el archivo';
const TEXTO = 'Da formato de texto a la columna del código y vuelve a escribirlo completo';

/** Every kind of problem: how grave it is, what happened, what to do, the most likely first. The key is the `error_type`. */
export const PROBLEMAS = {
  // el código y el producto
  codigo_vacio: {
    gravedad: 'error',
    frase: 'La fila tiene datos y no tiene código; no se importa.',
    remedios: ['Escribe el código del producto', 'Si es un total o una nota, bórrala'],
  },
  codigo_cientifico: {
    gravedad: 'error',
    frase:
      '«{valor}» es un código que Excel cortó: faltan dígitos y más de un producto, o ninguno, puede ser. La fila no se importa.',
    remedios: [TEXTO, 'Exporta otra vez desde tu sistema y no abras el CSV en Excel'],
  },
  codigo_fecha: {
    gravedad: 'error',
    frase: 'Excel convirtió el código en la fecha «{valor}». La fila no se importa.',
    remedios: [TEXTO],
  },
  codigo_digitos: {
    gravedad: 'error',
    frase:
      '«{valor}» tiene más de 15 dígitos guardados como número y Excel cambió los últimos por ceros. La fila no se importa.',
    remedios: [TEXTO],
  },
  codigo_decimal: {
    gravedad: 'error',
    frase: '«{valor}» es un número con decimales, signo o porcentaje, no un código. La fila no se importa.',
    remedios: ['Revisa que la columna del código sea esa', TEXTO],
  },
  codigo_largo: {
    gravedad: 'error',
    frase:
      'Lo que hay en la columna del código mide {detalle} letras; ningún código es tan largo. La fila no se importa.',
    remedios: ['Revisa que la columna del código sea esa'],
  },
  codigo_varios: {
    gravedad: 'pregunta',
    frase: '«{valor}» puede ser más de un producto: {detalle}. ¿Cuál es?',
    remedios: ['Elige el producto', 'Omite la fila', 'Escribe en la hoja el código interno del producto'],
  },
  codigos_distintos: {
    gravedad: 'pregunta',
    frase:
      'El código «{valor}» y el código de barras «{otro}» son de productos distintos: {detalle}. ¿Cuál es?',
    remedios: ['Elige el producto', 'Omite la fila'],
  },
  producto_desconocido: {
    gravedad: 'error',
    frase: 'El código «{valor}» no está en el catálogo; la fila no se importa.',
    remedios: [
      'Agrega el producto, o elige que los productos nuevos se agreguen',
      'Revisa si al código le falta o le sobra un dígito',
    ],
  },
  producto_sin_nombre: {
    gravedad: 'error',
    frase: '«{valor}» es un producto nuevo y la fila no dice su nombre; no se puede agregar.',
    remedios: ['Escribe el nombre', 'Indica qué columna es la descripción'],
  },
  producto_repetido: {
    gravedad: 'error',
    frase: '«{valor}» ya venía en la fila {detalle} con otros datos; esta fila no se importa.',
    remedios: ['Deja una sola fila por producto'],
  },
  producto_dos_veces: {
    gravedad: 'pregunta',
    frase:
      'Hay productos que vienen más de una vez en el mismo almacén: «{valor}» en las filas {detalle}. ¿Se suman?',
    remedios: [
      'Súmalas, si cada fila es una ubicación o un lote',
      'Toma solo la primera, si están repetidas',
    ],
  },

  // cantidades y dinero
  cantidad_vacia: {
    gravedad: 'aviso',
    frase: 'No tiene cantidad; esa fila no se toma en cuenta.',
    remedios: ['Escribe 0 si de verdad no hay'],
  },
  cantidad_invalida: {
    gravedad: 'error',
    frase: '«{valor}» no es una cantidad. La fila no se importa.',
    remedios: [REPARA, 'Revisa que la columna de la cantidad sea esa'],
  },
  cantidad_negativa: {
    gravedad: 'error',
    frase:
      'La existencia «{valor}» es negativa; una base no puede ser menor que cero. La fila no se importa.',
    remedios: ['Cuenta ese producto y escribe lo que hay', 'Escribe 0'],
  },
  cantidad_decimales: {
    gravedad: 'error',
    frase: '«{valor}» tiene más decimales de los que lleva {detalle}. La fila no se importa.',
    remedios: [REPARA, 'Cambia los decimales del producto en el catálogo'],
  },
  cantidad_excesiva: {
    gravedad: 'error',
    frase:
      '«{valor}» es demasiado grande; parece un código en la columna de la cantidad. La fila no se importa.',
    remedios: ['Revisa que la columna de la cantidad sea esa', REPARA],
  },
  cantidad_dudosa: {
    gravedad: 'aviso',
    frase: '«{valor}» es más de 99,999. Se importa así; revisa que no sea un código.',
    remedios: ['Mira la fila antes de aplicar'],
  },
  cantidad_cero: {
    gravedad: 'aviso',
    frase: 'La cantidad es 0: no mueve nada, y la fila no se importa.',
    remedios: ['Si hubo un movimiento, escribe su cantidad'],
  },
  dinero_invalido: {
    gravedad: 'error',
    frase: '«{valor}» no es una cantidad en pesos. La fila no se importa.',
    remedios: [REPARA, 'Revisa que la columna sea esa, o indica que el archivo no la tiene'],
  },
  dinero_negativo: {
    gravedad: 'error',
    frase: '«{valor}» es negativo y no puede serlo. La fila no se importa.',
    remedios: [REPARA],
  },
  dinero_excesivo: {
    gravedad: 'error',
    frase: '«{valor}» es demasiado grande para ser pesos. La fila no se importa.',
    remedios: ['Revisa que la columna sea esa', REPARA],
  },
  porcentaje_sin_usar: {
    gravedad: 'aviso',
    frase: '«{valor}» es un porcentaje y no pesos; la fila se importa sin ese dato.',
    remedios: ['Si lo necesitas, agrega una columna con el importe en pesos'],
  },
  importe_no_cuadra: {
    gravedad: 'aviso',
    frase: 'El importe {valor} no es cantidad × precio ({detalle}). Se importa lo que dice cada columna.',
    remedios: ['Revisa si hay un descuento o un impuesto que no está en el archivo'],
  },
  factor_invalido: {
    gravedad: 'error',
    frase: '«{valor}» no dice cuántas piezas trae la caja. La fila no se importa.',
    remedios: ['Escribe un número mayor que cero'],
  },
  iva_invalido: {
    gravedad: 'error',
    frase: '«{valor}» no es una tasa de IVA. La fila no se importa.',
    remedios: ['Escribe 16, 8, 0 o exento'],
  },
  total_no_cuadra: {
    gravedad: 'aviso',
    frase: 'El total que escribe el archivo en {titulo} es {valor} y las filas leídas suman {detalle}.',
    remedios: ['Revisa las filas con error', 'Revisa si el archivo trae filas ocultas o más hojas'],
  },

  // fechas
  fecha_vacia: {
    gravedad: 'error',
    frase: 'No dice la fecha del movimiento. La fila no se importa.',
    remedios: [REPARA, 'Indica una fecha para todo el archivo y quita la columna de la fecha'],
  },
  fecha_invalida: {
    gravedad: 'error',
    frase: '«{valor}» no es una fecha. La fila no se importa.',
    remedios: ['Escríbela como 31/12/2025', 'Revisa que la columna de la fecha sea esa'],
  },
  fecha_futura: {
    gravedad: 'error',
    frase: 'La fecha {detalle} todavía no llega. La fila no se importa.',
    remedios: ['Revisa si el día y el mes están al revés', REPARA],
  },
  fecha_antigua: {
    gravedad: 'error',
    frase: 'La fecha {detalle} es de hace demasiado tiempo. La fila no se importa.',
    remedios: ['Revisa el año', REPARA],
  },
  hora_invalida: {
    gravedad: 'aviso',
    frase: '«{valor}» no es una hora. La fila se importa con su día, sin hora.',
    remedios: ['Escríbela como 16:05'],
  },
  periodo_invertido: {
    gravedad: 'error',
    frase: 'El periodo termina ({detalle}) antes de empezar ({valor}). La fila no se importa.',
    remedios: [REPARA],
  },

  // lugar
  almacen_desconocido: {
    gravedad: 'error',
    frase: '«{valor}» no es ninguna de tus tiendas ni almacenes. La fila no se importa.',
    remedios: ['Escribe el código de la tienda o del almacén', 'Da de alta la tienda'],
  },
  ubicacion_larga: {
    gravedad: 'aviso',
    frase: 'La ubicación mide más de 60 letras; la fila se importa sin ella.',
    remedios: ['Acórtala'],
  },

  // celdas
  formula_error: {
    gravedad: 'error',
    frase: 'La celda muestra el error {valor}. La fila no se importa.',
    remedios: ['Corrige la fórmula en Excel y guarda otra vez'],
  },
  formula_sin_valor: {
    gravedad: 'error',
    frase: 'Es una fórmula que nadie ha calculado: el archivo no guarda su resultado. La fila no se importa.',
    remedios: ['Abre el archivo en Excel, guárdalo y súbelo otra vez'],
  },
  activo_invalido: {
    gravedad: 'aviso',
    frase: '«{valor}» no dice si el producto está activo; se deja como está.',
    remedios: ['Escribe Sí o No'],
  },
  texto_largo: {
    gravedad: 'aviso',
    frase: 'El texto mide {detalle} letras; se toman las primeras {maximo}.',
    remedios: ['Acórtalo en la hoja'],
  },

  // el archivo: preguntas
  falta_columna: {
    gravedad: 'pregunta',
    frase: 'No se encontró la columna de {detalle}. ¿Cuál es?',
    remedios: ['Elige la columna', 'Escribe el título en la hoja y súbela otra vez'],
  },
  falta_almacen: {
    gravedad: 'pregunta',
    frase: 'El archivo no dice de qué tienda es. ¿De cuál?',
    remedios: ['Elige la tienda o el almacén'],
  },
  falta_fecha: {
    gravedad: 'pregunta',
    frase: 'El archivo no dice de qué día es. ¿De cuál?',
    remedios: ['Elige la fecha'],
  },
  tipo_dudoso: {
    gravedad: 'pregunta',
    frase: 'Parece de {valor}, pero también puede ser de {detalle}. ¿De qué es?',
    remedios: ['Elige el tipo'],
  },
  decimal_dudoso: {
    gravedad: 'pregunta',
    frase: 'Hay números que se leen de dos formas, como «{valor}»: {detalle}. ¿Cuál es la buena?',
    remedios: ['Elige si el punto o la coma separa los decimales'],
  },
  fecha_dudosa: {
    gravedad: 'pregunta',
    frase: 'Las fechas se leen de dos formas, como «{valor}»: {detalle}. ¿Cuál es la buena?',
    remedios: ['Elige si va primero el día o el mes'],
  },
  fechas_volteadas: {
    gravedad: 'pregunta',
    frase:
      'Excel parece haber volteado día y mes en unas fechas y en otras no: «{valor}» quedó como texto y {detalle} como fecha. ¿Se voltean las que son fecha?',
    remedios: ['Exporta otra vez desde tu sistema, sin abrir el archivo en Excel', 'Voltéalas', 'Déjalas'],
  },
  hoja_dudosa: {
    gravedad: 'pregunta',
    frase: 'Hay más de una hoja con la misma tabla: {detalle}. ¿Cuál se importa?',
    remedios: ['Elige la hoja'],
  },
  titulo_repetido: {
    gravedad: 'pregunta',
    frase: 'Hay dos columnas que se llaman «{valor}» con datos distintos ({detalle}). ¿Cuál se usa?',
    remedios: ['Elige la columna'],
  },
  vacias_abajo: {
    gravedad: 'pregunta',
    frase:
      'En {titulo} solo la primera fila de cada grupo dice algo (fila {valor}). ¿Vale también para las de abajo?',
    remedios: ['Sí, repítela hacia abajo', 'No, déjalas vacías'],
  },

  // el archivo: avisos
  filas_ocultas: {
    gravedad: 'aviso',
    frase: 'La hoja tiene {detalle} filas ocultas o filtradas; también se leyeron.',
    remedios: ['Si no deben entrar, bórralas de la hoja y súbela otra vez'],
  },
  hojas_sin_leer: {
    gravedad: 'aviso',
    frase: 'Se leyó la hoja «{valor}». No se leyeron: {detalle}.',
    remedios: ['Si falta algo, elige otra hoja'],
  },
  otra_tabla: {
    gravedad: 'aviso',
    frase: 'Desde la fila {valor} empieza otra tabla ({detalle}); esa no se leyó.',
    remedios: ['Si es la que querías, elige su fila de títulos'],
  },
  tabla_al_lado: {
    gravedad: 'aviso',
    frase: 'Al lado hay otra tabla ({detalle}); esa no se leyó.',
    remedios: ['Si es la que querías, pásala a una hoja propia'],
  },
  texto_como: {
    gravedad: 'aviso',
    frase: 'El texto se leyó como {detalle}.',
    remedios: ['Si ves letras raras, guarda el archivo como CSV UTF-8'],
  },
} as const satisfies Record<string, Clase>;

export type TipoProblema = keyof typeof PROBLEMAS;

export interface LugarProblema {
  readonly hoja: string | null;
  readonly fila: number | null;
  readonly columna: string | null;
  readonly titulo: string | null;
  readonly valor: string | null;
}

export const SIN_LUGAR: LugarProblema = { hoja: null, fila: null, columna: null, titulo: null, valor: null };
const VALOR_MAXIMO = 200;
const ENTRE_COMILLAS = 60;

/** A problem as it is shown: where, what, what to do. `datos` fills the sentence; `{valor}` is the cell's unless it is given. */
export function problema(
  tipo: TipoProblema,
  lugar: LugarProblema,
  datos: Readonly<Record<string, string | number>> = {},
  pregunta: Pick<ProblemaImportacion, 'clave' | 'opciones'> = {},
): ProblemaImportacion {
  const { gravedad, frase, remedios } = PROBLEMAS[tipo];
  const corto = (texto: string, largo: number): string =>
    texto.length > largo ? `${texto.slice(0, largo - 1)}…` : texto;
  const titulo =
    lugar.titulo === null || lugar.titulo === ''
      ? lugar.columna === null
        ? 'la columna'
        : `la columna ${lugar.columna}`
      : `«${lugar.titulo}»`;
  const llenos: Record<string, string | number> = {
    titulo,
    valor: corto(lugar.valor ?? '', ENTRE_COMILLAS),
    ...datos,
  };
  return {
    error_type: tipo,
    gravedad,
    ...lugar,
    valor: lugar.valor === null ? null : corto(lugar.valor, VALOR_MAXIMO),
    user_message: frase.replace(/\{(\w+)\}/g, (_todo, clave: string) => String(llenos[clave] ?? '')),
    suggestions: [...remedios],
    ...pregunta,
  };
}
