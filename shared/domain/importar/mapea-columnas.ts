import type { CampoImportacion, OpcionesImportacion, TipoImportacion } from '../../contracts/importar.ts';
import { pliega, pliegaCodigo } from '../busqueda.ts';
import { CAMPOS_DE, notaTitulo } from './campos.ts';
import type { Lugares } from './detecta-lugar.ts';
import { PerfilColumna } from './perfil.ts';

export type DeDonde = 'titulo' | 'contenido' | 'recordada' | 'persona' | 'ninguno';

export interface Mapa {
  /** Field → place in the table's columns. */
  readonly lugar: ReadonlyMap<CampoImportacion, number>;
  readonly de: ReadonlyMap<CampoImportacion, DeDonde>;
  /** Headings that two columns with different contents have. */
  readonly repetidos: readonly {
    readonly campo: CampoImportacion;
    readonly titulo: string;
    readonly lugares: readonly number[];
  }[];
}

const UMBRAL = 0.35;
const NUMERICOS: ReadonlySet<CampoImportacion> = new Set([
  'cantidad',
  'precio',
  'costo',
  'importe',
  'descuento',
  'impuesto',
  'factor',
]);
const FECHAS: ReadonlySet<CampoImportacion> = new Set(['fecha', 'fechaDesde', 'fechaHasta']);
const DEVUELTO = /devol|nota de credito|cancel|^dev\.?$|^nc$|^d$/;
const SI_NO =
  /^(?:si|no|s|n|x|a|i|b|activo|inactivo|baja|alta|vigente|suspendido|descontinuado|true|false|verdadero|falso|0|1)$/;
const SERIE_DESDE = 36_526;
const SERIE_HASTA = 73_050;

export function esDevuelto(texto: string): boolean {
  return DEVUELTO.test(pliega(texto).trim());
}

/** What the cells say for or against a field; added to what the heading says. */
function notaContenido(campo: CampoImportacion, una: PerfilColumna, lugares: Lugares): number {
  if (una.llenas === 0) return campo === 'devolucion' || campo === 'activo' ? -1 : -0.2;
  const distintos = [...una.distintos];
  if (NUMERICOS.has(campo)) {
    if (una.numerica < 0.4 && una.errores < una.llenas * 0.5) return -0.7;
    if (campo === 'cantidad' && una.gtins > una.llenas * 0.3) return -0.7;
    return una.fechada > 0.8 ? -0.5 : 0.05;
  }
  if (FECHAS.has(campo)) {
    const serial = una.numerica > 0.8 && una.mayor >= SERIE_DESDE && una.mayor <= SERIE_HASTA;
    return una.fechada >= 0.3 || serial ? 0.1 : -0.7;
  }
  if (campo === 'codigo' || campo === 'codigoBarras') {
    const barras = campo === 'codigoBarras' ? (una.gtins / una.llenas) * 0.2 : 0;
    return (
      una.conocida * 0.3 +
      barras -
      (una.conEspacio > una.llenas * 0.5 && una.conocida < 0.3 ? 0.5 : 0) -
      (una.fechada > 0.8 && una.conocida < 0.1 ? 0.5 : 0)
    );
  }
  if (campo === 'nombre') return (una.textual < 0.3 ? -0.5 : 0.1) - (una.conocida > 0.5 ? 0.6 : 0);
  if (campo === 'devolucion') return distintos.some(esDevuelto) ? 0.1 : -1;
  if (campo === 'activo') {
    const dichos = distintos.filter((uno) => SI_NO.test(pliega(uno).trim())).length;
    return dichos >= distintos.length / 2 ? 0.1 : -1;
  }
  if (campo === 'tienda' || campo === 'almacen') {
    return distintos.some((uno) => lugares.dentro(uno) !== null) ? 0.2 : 0;
  }
  return 0;
}

function porTitulos(
  titulos: readonly string[],
  columnas: readonly PerfilColumna[],
  tipo: TipoImportacion,
  lugares: Lugares,
  tomados: ReadonlyMap<CampoImportacion, number>,
  ausentes: ReadonlySet<CampoImportacion>,
): Map<CampoImportacion, number> {
  const pares: { campo: CampoImportacion; lugar: number; nota: number }[] = [];
  for (const campo of CAMPOS_DE[tipo]) {
    if (tomados.has(campo) || ausentes.has(campo)) continue;
    titulos.forEach((titulo, lugar) => {
      const base = notaTitulo(titulo, campo, tipo);
      if (base === 0) return;
      const nota = base + notaContenido(campo, columnas[lugar] ?? new PerfilColumna(), lugares);
      if (nota >= UMBRAL) pares.push({ campo, lugar, nota });
    });
  }
  const hallado = new Map(tomados);
  const usados = new Set(hallado.values());
  for (const { campo, lugar } of pares.sort((a, b) => b.nota - a.nota || a.lugar - b.lugar)) {
    if (hallado.has(campo) || usados.has(lugar)) continue;
    hallado.set(campo, lugar);
    usados.add(lugar);
  }
  return hallado;
}

/** What no heading names and only one column can be. */
function porContenido(
  mapa: Map<CampoImportacion, number>,
  titulos: readonly string[],
  columnas: readonly PerfilColumna[],
  tipo: TipoImportacion,
  lugares: Lugares,
  ausentes: ReadonlySet<CampoImportacion>,
): CampoImportacion[] {
  const hallados: CampoImportacion[] = [];
  const puede = (campo: CampoImportacion): boolean =>
    CAMPOS_DE[tipo].includes(campo) && !mapa.has(campo) && !ausentes.has(campo);
  const libres = (): number[] => {
    const usados = new Set(mapa.values());
    return columnas.flatMap((una, i) => (una === undefined || usados.has(i) || una.llenas === 0 ? [] : [i]));
  };
  const pon = (campo: CampoImportacion, lugar: number | undefined): void => {
    if (lugar === undefined || !puede(campo)) return;
    mapa.set(campo, lugar);
    hallados.push(campo);
  };
  if (!mapa.has('codigo') && !mapa.has('codigoBarras')) {
    const mejor = libres().toSorted((a, b) => columnas[b]!.conocida - columnas[a]!.conocida)[0];
    if (mejor !== undefined && columnas[mejor]!.conocida >= 0.3) pon('codigo', mejor);
  }
  const sinTitulos = titulos.every((titulo) => titulo === '');
  if (sinTitulos) {
    const fechas = libres().filter((i) => columnas[i]!.fechada > 0.8);
    if (fechas.length === 1) pon('fecha', fechas[0]);
    const textos = libres().filter(
      (i) => columnas[i]!.textual > 0.8 && columnas[i]!.distintos.size > columnas[i]!.llenasMuestra * 0.5,
    );
    pon('nombre', textos.toSorted((a, b) => columnas[b]!.largo - columnas[a]!.largo)[0]);
  }
  const numeros = libres().filter(
    (i) =>
      columnas[i]!.numerica > 0.8 &&
      columnas[i]!.gtins < columnas[i]!.llenas * 0.3 &&
      columnas[i]!.fechada < 0.5,
  );
  if (sinTitulos && tipo !== 'productos' && numeros.length === 1) pon('cantidad', numeros[0]);
  if (!mapa.has('tienda') && !mapa.has('almacen')) {
    const suyas = libres().filter((i) => {
      const distintos = [...columnas[i]!.distintos];
      return (
        distintos.length > 0 &&
        distintos.length <= 50 &&
        distintos.every((uno) => lugares.exacto(uno) !== null)
      );
    });
    if (suyas.length === 1) pon('tienda', suyas[0]);
  }
  return hallados;
}

/** Which column is which: what a person said, what was remembered of this source, the headings, the contents; in this order. */
export function mapeaColumnas(entrada: {
  readonly titulos: readonly string[];
  readonly columnas: readonly PerfilColumna[];
  readonly tipo: TipoImportacion;
  readonly lugares: Lugares;
  /** Place of each field in the table; null: the file doesn't have it. */
  readonly persona: NonNullable<OpcionesImportacion['columnas']>;
  readonly recordada: NonNullable<OpcionesImportacion['columnas']>;
}): Mapa {
  const { titulos, columnas, tipo, lugares, persona, recordada } = entrada;
  const tomados = new Map<CampoImportacion, number>();
  const ausentes = new Set<CampoImportacion>();
  const de = new Map<CampoImportacion, DeDonde>();
  for (const [dichas, quien] of [
    [persona, 'persona'],
    [recordada, 'recordada'],
  ] as const) {
    for (const [campo, lugar] of Object.entries(dichas) as [CampoImportacion, number | null][]) {
      if (tomados.has(campo) || ausentes.has(campo) || !CAMPOS_DE[tipo].includes(campo)) continue;
      if (lugar === null) ausentes.add(campo);
      else if (
        lugar >= 0 &&
        lugar < Math.max(titulos.length, columnas.length) &&
        ![...tomados.values()].includes(lugar)
      ) {
        tomados.set(campo, lugar);
        de.set(campo, quien);
      }
    }
  }
  const mapa = porTitulos(titulos, columnas, tipo, lugares, tomados, ausentes);
  for (const campo of mapa.keys()) if (!de.has(campo)) de.set(campo, 'titulo');
  for (const campo of porContenido(mapa, titulos, columnas, tipo, lugares, ausentes))
    de.set(campo, 'contenido');
  const repetidos = [...mapa].flatMap(([campo, lugar]) => {
    const plegado = pliegaCodigo(titulos[lugar] ?? '');
    if (plegado === '' || de.get(campo) !== 'titulo') return [];
    const otras = titulos.flatMap((titulo, i) =>
      i !== lugar &&
      pliegaCodigo(titulo) === plegado &&
      ![...mapa.values()].includes(i) &&
      distintas(columnas[lugar], columnas[i])
        ? [i]
        : [],
    );
    return otras.length === 0 ? [] : [{ campo, titulo: titulos[lugar]!, lugares: [lugar, ...otras] }];
  });
  return { lugar: mapa, de, repetidos };
}

function distintas(a: PerfilColumna | undefined, b: PerfilColumna | undefined): boolean {
  if (a === undefined || b === undefined || b.llenas === 0) return false;
  return a.llenas !== b.llenas || a.ejemplos.join('|') !== b.ejemplos.join('|');
}
