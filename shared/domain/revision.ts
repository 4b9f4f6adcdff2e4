import { causasDe, type EntradaCausas } from './causas.ts';
import type { ContadoProducto, Reparto } from './conteo.ts';
import { type Cantidad, type Centavos, type Costo, importe } from './decimal.ts';
import type { Zona } from './instante.ts';
import { intervaloEsperado, variacionProbada } from './intervalo.ts';
import type { Movimiento } from './ledger.ts';
import { dentroDeTolerancia, type Tolerancia } from './tolerancia.ts';
import { type DecisionTraslape, hayTraslapePendiente, type Traslape, traslapes } from './traslapes.ts';

export type EstadoRevision =
  | 'cuadra'
  /** Inside the expected interval, but movements of the window make the exact figure unknowable: no ajuste. */
  | 'movimiento_durante'
  | 'variacion'
  /** The ledger has no base: approving sets one. */
  | 'sin_base'
  /** A known bin outside the scope was neither counted nor stated to be empty. */
  | 'incompleto'
  /** Two people counted the same place with different totals and nobody has chosen. */
  | 'traslape';

/** What approving would write. */
export type EfectoAprobacion = 'ajuste' | 'sin_ajuste' | 'base' | 'nada';

export interface EntradaRevision {
  /** Of `contadoPorProducto`. */
  contado: ContadoProducto;
  reparto: Reparto;
  decisionTraslape: DecisionTraslape | null;
  porEntregarEnLibro?: boolean;
  /** All movements of the product in the almacén, in any order. */
  movimientos: readonly Movimiento[];
  holguraMs: number;
  zona: Zona;
  /** Unit cost, null = "sin costo". */
  costo: Costo | null;
  tolerancia: Tolerancia;
  ubicacionesConocidas: readonly string[];
  /**
   * Bins of the scope. `'todas'`: the scope does not choose bins (list, category, whole almacén). In a free conteo, the
   * bins where any line was made.
   */
  ubicacionesAlcance: ReadonlySet<string> | 'todas';
  /** Bins that a manager stated to be empty of this product. */
  ubicacionesVacias: readonly string[];
  /** Evidence for the causes that this product's own rows don't hold. */
  evidencia: Pick<
    EntradaCausas,
    | 'unidad'
    | 'factores'
    | 'gemelos'
    | 'enTransito'
    | 'lineas'
    | 'codigos'
    | 'ubicaciones'
    | 'movimientosHasta'
  >;
}

export interface RevisionProducto {
  productoId: string;
  intento: number;
  estado: EstadoRevision;
  efecto: EfectoAprobacion;
  contado: Cantidad;
  /** Window of the scans, ms; the ajuste happens at `instante`. */
  desde: number;
  instante: number;
  /** Book stock at `instante`; null = "sin base". lo and hi too. */
  teorico: Cantidad | null;
  lo: Cantidad | null;
  hi: Cantidad | null;
  /** Proven variance: what the ajuste posts. null without base. */
  variacion: Cantidad | null;
  /** null without base. */
  dentroTolerancia: boolean | null;
  /** Variance at cost; null = without base or "sin costo". */
  valorVariacion: Centavos | null;
  movimientosVentana: Movimiento[];
  traslapes: Traslape[];
  ubicacionesFaltantes: string[];
  causas: string[];
}

/** Known bins of a product that this conteo leaves open. */
export function ubicacionesFaltantes(
  entrada: Pick<
    EntradaRevision,
    'contado' | 'ubicacionesConocidas' | 'ubicacionesAlcance' | 'ubicacionesVacias'
  >,
): string[] {
  const { ubicacionesAlcance: alcance } = entrada;
  if (alcance === 'todas') return [];
  const contadas = new Set(entrada.contado.lineas.map((linea) => linea.ubicacionId));
  const vacias = new Set(entrada.ubicacionesVacias);
  return entrada.ubicacionesConocidas.filter(
    (ubicacion) => !alcance.has(ubicacion) && !contadas.has(ubicacion) && !vacias.has(ubicacion),
  );
}

/** Joins count, ledger, overlaps, bins and tolerances of one product into what the manager decides on. */
export function revisaProducto(entrada: EntradaRevision): RevisionProducto {
  const { contado: conteo, costo } = entrada;
  const encontrados = traslapes(
    conteo.lineas,
    entrada.reparto,
    entrada.decisionTraslape,
    entrada.porEntregarEnLibro,
  );
  const contado = encontrados.reduce((suma, { resta }) => suma - resta, conteo.contado);
  const intervalo = intervaloEsperado(entrada.movimientos, {
    desde: conteo.desde,
    hasta: conteo.instante,
    holguraMs: entrada.holguraMs,
    zona: entrada.zona,
  });
  const faltantes = ubicacionesFaltantes(entrada);
  const variacion = intervalo.base ? variacionProbada(contado, intervalo) : null;
  const valorVariacion = variacion === null || costo === null ? null : importe(variacion, costo);
  const estado: EstadoRevision = hayTraslapePendiente(encontrados)
    ? 'traslape'
    : faltantes.length > 0
      ? 'incompleto'
      : variacion === null
        ? 'sin_base'
        : variacion !== 0n
          ? 'variacion'
          : contado === intervalo.esperado
            ? 'cuadra'
            : 'movimiento_durante';
  const causas =
    variacion === null || (variacion === 0n && estado !== 'movimiento_durante')
      ? []
      : causasDe({
          ...entrada.evidencia,
          // What is missing there is said by the state itself.
          ...(estado === 'incompleto' ? { ubicaciones: [] } : {}),
          variacion: variacion === 0n ? contado - intervalo.esperado : variacion,
          teorico: intervalo.esperado,
          movimientosVentana: intervalo.movimientosEnVentana,
          cercanos: entrada.movimientos.filter((m) => !intervalo.movimientosEnVentana.includes(m)),
          desde: conteo.desde,
          instante: conteo.instante,
          zona: entrada.zona,
        });
  return {
    productoId: conteo.productoId,
    intento: conteo.intento,
    estado,
    efecto: efectoDeAprobar(estado),
    contado,
    desde: conteo.desde,
    instante: conteo.instante,
    teorico: intervalo.base ? intervalo.esperado : null,
    lo: intervalo.base ? intervalo.lo : null,
    hi: intervalo.base ? intervalo.hi : null,
    variacion,
    dentroTolerancia:
      variacion === null
        ? null
        : dentroDeTolerancia({
            variacion,
            teorico: intervalo.esperado,
            valor: valorVariacion,
            tolerancia: entrada.tolerancia,
          }),
    valorVariacion,
    movimientosVentana: intervalo.movimientosEnVentana,
    traslapes: encontrados,
    ubicacionesFaltantes: faltantes,
    causas,
  };
}

/** What approving a product in this state writes: a variance posts even within tolerance. */
export function efectoDeAprobar(estado: EstadoRevision): EfectoAprobacion {
  switch (estado) {
    case 'variacion':
      return 'ajuste';
    case 'sin_base':
      return 'base';
    case 'cuadra':
    case 'movimiento_durante':
      return 'sin_ajuste';
    case 'incompleto':
    case 'traslape':
      return 'nada';
  }
}
