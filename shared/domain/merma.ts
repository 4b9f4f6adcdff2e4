import { fechaHoraVista, horaVista, pesos } from '../formato.ts';
import type { AvisoAprobacion, Posterior } from './aprobacion.ts';
import type { ContadoProducto, Reparto } from './conteo.ts';
import { absoluto, type Cantidad, type Centavos } from './decimal.ts';
import { fechaLocal, type Zona } from './instante.ts';
import { type DecisionTraslape, traslapes } from './traslapes.ts';

/**
 * Damaged units inside an approved figure. `aprobado` already holds them (the book keeps damaged goods until their
 * transfer is posted), so moving them takes them out of one almacén and puts them into another, and nothing is adjusted
 * twice. Where two people counted one bin and one of them stands, so do that person's damaged units; where their totals
 * agree, only what all of them call damaged. Never more than was approved.
 */
export function danadoDe(
  contado: ContadoProducto,
  aprobado: Cantidad,
  reparto: Reparto,
  decision: DecisionTraslape | null,
  porEntregarEnLibro = false,
): Cantidad {
  const danadas = contado.lineas.filter(({ condicion }) => condicion === 'danado');
  const de = (ubicacionId: string | null, usuarioId: string) =>
    danadas
      .filter((linea) => linea.ubicacionId === ubicacionId && linea.usuarioId === usuarioId)
      .reduce((suma, linea) => suma + linea.unidades, 0n);
  let total = danadas.reduce((suma, linea) => suma + linea.unidades, 0n);
  for (const { ubicacionId, usuarios, estado } of traslapes(
    contado.lineas,
    reparto,
    decision,
    porEntregarEnLibro,
  )) {
    const suyas = usuarios.map(({ usuarioId }) => de(ubicacionId, usuarioId));
    const suma = suyas.reduce((a, b) => a + b, 0n);
    if (estado === 'coinciden') total -= suma - suyas.sort((a, b) => (a < b ? -1 : 1))[0]!;
    else if (estado === 'decidido' && decision?.decision === 'uno' && decision.usuarioId !== null)
      total -= suma - de(ubicacionId, decision.usuarioId);
  }
  if (total > aprobado) total = aprobado;
  return total < 0n ? 0n : total;
}

export interface EntradaMerma {
  quien: { usuarioId: string; esAdmin: boolean; limite: Centavos | null };
  /** Everybody who wrote any line of this product in this conteo. */
  contaron: readonly string[];
  /** Registered by hand a movement dated before the count and recorded after it opened. */
  movio: boolean;
  /** Instant of the approved count, ms. */
  instante: number;
  /** Later conteos and bases of the product in the almacén. */
  posteriores: readonly Posterior[];
  /** Of the damaged goods at cost; null = "sin costo". */
  valor: Centavos | null;
  zona: Zona;
}

/** Why this person may not decide on the damaged goods at all: the same as for the approval. */
export function bloqueosDeMerma({ quien, contaron, movio }: EntradaMerma): AvisoAprobacion[] {
  const bloqueos: AvisoAprobacion[] = [];
  if (contaron.includes(quien.usuarioId)) bloqueos.push({ code: 'APROBACION_CONTASTE', data: {} });
  if (movio) bloqueos.push({ code: 'APROBACION_MOVISTE', data: {} });
  return bloqueos;
}

/** Why the damaged goods can't be moved now; leaving them where they are stays possible. */
export function bloqueosDeTraspaso({
  quien,
  instante,
  posteriores,
  valor,
  zona,
}: EntradaMerma): AvisoAprobacion[] {
  const bloqueos: AvisoAprobacion[] = [];
  const posterior = posteriores
    .filter((otro) => otro.instante > instante)
    .sort((a, b) => b.instante - a.instante)[0];
  // Whoever counted or fixed the stock later has already said what lies there: moving it now would take it out twice.
  if (posterior !== undefined) {
    const mismoDia = fechaLocal(posterior.instante, zona) === fechaLocal(instante, zona);
    const hora = (mismoDia ? horaVista : fechaHoraVista)(posterior.instante, zona);
    bloqueos.push({ code: 'MERMA_POSTERIOR', data: { hora } });
  }
  if (!quien.esAdmin && quien.limite !== null) {
    if (valor === null) bloqueos.push({ code: 'FIRMA_SIN_COSTO', data: {} });
    else if (absoluto(valor) > quien.limite) {
      bloqueos.push({
        code: 'FIRMA_LIMITE',
        data: { valor: pesos(absoluto(valor)), limite: pesos(quien.limite) },
      });
    }
  }
  return bloqueos;
}
