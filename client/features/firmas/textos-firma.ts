import { toCantidad } from '#shared/domain/cantidad.ts';
import { absoluto, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadNatural, cantidadVista, fechaHoraVista, pesos } from '#shared/formato.ts';
import type { PorFirmar } from './use-por-firmar.ts';

type Movimiento = NonNullable<PorFirmar['movimiento']>;

const MOVIMIENTO: Record<string, string> = {
  venta: 'Una venta',
  compra: 'Una compra',
  devolucion: 'Una devolución',
  transferencia: 'Un traspaso',
  ajuste: 'Un ajuste',
};

/** `−3` or `+2`. */
export const firmada = (cantidad: string) => cantidadVista(toCantidad(cantidad), { signo: true });

/** "−$300" at cost; "sin costo", never a silent 0. */
export function valorVisto(valor: string | null): string {
  return valor === null ? 'sin costo' : pesos(toDecimal(valor, DINERO_ESCALA), { signo: true });
}

/** "Una venta de 2 piezas (T-88)". */
export function fraseMovimiento({ tipo, cantidad, referencia }: Movimiento, unidad: string): string {
  const que = MOVIMIENTO[tipo] ?? 'Un movimiento';
  const cuanto = cantidadNatural(absoluto(toCantidad(cantidad)), unidad);
  return `${que} de ${cuanto}${referencia === null ? '' : ` (${referencia})`}`;
}

/** Both instants of a movement that arrived after an approval, the conteo, and what it found. */
export function fraseContra(f: PorFirmar): string {
  if (f.movimiento === null || f.movimientoEn === null) return '';
  const ocurrio = Date.parse(f.movimientoEn);
  const registro = registradaCuando(Date.parse(f.registradoEn), ocurrio, f.zonaHoraria);
  const lo = MASCULINOS.has(f.movimiento.tipo) ? 'lo' : 'la';
  const quien = f.propuso === null ? 'se registró' : `${lo} registró ${f.propuso}`;
  const encontro =
    f.contado === null ? '' : `, que encontró ${cantidadNatural(toCantidad(f.contado), f.unidad)}`;
  return [
    fraseMovimiento(f.movimiento, f.unidad),
    `del ${fechaHoraVista(ocurrio, f.zonaHoraria)}`,
    `${quien} ${registro}, después de aprobar el conteo ${f.folio ?? ''}`.trimEnd(),
  ]
    .join(' ')
    .concat(encontro, '.');
}

const MASCULINOS: ReadonlySet<string> = new Set(['transferencia', 'ajuste']);

function registradaCuando(registro: number, ocurrio: number, zona: string): string {
  const vista = fechaHoraVista(registro, zona, ocurrio);
  return vista.includes(',') ? `el ${vista}` : `a las ${vista}`;
}

/** What the books become, in one sentence. */
export function fraseLibros(
  f: Pick<PorFirmar, 'existencia' | 'existenciaDespues' | 'unidad' | 'tipo'>,
): string {
  const antes = f.existencia === null ? null : toCantidad(f.existencia);
  const despues = toCantidad(f.existenciaDespues);
  if (antes === despues)
    return 'La existencia de hoy no cambia: después hubo un inventario que ya dice cuánto hay.';
  const desde = antes === null ? 'sin dato' : cantidadVista(antes);
  const fin = f.tipo === 'contra_ajuste' ? ' y vuelve a cuadrar con lo contado' : '';
  return `Al firmar, la existencia pasa de ${desde} a ${cantidadNatural(despues, f.unidad)}${fin}.`;
}

/** A closed period: where it posts, and that the true date is named. null when its own instant is open. */
export function frasePeriodo(f: Pick<PorFirmar, 'asiento' | 'instante' | 'zonaHoraria'>): string | null {
  if (f.asiento === f.instante) return null;
  const asiento = fechaHoraVista(Date.parse(f.asiento), f.zonaHoraria);
  return `Ese periodo está cerrado: entra el ${asiento}, el primer instante abierto, y nombra la fecha verdadera.`;
}

/**
 * Why I may not sign it, before I tried: the server's own sentence, which says that nothing was signed, is for after. A
 * code that this version does not know keeps that one.
 */
export function fraseImpedimento({ code, mensaje, data }: NonNullable<PorFirmar['impedimento']>): string {
  switch (code) {
    case 'FIRMA_PROPIA':
      return 'Tú lo propusiste: lo firma otra persona.';
    case 'FIRMA_MOVISTE':
      return 'Tú registraste ese movimiento: lo decide otra persona.';
    case 'FIRMA_CONTASTE':
      return 'Tú contaste este producto: lo decide otra persona.';
    case 'FIRMA_LIMITE':
      return `Vale ${data.valor} y tu límite es ${data.limite}: lo firma un administrador.`;
    case 'FIRMA_SIN_COSTO':
      return 'No tiene costo y tu firma tiene un límite en pesos: lo firma un administrador.';
    case 'APROBACION_ROL':
      return 'Lo firma un gerente o un administrador.';
    default:
      return mensaje;
  }
}
