import type { ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { COSTO_ESCALA, cambiaEscala, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import type { Zona } from '#shared/domain/instante.ts';
import {
  cantidadNatural,
  cantidadVista,
  fechaHoraVista,
  horaVista,
  listaNatural,
  pesos,
} from '#shared/formato.ts';

/** What a review says of its products, in words. All instants in the shop's zone. */

const visto = (texto: string) => cantidadVista(toCantidad(texto));

/** `38`, `17 a 20` when movements of the window leave it open, `sin base`. */
export function teoricoVisto(p: ProductoRevisado): string {
  if (p.teorico === null) return 'sin base';
  return esIncierto(p) ? `${visto(p.lo!)} a ${visto(p.hi!)}` : visto(p.teorico);
}

export function esIncierto(p: ProductoRevisado): boolean {
  return p.lo !== null && p.hi !== null && toCantidad(p.lo) !== toCantidad(p.hi);
}

/** While two counts of one place contradict each other there is no figure to show, only a question. */
export function variacionVista(p: ProductoRevisado): string {
  if (p.aprobado === null && p.estado === 'traslape') return '¿?';
  if (p.variacion === null) return '—';
  return cantidadVista(toCantidad(p.variacion), { signo: true });
}

/** "Teórico entre 17 y 20 a las 10:04", "Teórico 38 a las 10:04". */
export function fraseTeorico(p: ProductoRevisado, zona: string): string {
  const hora = horaVista(Date.parse(p.instante), zona);
  if (p.teorico === null) {
    return 'Sin base: el libro no tiene inventario inicial de este producto. Aprobar fija lo contado como base.';
  }
  if (esIncierto(p)) return `Teórico entre ${visto(p.lo!)} y ${visto(p.hi!)} a las ${hora}.`;
  return `Teórico ${visto(p.teorico)} a las ${hora}.`;
}

const FUENTE: Record<string, string> = {
  promedio: 'costo promedio del almacén',
  ultimo: 'último costo',
  catalogo: 'costo del catálogo',
};

/** "−$1,840 a $153.33 (costo promedio del almacén)", or that there is no cost. */
export function fraseValor(p: ProductoRevisado): string | null {
  if (p.variacion === null || toCantidad(p.variacion) === 0n) return null;
  if (p.aprobado === null && p.estado === 'traslape') return null;
  if (p.valor === null || p.costoUnitario === null) return 'Sin costo: no se sabe cuánto vale la variación.';
  const unitario = cambiaEscala(toDecimal(p.costoUnitario, COSTO_ESCALA), COSTO_ESCALA, DINERO_ESCALA);
  const fuente = FUENTE[p.costoFuente];
  return `${pesos(toDecimal(p.valor, DINERO_ESCALA), { signo: true })} a ${pesos(unitario)} por unidad${fuente ? `, ${fuente}` : ''}.`;
}

type Tolerancias = Pick<Revision['conteo'], 'tolUnidades' | 'tolPorcentaje' | 'tolPesos'>;

/** "2 unidades, 5 % y $100", or null where none is set. */
export function toleranciasVistas(conteo: Tolerancias): string | null {
  const partes = [
    conteo.tolUnidades === null
      ? null
      : `${visto(conteo.tolUnidades)} ${visto(conteo.tolUnidades) === '1' ? 'unidad' : 'unidades'}`,
    conteo.tolPorcentaje === null ? null : `${visto(conteo.tolPorcentaje)} %`,
    conteo.tolPesos === null ? null : pesos(toDecimal(conteo.tolPesos, DINERO_ESCALA)),
  ];
  const puestas = partes.filter((parte) => parte !== null);
  return puestas.length === 0 ? null : listaNatural(puestas);
}

/** Limits of the product's class, else the conteo's own. */
function limitesDe(
  p: ProductoRevisado,
  conteo: Tolerancias & Pick<Revision['conteo'], 'tolerancias'>,
): Tolerancias {
  const suya = conteo.tolerancias?.[p.claseAbc ?? ''];
  if (suya === undefined) return conteo;
  return { tolUnidades: suya.unidades, tolPorcentaje: suya.porcentaje, tolPesos: suya.pesos };
}

export function fraseTolerancia(
  p: ProductoRevisado,
  conteo: Tolerancias & Pick<Revision['conteo'], 'tolerancias'>,
): string {
  const puestas = toleranciasVistas(limitesDe(p, conteo));
  if (puestas === null) return 'Sin tolerancia puesta: solo lo exacto está dentro.';
  if (p.dentroTolerancia === null) return `Tolerancia: ${puestas}.`;
  return `Tolerancia: ${puestas}. ${p.dentroTolerancia ? 'Está dentro.' : 'Está fuera.'}`;
}

/** "ese conteo contó 9 el 2 mar 10:05 y después salieron 2": of a test count with a conteo to compare with. */
export function fraseComparado(p: ProductoRevisado, zona: Zona): string {
  const { contado, instante, movido } = p.comparado!;
  const movidos = toCantidad(movido);
  const despues =
    movidos === 0n
      ? ''
      : movidos < 0n
        ? ` y después salieron ${cantidadVista(-movidos)}`
        : ` y después entraron ${cantidadVista(movidos)}`;
  return `ese conteo contó ${visto(contado)} el ${fechaHoraVista(Date.parse(instante), zona)}${despues}`;
}

/** "Ana 26", "Ana 14 y Luis 12": the counters of a product, each with all of their units. */
export function quienConto(p: ProductoRevisado): string {
  const porPersona = new Map<string, { nombre: string; unidades: bigint }>();
  for (const c of p.contadores) {
    const previo = porPersona.get(c.usuarioId)?.unidades ?? 0n;
    porPersona.set(c.usuarioId, { nombre: c.nombre, unidades: previo + toCantidad(c.unidades) });
  }
  const personas = [...porPersona.values()];
  if (personas.length === 1) return personas[0]!.nombre;
  return listaNatural(personas.map(({ nombre, unidades }) => `${nombre} ${cantidadVista(unidades)}`));
}

/** Short words of a block for the table; the whole sentence stands in the sheet. */
const BLOQUEO_CORTO: Record<string, string> = {
  APROBACION_TRASLAPE: 'Falta decidir: ¿coinciden o se suman?',
  APROBACION_INCOMPLETO: 'Falta contar en otra ubicación',
  APROBACION_RECUENTO: 'Esperando recuento',
  APROBACION_CONTASTE: 'Lo contaste tú: aprueba otra persona',
  APROBACION_MOVISTE: 'Le registraste un movimiento: aprueba otra persona',
  APROBACION_LIMITE: 'Pasa tu límite en pesos',
  APROBACION_CONTEO_POSTERIOR: 'Ya se ajustó con un conteo posterior',
  APROBACION_BASE_POSTERIOR: 'Hay un inventario posterior',
};

export function bloqueoCorto(aviso: { code: string; mensaje: string }): string {
  return BLOQUEO_CORTO[aviso.code] ?? aviso.mensaje;
}

const MOVIMIENTO: Record<string, string> = {
  venta: 'Venta',
  compra: 'Compra',
  devolucion: 'Devolución',
  ajuste: 'Ajuste',
  transferencia: 'Transferencia',
  inventario: 'Inventario',
};

type Movimiento = ProductoRevisado['movimientos'][number];

/** "Venta −3 a las 10:05 (T-88); se registró 11:20". */
export function fraseMovimiento(m: Movimiento, zona: string): { titulo: string; detalle: string } {
  const ocurrio = Date.parse(m.ocurridaEn);
  const registro = Date.parse(m.registradaEn);
  const cuando =
    m.precision === 'instante' ? `a las ${horaVista(ocurrio, zona)}` : 'sin hora: solo se sabe el día';
  return {
    titulo: `${MOVIMIENTO[m.tipo] ?? m.tipo}${m.referencia ? ` ${m.referencia}` : ''}`,
    detalle: `${cuando}; se registró ${fechaHoraVista(registro, zona, ocurrio)}`,
  };
}

/** "Contado entre 10:00 y 10:04", "Contado a las 10:04". */
export function fraseVentana(p: ProductoRevisado, zona: string): string {
  const desde = horaVista(Date.parse(p.desde), zona);
  const hasta = horaVista(Date.parse(p.instante), zona);
  return desde === hasta ? `a las ${hasta}` : `entre ${desde} y ${hasta}`;
}

export function contadoNatural(p: ProductoRevisado): string {
  return cantidadNatural(toCantidad(p.contado), p.unidad);
}

/** "Aprobado por Rosa, 2 mar 2026, 12:05". */
export function fraseAprobado(p: ProductoRevisado, zona: string): string | null {
  if (p.aprobado === null) return null;
  return `Aprobado por ${p.aprobado.por}, ${fechaHoraVista(Date.parse(p.aprobado.en), zona)}`;
}
