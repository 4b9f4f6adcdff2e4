import { createHash } from 'node:crypto';
import type {
  AnalisisImportacion,
  OpcionesImportacion,
  ProblemaImportacion,
} from '#shared/contracts/importar.ts';
import { pliegaCodigo } from '#shared/domain/busqueda.ts';
import { IndiceCatalogo } from '#shared/domain/importar/catalogo.ts';
import type { FilaHoja, Union } from '#shared/domain/importar/celda.ts';
import { Lugares } from '#shared/domain/importar/detecta-lugar.ts';
import { encuentraTabla, MUESTRA_TABLA, type Tabla } from '#shared/domain/importar/encuentra-tabla.ts';
import { Limpiador } from '#shared/domain/importar/limpiador.ts';
import { Perfil } from '#shared/domain/importar/perfil.ts';
import { type Plan, planea } from '#shared/domain/importar/planea.ts';
import { problema, SIN_LUGAR } from '#shared/domain/importar/problemas.ts';
import { Segmentador } from '#shared/domain/importar/segmenta.ts';
import { AppError } from '#shared/errores.ts';
import { abre } from './abre.ts';
import type { EntradaAnalisis, OyenteAnalisis } from './analiza.ts';
import type { HojaLibro, Libro } from './lee-libro.ts';

/** The listener's lots; a little less than it may get, so that one row's problems never split. */
const LOTE = 900;
const FILAS_UTILES = 1_048_576;
const HOJAS_MAXIMO = 60;
const AVANCE_CADA = 2_000;
/** «Todas»: sheets with the same headings, one after the other. */
export const TODAS_LAS_HOJAS = '*';

interface HojaConTabla {
  readonly hoja: HojaLibro;
  readonly tabla: Tabla;
}

/** First rows with content; more when a person named a row of headings further down. */
async function muestra(hoja: HojaLibro, hasta: number): Promise<FilaHoja[]> {
  const filas: FilaHoja[] = [];
  for await (const lote of hoja.lee()) {
    filas.push(...lote);
    const ultima = filas.at(-1)!.fila;
    if (filas.length >= MUESTRA_TABLA && ultima >= hasta) break;
  }
  return filas;
}

function nombres(hojas: readonly HojaLibro[]): string {
  return hojas
    .slice(0, 12)
    .map(({ nombre }) => `«${nombre.slice(0, 40)}»`)
    .join(', ');
}

/** The sheet with the best table; others with the same headings beside it. */
async function eligeHojas(
  libro: Libro,
  opciones: OpcionesImportacion,
): Promise<{ elegidas: HojaConTabla[]; iguales: HojaConTabla[] }> {
  const { hoja: dicha, filaEncabezado } = opciones;
  const unaDicha = dicha !== undefined && dicha !== TODAS_LAS_HOJAS;
  const candidatas = unaDicha
    ? libro.hojas.filter(({ nombre }) => nombre === dicha)
    : libro.hojas.filter(({ oculta }) => !oculta).slice(0, HOJAS_MAXIMO);
  if (unaDicha && candidatas.length === 0) {
    throw new AppError('IMPORTACION_HOJA', { hoja: dicha.slice(0, 60), hojas: nombres(libro.hojas) });
  }
  const conTabla: HojaConTabla[] = [];
  for (const hoja of candidatas.length > 0 ? candidatas : libro.hojas.slice(0, HOJAS_MAXIMO)) {
    const filas = await muestra(hoja, filaEncabezado ?? 0);
    const uniones = filas.length === 0 ? [] : await unionesDe(hoja);
    const tabla = encuentraTabla(filas, uniones, filaEncabezado);
    if (tabla !== null) conTabla.push({ hoja, tabla });
  }
  if (conTabla.length === 0) {
    const dibujos = libro.hojas.some((hoja) => hoja.dibujos);
    const detalle =
      filaEncabezado !== undefined && filaEncabezado > 0
        ? `la fila ${filaEncabezado} no tiene títulos`
        : dibujos
          ? 'solo tiene imágenes, y de una imagen no se leen cantidades'
          : 'sus hojas no tienen filas con dos o más columnas';
    throw new AppError('IMPORTACION_SIN_TABLA', { detalle });
  }
  const mejor = conTabla.reduce((a, b) => (b.tabla.nota > a.tabla.nota ? b : a));
  const clave = ({ tabla }: HojaConTabla): string => tabla.titulos.map(pliegaCodigo).join('|');
  const iguales =
    mejor.tabla.filaEncabezado === 0 ? [mejor] : conTabla.filter((una) => clave(una) === clave(mejor));
  return { elegidas: [mejor], iguales };
}

/** Joined cells stand at the end of a sheet, so the whole sheet is walked for them; which also proves that it is whole. */
async function unionesDe(hoja: HojaLibro): Promise<readonly Union[]> {
  await hoja.mide();
  return hoja.uniones;
}

function hex(texto: string): string {
  return createHash('sha256').update(texto).digest('hex');
}

class Entrega {
  readonly problemas = { error: 0, pregunta: 0, aviso: 0 };
  reparadas = 0;
  readonly #oyente: OyenteAnalisis;

  constructor(oyente: OyenteAnalisis) {
    this.#oyente = oyente;
  }

  async problema(lote: readonly ProblemaImportacion[]): Promise<void> {
    if (lote.length === 0) return;
    for (const { gravedad } of lote) this.problemas[gravedad] += 1;
    for (let i = 0; i < lote.length; i += LOTE) await this.#oyente.problemas(lote.slice(i, i + LOTE));
  }

  /** Gives what there is, when it is enough or when `todo` says so. */
  async vacia({ salida }: Limpiador, todo: boolean): Promise<void> {
    while (salida.filas.length >= LOTE || (todo && salida.filas.length > 0))
      await this.#oyente.filas(salida.filas.splice(0, LOTE));
    if (salida.problemas.length >= LOTE || todo) await this.problema(salida.problemas.splice(0));
    if (salida.reparaciones.length < LOTE && !(todo && salida.reparaciones.length > 0)) return;
    const reparaciones = salida.reparaciones.splice(0);
    this.reparadas += reparaciones.length;
    for (let i = 0; i < reparaciones.length; i += LOTE)
      await this.#oyente.reparaciones(reparaciones.slice(i, i + LOTE));
  }
}

/** Gathers what the columns of a table hold. */
async function perfila(
  { hoja, tabla }: HojaConTabla,
  indice: IndiceCatalogo,
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
): Promise<{ perfil: Perfil; secciones: Set<string> }> {
  const perfil = new Perfil(indice, entrada.hoy);
  const secciones = new Set<string>();
  const segmentador = new Segmentador(tabla, [], new Set());
  let hechas = 0;
  for await (const lote of hoja.lee()) {
    for (const fila of lote) {
      for (const trozo of segmentador.parte(fila)) {
        if (trozo.k !== 'datos') continue;
        perfil.mira(trozo.celdas, trozo.oculta);
        if (trozo.seccion !== null) secciones.add(trozo.seccion);
      }
    }
    if (Math.floor((hechas + lote.length) / AVANCE_CADA) > Math.floor(hechas / AVANCE_CADA))
      oyente.avance(0, null);
    hechas += lote.length;
    if (perfil.filas > FILAS_UTILES) {
      throw new AppError('IMPORTACION_MUCHAS_FILAS', { hoja: hoja.nombre, maximo: FILAS_UTILES });
    }
  }
  return { perfil, secciones };
}

/** Fields whose joined cells speak for each row that they cover; an amount that is joined over three rows is one amount. */
const SE_RELLENAN = [
  'codigo',
  'codigoBarras',
  'nombre',
  'fecha',
  'hora',
  'folio',
  'tienda',
  'almacen',
  'categoria',
  'marca',
  'ubicacion',
] as const;

function rellenables({ bloques }: Tabla, plan: Plan): Set<number> {
  return new Set(
    SE_RELLENAN.flatMap((campo) => {
      const lugar = plan.mapa.lugar.get(campo);
      return lugar === undefined ? [] : bloques.map(({ desde }) => desde + lugar);
    }),
  );
}

/** What the file has beside the table that is read. */
function avisos(
  libro: Libro,
  { hoja, tabla }: HojaConTabla,
  leidas: readonly HojaConTabla[],
  perfil: Perfil,
): ProblemaImportacion[] {
  const enHoja = { ...SIN_LUGAR, hoja: hoja.nombre };
  const lista: ProblemaImportacion[] = [];
  if (perfil.ocultas > 0) lista.push(problema('filas_ocultas', enHoja, { detalle: perfil.ocultas }));
  if (tabla.alLado !== null)
    lista.push(problema('tabla_al_lado', enHoja, { detalle: tabla.alLado.slice(0, 120) }));
  const otras = libro.hojas.filter((una) => !leidas.some((leida) => leida.hoja === una));
  if (otras.length > 0)
    lista.push(problema('hojas_sin_leer', SIN_LUGAR, { valor: hoja.nombre, detalle: nombres(otras) }));
  if (libro.nota !== null && !libro.nota.startsWith('UTF'))
    lista.push(problema('texto_como', SIN_LUGAR, { detalle: libro.nota }));
  return lista;
}

/**
 * Reads a file whole, in this process: `analiza` does it in one with limits. Stages: open safely → find the table → type → shop →
 * columns → clean → match; the sheet is walked twice, once to learn how it is to be read and once to read it.
 */
export async function leeArchivo(
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
): Promise<AnalisisImportacion> {
  const { opciones, catalogo, filename } = entrada;
  const libro = await abre(entrada.bytes, filename);
  const { elegidas, iguales } = await eligeHojas(libro, opciones);
  const [principal] = elegidas as [HojaConTabla];
  const indice = new IndiceCatalogo(catalogo);
  const lugares = new Lugares(catalogo.almacenes);
  const { perfil, secciones } = await perfila(principal, indice, entrada, oyente);
  const plan = planea({
    tabla: principal.tabla,
    perfil,
    hoja: principal.hoja.nombre,
    filename,
    opciones,
    mapas: entrada.mapas,
    lugares,
    hoy: entrada.hoy,
    textoPlano: libro.formato === 'csv' || libro.formato === 'html',
    huella: hex,
  });
  const entrega = new Entrega(oyente);
  const deHoja = (hoja: HojaLibro): string | null => lugares.dentro(hoja.nombre)?.almacen.id ?? null;
  // Sheets that are each of a shop of their own are one file; others may be months, and only a person knows.
  const tiendas = iguales.map(({ hoja }) => deHoja(hoja));
  const porTienda =
    iguales.length > 1 && tiendas.every((una) => una !== null) && new Set(tiendas).size === iguales.length;
  const todas = opciones.hoja === TODAS_LAS_HOJAS || (opciones.hoja === undefined && porTienda);
  const leidas = todas ? iguales : [principal];
  const preguntas = plan.preguntas.filter(
    ({ error_type }) => !(error_type === 'falta_almacen' && todas && porTienda),
  );
  await entrega.problema([...preguntas, ...avisos(libro, principal, leidas, perfil)]);
  if (!todas && opciones.hoja === undefined && iguales.length > 1) {
    const detalle = nombres(iguales.map(({ hoja }) => hoja));
    await entrega.problema([problema('hoja_dudosa', SIN_LUGAR, { valor: principal.hoja.nombre, detalle })]);
  }

  const total = leidas.reduce((suma, { hoja }) => suma + hoja.filas, 0);
  const filas = { leidas: 0, utiles: 0, ignoradas: 0, conError: 0 };
  const periodo: { desde: string | null; hasta: string | null } = { desde: null, hasta: null };
  const legible = !preguntas.some(({ error_type }) => error_type === 'falta_columna');
  const conSecciones = [...secciones].some((texto) => lugares.dentro(texto) !== null);
  let hechas = 0;
  for (const una of legible ? leidas : []) {
    const limpiador = new Limpiador({
      plan,
      indice,
      lugares,
      opciones,
      hoja: una.hoja.nombre,
      almacenHoja: todas ? deHoja(una.hoja) : null,
      titulos: una.tabla.titulos,
      hoy: entrada.hoy,
      diasDeMas: libro.diasDeMas,
    });
    const segmentador = new Segmentador(
      una.tabla,
      una.hoja.uniones,
      rellenables(una.tabla, plan),
      conSecciones ? (una.tabla.arriba.findLast((texto) => lugares.dentro(texto) !== null) ?? null) : null,
    );
    for await (const lote of una.hoja.lee()) {
      for (const fila of lote) for (const trozo of segmentador.parte(fila)) limpiador.lee(trozo);
      await entrega.vacia(limpiador, false);
      const antes = hechas;
      hechas += lote.length;
      if (Math.floor(hechas / AVANCE_CADA) > Math.floor(antes / AVANCE_CADA))
        oyente.avance(hechas, Math.max(total, hechas));
    }
    await entrega.vacia(limpiador, true);
    for (const clave of ['leidas', 'utiles', 'ignoradas', 'conError'] as const)
      filas[clave] += limpiador.cuenta[clave];
    if (limpiador.desde !== null && (periodo.desde === null || limpiador.desde < periodo.desde))
      periodo.desde = limpiador.desde;
    if (limpiador.hasta !== null && (periodo.hasta === null || limpiador.hasta > periodo.hasta))
      periodo.hasta = limpiador.hasta;
  }
  oyente.avance(hechas, hechas);
  const { tipo } = plan;
  return {
    firma: plan.firma,
    formato: libro.formato,
    hojas: libro.hojas.map(({ nombre, oculta, filas: suyas }) => ({ nombre, oculta, filas: suyas })),
    hoja: principal.hoja.nombre,
    filaEncabezado: principal.tabla.filaEncabezado,
    tipo: { tipo: tipo.tipo, confianza: tipo.confianza, razones: [...tipo.razones] },
    almacen: plan.almacen === null ? null : { ...plan.almacen, razones: [...plan.almacen.razones] },
    fecha: plan.fecha,
    columnas: plan.columnas,
    decimal: plan.decimal,
    formatoFecha: plan.formatoFecha,
    filas,
    reparadas: entrega.reparadas,
    problemas: { ...entrega.problemas },
    periodo:
      periodo.desde === null || periodo.hasta === null
        ? null
        : { desde: periodo.desde, hasta: periodo.hasta },
  };
}
