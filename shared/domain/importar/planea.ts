import type {
  AnalisisImportacion,
  CampoImportacion,
  OpcionesImportacion,
  ProblemaImportacion,
  TipoImportacion,
} from '../../contracts/importar.ts';
import { pliegaCodigo } from '../busqueda.ts';
import { NOMBRE_CAMPO } from './campos.ts';
import { letraColumna } from './celda.ts';
import {
  detectaAlmacen,
  detectaFecha,
  fechasEn,
  type LugarDetectado,
  type Lugares,
} from './detecta-lugar.ts';
import { detectaTipo, nombreTipo, type TipoDetectado } from './detecta-tipo.ts';
import type { Tabla } from './encuentra-tabla.ts';
import { type FormatoFecha, leeFecha } from './fecha.ts';
import { type Mapa, mapeaColumnas } from './mapea-columnas.ts';
import { type Decimal, leeNumero } from './numero.ts';
import type { Perfil, PerfilColumna } from './perfil.ts';
import { problema, SIN_LUGAR } from './problemas.ts';

/** Column maps that people confirmed before, by the signature of the source. */
export type MapasRecordados = Readonly<Record<string, OpcionesImportacion>>;

export interface Plan {
  readonly firma: string;
  readonly tipo: TipoDetectado;
  readonly mapa: Mapa;
  readonly decimal: Decimal;
  readonly formatoFecha: FormatoFecha;
  readonly almacen: LugarDetectado | null;
  readonly fecha: AnalisisImportacion['fecha'];
  /** Period that a title names, for rows that say no day. */
  readonly periodo: { readonly desde: string; readonly hasta: string } | null;
  readonly columnas: AnalisisImportacion['columnas'];
  /** Columns whose zeros may have been eaten. */
  readonly cerosPerdidos: ReadonlySet<number>;
  /** Columns, of the table, whose first row of a group speaks for those below. */
  readonly repite: ReadonlySet<number>;
  readonly voltea: boolean;
  readonly preguntas: readonly ProblemaImportacion[];
}

export interface EntradaPlan {
  readonly tabla: Tabla;
  readonly perfil: Perfil;
  readonly hoja: string;
  readonly filename: string;
  readonly opciones: OpcionesImportacion;
  readonly mapas: MapasRecordados;
  readonly lugares: Lugares;
  readonly hoy: string;
  /** CSV loses zeros when Excel saves it; a text in a book never does. */
  readonly textoPlano: boolean;
  /** sha256 as lower-case hex. */
  readonly huella: (texto: string) => string;
}

const TIPOS: readonly TipoImportacion[] = ['inventario', 'ventas', 'compras', 'productos'];
const CONFIANZA_BASTANTE = 0.6;
const NUMERICOS: readonly CampoImportacion[] = [
  'cantidad',
  'precio',
  'costo',
  'importe',
  'descuento',
  'impuesto',
  'factor',
];
const FECHAS: readonly CampoImportacion[] = ['fecha', 'fechaDesde', 'fechaHasta'];
const DE_GRUPO: readonly CampoImportacion[] = ['fecha', 'folio', 'tienda', 'almacen', 'proveedor'];

type Columnas = NonNullable<OpcionesImportacion['columnas']>;

/** Files of one source have the same. */
export function firmaDe(
  titulos: readonly string[],
  tipo: TipoImportacion,
  huella: (texto: string) => string,
): string {
  return huella(`${tipo}\n${titulos.map(pliegaCodigo).join('\n')}`);
}

/** Columns are named as the sheet does; the table may begin further right. */
function deTabla(columnas: Columnas | undefined, desde: number): Columnas {
  return Object.fromEntries(
    Object.entries(columnas ?? {}).map(([campo, lugar]) => [campo, lugar === null ? null : lugar - desde]),
  );
}

function pregunta(...[tipo, lugar, datos, mas]: Parameters<typeof problema>): ProblemaImportacion {
  return problema(tipo, lugar, datos, mas);
}

/** How numbers are read: what the file proves, else what a person or an earlier file said, else a question. */
function decideDecimal(
  perfiles: readonly PerfilColumna[],
  dicho: Decimal | undefined,
  recordado: Decimal | undefined,
): { decimal: Decimal; ejemplo: string | null } {
  const suma = perfiles.reduce(
    (total, { decimal }) => ({
      punto: total.punto + decimal.punto,
      coma: total.coma + decimal.coma,
      dudosos: total.dudosos + decimal.dudosos,
      ejemplo: total.ejemplo || decimal.ejemplo,
    }),
    { punto: 0, coma: 0, dudosos: 0, ejemplo: '' },
  );
  if (dicho !== undefined) return { decimal: dicho, ejemplo: null };
  if (suma.punto > 0 && suma.coma === 0) return { decimal: '.', ejemplo: null };
  if (suma.coma > 0 && suma.punto === 0) return { decimal: ',', ejemplo: null };
  if (recordado !== undefined && suma.punto === suma.coma) return { decimal: recordado, ejemplo: null };
  const decimal = suma.coma > suma.punto ? ',' : '.';
  return { decimal, ejemplo: suma.dudosos > 0 ? suma.ejemplo : null };
}

function decideOrden(
  perfiles: readonly PerfilColumna[],
  dicho: FormatoFecha | undefined,
  recordado: FormatoFecha | undefined,
): { formato: FormatoFecha; ejemplo: string | null } {
  if (dicho !== undefined) return { formato: dicho, ejemplo: null };
  const total = { dmy: 0, mdy: 0, dudosas: 0, dmyFuturas: 0, mdyFuturas: 0, ejemplo: '' };
  for (const { orden } of perfiles) {
    total.dmy += orden.dmy;
    total.mdy += orden.mdy;
    total.dudosas += orden.dudosas;
    total.dmyFuturas += orden.dmyFuturas;
    total.mdyFuturas += orden.mdyFuturas;
    total.ejemplo ||= orden.ejemplo;
  }
  if (total.dmy > 0 && total.mdy === 0) return { formato: 'dmy', ejemplo: null };
  if (total.mdy > 0 && total.dmy === 0) return { formato: 'mdy', ejemplo: null };
  if (total.dmy === 0 && total.mdy === 0) {
    if (recordado !== undefined) return { formato: recordado, ejemplo: null };
    // Nothing was sold tomorrow: the reading with days to come is the wrong one.
    if (total.mdyFuturas > 0 && total.dmyFuturas === 0) return { formato: 'dmy', ejemplo: null };
    if (total.dmyFuturas > 0 && total.mdyFuturas === 0) return { formato: 'mdy', ejemplo: null };
  }
  const formato = total.mdy > total.dmy ? 'mdy' : 'dmy';
  return { formato, ejemplo: total.dudosas > 0 ? total.ejemplo : null };
}

function volteadas(perfiles: readonly PerfilColumna[]): PerfilColumna | null {
  // Excel of another country makes dates of 03/04 and leaves 25/04 as text.
  return (
    perfiles.find(
      ({ orden, fechasCelda, diaMayor }) =>
        orden.dmy > 0 && orden.mdy === 0 && orden.dudosas === 0 && fechasCelda > 0 && diaMayor <= 12,
    ) ?? null
  );
}

function eligeTipo(
  entrada: EntradaPlan,
  desde: number,
): { tipo: TipoDetectado; firma: string; recordado: OpcionesImportacion; seguro: boolean } {
  const { tabla, opciones, mapas, huella, perfil } = entrada;
  const detectado = detectaTipo({
    titulos: tabla.titulos,
    arriba: tabla.arriba,
    hoja: entrada.hoja,
    filename: entrada.filename,
    hayFechas: perfil.columnas.some((una) => una !== undefined && una.llenas > 0 && una.fechada > 0.8),
  });
  const firma = (tipo: TipoImportacion): string => firmaDe(tabla.titulos, tipo, huella);
  const dicho = (tipo: TipoImportacion): TipoDetectado => ({
    tipo,
    confianza: 1,
    razones: tipo === detectado.tipo ? detectado.razones : ['Lo dijiste tú.'],
    otro: null,
  });
  const { tipo: deColumnas } = opciones;
  if (deColumnas !== undefined) {
    return {
      tipo: dicho(deColumnas),
      firma: firma(deColumnas),
      recordado: mapas[firma(deColumnas)] ?? {},
      seguro: true,
    };
  }
  const orden = [detectado.tipo, ...TIPOS.filter((uno) => uno !== detectado.tipo)];
  const conocido = orden.find((uno) => mapas[firma(uno)] !== undefined);
  if (conocido !== undefined) {
    const tipo = {
      ...dicho(conocido),
      razones: [
        'Así se importó antes un archivo con estos títulos.',
        ...(conocido === detectado.tipo ? detectado.razones : []),
      ],
    };
    return { tipo, firma: firma(conocido), recordado: mapas[firma(conocido)]!, seguro: true };
  }
  const conCantidad = deTabla(opciones.columnas, desde).cantidad;
  const seguro = detectado.confianza >= CONFIANZA_BASTANTE || conCantidad !== undefined;
  return { tipo: detectado, firma: firma(detectado.tipo), recordado: {}, seguro };
}

/** Decides how a table is read, and gathers what only a person can say. */
export function planea(entrada: EntradaPlan): Plan {
  const { tabla, perfil, opciones, lugares, hoja, filename } = entrada;
  const [{ desde }] = tabla.bloques as [(typeof tabla.bloques)[0]];
  const { tipo, firma, recordado, seguro } = eligeTipo(entrada, desde);
  const mapa = mapeaColumnas({
    titulos: tabla.titulos,
    columnas: perfil.columnas,
    tipo: tipo.tipo,
    lugares,
    persona: deTabla(opciones.columnas, desde),
    recordada: deTabla(recordado.columnas, desde),
  });
  const preguntas: ProblemaImportacion[] = [];
  const enHoja = { ...SIN_LUGAR, hoja };
  const suyos = (campos: readonly CampoImportacion[]): PerfilColumna[] =>
    campos.flatMap((campo) => {
      const lugar = mapa.lugar.get(campo);
      return lugar === undefined || perfil.columnas[lugar] === undefined ? [] : [perfil.columnas[lugar]!];
    });
  const enColumna = (lugar: number) => ({
    ...enHoja,
    columna: letraColumna(desde + lugar),
    titulo: tabla.titulos[lugar] ?? '',
  });

  if (!seguro) {
    const otro = tipo.otro === null ? 'otra cosa' : nombreTipo(tipo.otro);
    preguntas.push(pregunta('tipo_dudoso', enHoja, { valor: nombreTipo(tipo.tipo), detalle: otro }));
  }
  if (!mapa.lugar.has('codigo') && !mapa.lugar.has('codigoBarras')) {
    preguntas.push(pregunta('falta_columna', enHoja, { detalle: 'código del producto' }));
  }
  if (tipo.tipo !== 'productos' && !mapa.lugar.has('cantidad')) {
    preguntas.push(pregunta('falta_columna', enHoja, { detalle: 'cantidad' }));
  }
  for (const { campo, titulo, lugares: cuales } of mapa.repetidos) {
    const detalle = cuales.map((uno) => letraColumna(desde + uno)).join(', ');
    preguntas.push(
      pregunta(
        'titulo_repetido',
        { ...enColumna(cuales[0]!), titulo },
        { valor: titulo, detalle: `columnas ${detalle}; ${NOMBRE_CAMPO[campo]}` },
      ),
    );
  }

  const { decimal, ejemplo } = decideDecimal(suyos(NUMERICOS), opciones.decimal, recordado.decimal);
  if (ejemplo !== null) {
    const lectura = leeNumero(ejemplo)!;
    preguntas.push(
      pregunta('decimal_dudoso', enHoja, { valor: ejemplo, detalle: `${lectura.punto} o ${lectura.coma}` }),
    );
  }
  const fechas = suyos(FECHAS);
  const orden = decideOrden(fechas, opciones.formatoFecha, recordado.formatoFecha);
  if (orden.ejemplo !== null) {
    const { dmy, mdy } = leeFecha(orden.ejemplo)!;
    preguntas.push(pregunta('fecha_dudosa', enHoja, { valor: orden.ejemplo, detalle: `${dmy} o ${mdy}` }));
  }
  const torcidas = volteadas(fechas);
  const respuestas = opciones.respuestas ?? {};
  if (torcidas !== null && respuestas.fechas_volteadas === undefined) {
    const muestra = torcidas.ejemplos.find((uno) => /^\d{4}-/.test(uno)) ?? '';
    preguntas.push(
      pregunta(
        'fechas_volteadas',
        enHoja,
        { valor: torcidas.orden.dmyEjemplo, detalle: muestra },
        {
          clave: 'fechas_volteadas',
          opciones: [
            { valor: 'voltear', texto: 'Voltear día y mes de las que quedaron como fecha' },
            { valor: 'dejar', texto: 'Dejarlas como están' },
          ],
        },
      ),
    );
  }

  const textos = { arriba: tabla.arriba, hoja, filename };
  const almacen = detectaAlmacen(lugares, textos);
  const conLugar = mapa.lugar.has('tienda') || mapa.lugar.has('almacen');
  if (tipo.tipo !== 'productos' && almacen === null && opciones.almacenId === undefined && !conLugar) {
    preguntas.push(pregunta('falta_almacen', enHoja));
  }
  const fecha = detectaFecha(textos, orden.formato, entrada.hoy);
  const periodo = periodoDe(tabla.arriba, orden.formato, entrada.hoy);
  const conFecha = FECHAS.some((campo) => mapa.lugar.has(campo));
  if (
    tipo.tipo !== 'productos' &&
    !conFecha &&
    fecha === null &&
    periodo === null &&
    opciones.fecha === undefined
  ) {
    preguntas.push(pregunta('falta_fecha', enHoja));
  }

  const repite = new Set<number>();
  if (tipo.tipo !== 'productos') {
    for (const campo of DE_GRUPO) {
      const lugar = mapa.lugar.get(campo);
      const una = lugar === undefined ? undefined : perfil.columnas[lugar];
      if (lugar === undefined || una === undefined || una.llenasMuestra === 0) continue;
      if (una.llenasMuestra > perfil.muestra * 0.7 || perfil.muestra < 4) continue;
      const clave = `vacias_abajo:${campo}`;
      if (respuestas[clave] === 'si') repite.add(lugar);
      if (respuestas[clave] !== undefined) continue;
      preguntas.push(
        pregunta(
          'vacias_abajo',
          enColumna(lugar),
          { valor: una.ejemplos[0] ?? '' },
          {
            clave,
            opciones: [
              { valor: 'si', texto: 'Sí, repetir hacia abajo' },
              { valor: 'no', texto: 'No, dejarlas vacías' },
            ],
          },
        ),
      );
    }
  }

  const cerosPerdidos = new Set(
    (['codigo', 'codigoBarras'] as const).flatMap((campo) => {
      const lugar = mapa.lugar.get(campo);
      return lugar !== undefined && entrada.textoPlano && perfil.columnas[lugar]?.cerosAdelante === 0
        ? [lugar]
        : [];
    }),
  );
  const deColumna = new Map([...mapa.lugar].map(([campo, lugar]) => [lugar, campo] as const));
  const columnas = Array.from({ length: Math.max(tabla.titulos.length, perfil.columnas.length) }, (_, i) => {
    const campo = deColumna.get(i) ?? null;
    return {
      indice: desde + i,
      letra: letraColumna(desde + i),
      titulo: tabla.titulos[i] ?? '',
      campo,
      de: campo === null ? ('ninguno' as const) : (mapa.de.get(campo) ?? ('ninguno' as const)),
      ejemplos: perfil.columnas[i]?.ejemplos ?? [],
    };
  });
  return {
    firma,
    tipo,
    mapa,
    decimal,
    formatoFecha: orden.formato,
    almacen,
    fecha,
    periodo,
    columnas,
    cerosPerdidos,
    repite,
    voltea: torcidas !== null && respuestas.fechas_volteadas === 'voltear',
    preguntas,
  };
}

/** «Del 01/03/2026 al 31/03/2026» over the table. */
function periodoDe(
  arriba: readonly string[],
  formato: FormatoFecha,
  hoy: string,
): { desde: string; hasta: string } | null {
  for (const texto of arriba) {
    const [desde, hasta, otra] = fechasEn(texto, formato);
    if (desde === undefined || hasta === undefined || otra !== undefined) continue;
    if (desde <= hasta && hasta <= hoy) return { desde, hasta };
  }
  return null;
}
