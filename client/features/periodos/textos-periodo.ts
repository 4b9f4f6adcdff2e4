import { masDias } from '#shared/domain/instante.ts';
import { fechaVista, listaNatural, plural } from '#shared/formato.ts';

/** `31 oct 2026` of a calendar date. */
export function diaVisto(fecha: string): string {
  return fechaVista(Date.parse(`${fecha}T12:00:00Z`), 0);
}

/** Last days that people close most: of the month before this one, and yesterday. */
export function cierresHabituales(hoy: string): { value: string; label: string }[] {
  const ayer = masDias(hoy, -1);
  const finDeMes = masDias(`${hoy.slice(0, 8)}01`, -1);
  const opciones = [
    { value: finDeMes, label: `Todo ${mesVisto(finDeMes)}` },
    { value: ayer, label: `Ayer, ${diaVisto(ayer)}` },
  ];
  return finDeMes === ayer ? opciones.slice(0, 1) : opciones;
}

const MESES = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
] as const;

function mesVisto(fecha: string): string {
  return `${MESES[Number(fecha.slice(5, 7)) - 1]} ${fecha.slice(0, 4)}`;
}

/** Why that day can't be the last closed one; null when it can. Dates of the shop's calendar. */
export function faltaDeFecha(hasta: string, hoy: string, cerradoHasta: string | null): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(hasta)) return 'Falta la fecha. Elige el último día que se cierra.';
  if (hasta >= hoy) return 'Solo se cierra hasta ayer: el día de hoy todavía se mueve.';
  if (cerradoHasta !== null && hasta <= cerradoHasta)
    return `Ya está cerrado hasta el ${diaVisto(cerradoHasta)}. Elige una fecha posterior.`;
  return null;
}

/** Why the books can't be opened back to that day; null when they can. */
export function faltaDeApertura(hasta: string, cerradoHasta: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(hasta)) return 'Falta la fecha. Elige el último día que sigue cerrado.';
  if (hasta >= cerradoHasta)
    return `Hoy está cerrado hasta el ${diaVisto(cerradoHasta)}. Elige un día anterior.`;
  return null;
}

export type DentroDelCierre = {
  conteos: readonly unknown[];
  propuestas: number;
  contraAjustes: number;
  telefonos: { telefonos: number; datos: number };
};

/** "2 conteos sin cerrar, 1 ajuste sin firmar y 12 datos en 1 teléfono"; null when nothing stays inside. */
export function fraseDentro({
  conteos,
  propuestas,
  contraAjustes,
  telefonos,
}: DentroDelCierre): string | null {
  const firmas = propuestas + contraAjustes;
  const partes = [
    conteos.length > 0 ? plural(conteos.length, 'conteo sin cerrar', 'conteos sin cerrar') : '',
    firmas > 0 ? plural(firmas, 'ajuste sin firmar', 'ajustes sin firmar') : '',
    telefonos.telefonos > 0
      ? `${plural(telefonos.datos, 'dato', 'datos')} sin enviar en ${plural(telefonos.telefonos, 'teléfono', 'teléfonos')}`
      : '',
  ].filter(Boolean);
  return partes.length === 0 ? null : listaNatural(partes);
}

/** What happens to what arrives later with a date inside, once it is closed up to that day. */
export function frasesDespues(hasta: string): string[] {
  const primero = diaVisto(masDias(hasta, 1));
  return [
    `Lo que se cuente o se firme con fecha anterior al ${primero} entrará en el primer instante abierto (${primero}, 00:00) y nombrará la fecha verdadera.`,
    'Una venta, compra o devolución con fecha de ese periodo no entra: se conserva en Envíos y pide otra fecha, o que un administrador abra el periodo.',
  ];
}
