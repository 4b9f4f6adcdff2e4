import { cuenta, pesos, porcentaje } from '../../formato.ts';
import { absoluto, type Centavos, divideHalfEven } from '../decimal.ts';
import { diaCorto, mesLargo, semanaVista } from './calendario.ts';
import { comparado, parteDe, promedio } from './compara.ts';

/** One Spanish sentence for each picture, worked out from what it draws. Money in centavos, shares in hundredths of a percent. */

export interface SemanaVentas {
  /** Monday. */
  semana: string;
  /** Net of IVA. */
  importe: Centavos;
  /** The same week a year ago; null: the books do not reach there. */
  antes: Centavos | null;
}
/** How many weeks before make "lo de costumbre". */
const COSTUMBRE = 4;

/** The last week of `semanas` is not over: it is told, not compared. */
export function fraseVentas(semanas: readonly SemanaVentas[]): string {
  const actual = semanas.at(-1);
  const completas = semanas.slice(0, -1);
  const primera = completas.findIndex(({ importe }) => importe !== 0n);
  const conVentas = primera < 0 ? [] : completas.slice(primera);
  const ultima = conVentas.at(-1);
  const van = actual && actual.importe !== 0n ? ` Esta semana van ${pesos(enPesos(actual.importe))}.` : '';
  if (ultima === undefined) {
    return van === ''
      ? 'No hay ventas registradas en estas semanas.'
      : `Las primeras ventas son de esta semana.${van}`;
  }
  const base = promedio(conVentas.slice(-1 - COSTUMBRE, -1).map(({ importe }) => importe));
  const cuantas = Math.min(COSTUMBRE, conVentas.length - 1);
  const vendido = `La semana del ${semanaVista(ultima.semana)} se vendieron ${pesos(enPesos(ultima.importe))} sin IVA`;
  const deAntes =
    ultima.antes === null || ultima.antes === 0n
      ? ''
      : comparado(ultima.importe, ultima.antes, 'hace un año', 'lo de hace un año');
  if (base === null) {
    return `${vendido}${deAntes === '' ? '; es la primera semana completa' : `, ${deAntes}`}.${van}`;
  }
  const deCostumbre = comparado(
    ultima.importe,
    base,
    cuantas === 1 ? 'la anterior' : `el promedio de las ${cuantas} anteriores`,
  );
  return `${vendido}, ${deCostumbre}${deAntes === '' ? '' : ` y ${deAntes}`}.${van}`;
}

export interface SemanaExactitud {
  semana: string;
  productos: number;
  exactos: number;
  /** Of the value; null: nothing of it has a cost. */
  valor: bigint | null;
}
/** Under half a point nobody would call it a change. */
const MISMO_PUNTO = 50n;

const partePorDiezMil = (exactos: number, productos: number) =>
  divideHalfEven(BigInt(exactos) * 10_000n, BigInt(productos));

export function fraseExactitud(semanas: readonly SemanaExactitud[]): string {
  const contadas = semanas.filter(({ productos }) => productos > 0);
  const ultima = contadas.at(-1);
  if (ultima === undefined) return 'No se aprobó ningún conteo en estas semanas.';
  const parte = partePorDiezMil(ultima.exactos, ultima.productos);
  const dicho = `${
    ultima.productos === 1
      ? ultima.exactos === 1
        ? 'el único producto contado coincidió con el libro'
        : 'el único producto contado no coincidió con el libro'
      : ultima.exactos === 0
        ? `no coincidió ninguno de ${cuenta(ultima.productos)} productos con el libro`
        : `${ultima.exactos === 1 ? 'coincidió' : 'coincidieron'} ${cuenta(ultima.exactos)} de ${cuenta(ultima.productos)} productos con el libro (${parteDe(BigInt(ultima.exactos), BigInt(ultima.productos))})`
  }`;
  const enPesos = ultima.valor === null ? '' : `; en pesos, ${porcentaje(decima(ultima.valor))}`;
  const cuando = `La semana del ${semanaVista(ultima.semana)}`;
  const anterior = contadas.at(-2);
  if (anterior === undefined) return `${cuando} ${dicho}${enPesos}. Es la única con conteos.`;
  const puntos = parte - partePorDiezMil(anterior.exactos, anterior.productos);
  const cambio =
    absoluto(puntos) < MISMO_PUNTO
      ? 'igual que'
      : `${puntosVistos(puntos)} ${puntos > 0n ? 'más que' : 'menos que'}`;
  return `${cuando} ${dicho}, ${cambio} la del ${diaCorto(anterior.semana)}${enPesos}.`;
}

/** To a tenth of a percent. */
const decima = (centesimas: bigint) => divideHalfEven(centesimas, 10n) * 10n;

function puntosVistos(centesimas: bigint): string {
  const decimas = divideHalfEven(absoluto(centesimas), 10n);
  const texto = decimas % 10n === 0n ? String(decimas / 10n) : `${decimas / 10n}.${decimas % 10n}`;
  return `${texto} ${texto === '1' ? 'punto' : 'puntos'}`;
}

export interface Diferencia {
  /** With its article: "la zona B". */
  nombre: string;
  /** Pesos without sign. */
  diferencia: Centavos;
}

export function fraseDiferencias(filas: readonly Diferencia[]): string {
  const conDiferencia = filas.filter(({ diferencia }) => diferencia > 0n);
  if (filas.length === 0) return 'No se aprobó ningún conteo en este periodo.';
  const mayor = conDiferencia.reduce<Diferencia | undefined>(
    (a, b) => (a === undefined || b.diferencia > a.diferencia ? b : a),
    undefined,
  );
  if (mayor === undefined) return 'Todo lo contado coincidió con el libro: no hay diferencias en pesos.';
  const total = conDiferencia.reduce((suma, { diferencia }) => suma + diferencia, 0n);
  if (conDiferencia.length === 1)
    return `Toda la diferencia, ${pesos(enPesos(mayor.diferencia))}, está en ${mayor.nombre}.`;
  return `${mayuscula(mayor.nombre)}: ${pesos(enPesos(mayor.diferencia))} de diferencia, ${conArticulo(parteDe(mayor.diferencia, total))} de todo lo que no coincidió.`;
}

const conArticulo = (parte: string) => (/^\d/.test(parte) ? `el ${parte}` : parte);
const mayuscula = (texto: string) => texto.charAt(0).toUpperCase() + texto.slice(1);

export interface MesMerma {
  /** `YYYY-MM`. */
  mes: string;
  /** Negative or 0. */
  faltante: Centavos;
  sobrante: Centavos;
}

/** The last month is not over: it is compared as what it is so far. */
export function fraseMerma(meses: readonly MesMerma[]): string {
  const movidos = meses.findIndex(({ faltante, sobrante }) => faltante !== 0n || sobrante !== 0n);
  if (movidos < 0) return 'No hay faltantes ni sobrantes registrados en estos meses.';
  const desde = meses.slice(movidos);
  const actual = desde.at(-1)!;
  const neto = ({ faltante, sobrante }: MesMerma) => faltante + sobrante;
  const dicho = (m: MesMerma) =>
    neto(m) < 0n
      ? `faltan ${pesos(enPesos(-neto(m)))} netos`
      : neto(m) > 0n
        ? `sobran ${pesos(enPesos(neto(m)))} netos`
        : 'no falta ni sobra nada';
  const enCurso = `En ${mesLargo(actual.mes)}, hasta hoy, ${dicho(actual)}`;
  const anterior = desde.at(-2);
  if (anterior === undefined) return `${enCurso}; es el primer mes con datos.`;
  if (neto(actual) < 0n && neto(anterior) < 0n) {
    return `${enCurso}, ${comparado(-neto(actual), -neto(anterior), `en todo ${mesLargo(anterior.mes)}`, `lo de todo ${mesLargo(anterior.mes)}`)}.`;
  }
  return `${enCurso}; en ${mesLargo(anterior.mes)} ${dicho(anterior).replace('faltan', 'faltaron').replace('sobran', 'sobraron').replace('falta ni sobra', 'faltó ni sobró')}.`;
}

export interface PuntoValor {
  /** Last day of what was measured. */
  fecha: string;
  valor: Centavos | null;
}

export function fraseValor(puntos: readonly PuntoValor[]): string {
  const conocidos = puntos.filter((p): p is { fecha: string; valor: Centavos } => p.valor !== null);
  const ultimo = conocidos.at(-1);
  if (ultimo === undefined) return 'Todavía no se conoce cuánto vale el inventario.';
  const hoy = `El inventario vale ${pesos(enPesos(ultimo.valor))} a costo`;
  const primero = conocidos[0]!;
  if (conocidos.length === 1) return `${hoy}; todavía no hay otra fecha con que comparar.`;
  return `${hoy}, ${comparado(ultimo.valor, primero.valor, `el ${diaCorto(primero.fecha)}`, `lo del ${diaCorto(primero.fecha)}`)}.`;
}

/** Whole pesos: nobody reads the cents of a warehouse. */
const enPesos = (centavos: Centavos) => divideHalfEven(centavos, 100n) * 100n;
