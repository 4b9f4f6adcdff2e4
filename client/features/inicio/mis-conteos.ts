import { fechaHoraAqui, horaAqui } from '#client/app/fechas.ts';
import type { ConteoVista } from '#client/offline/index.ts';

/** Conteos that wait for my counting: open, mine, my part not ended; the one that ends first on top. */
export function porContar(conteos: readonly ConteoVista[]): ConteoVista[] {
  return conteos
    .filter(
      (c) => c.cuento && c.parteTerminadaEn === null && (c.estado === 'abierto' || c.estado === 'planeado'),
    )
    .sort((a, b) => (a.vence ?? '9').localeCompare(b.vence ?? '9') || b.abiertoEn.localeCompare(a.abiertoEn));
}

const QUE = {
  conteo: { ciego: 'Conteo ciego', abierto: 'Conteo' },
  prueba: { ciego: 'Prueba ciega', abierto: 'Prueba' },
} as const;

/** "Conteo ciego · vence hoy 14:00 · CDMX-01". */
export function detalleDeConteo(conteo: ConteoVista, ahora: number): string {
  const partes = [
    // A cache of an older version has rows without it.
    QUE[conteo.proposito === 'prueba' ? 'prueba' : 'conteo'][conteo.ciego ? 'ciego' : 'abierto'],
    conteo.intento > 1 ? `recuento ${conteo.intento}` : null,
  ];
  if (conteo.vence !== null) {
    const vence = new Date(conteo.vence);
    const hoy = new Date(ahora).toDateString() === vence.toDateString();
    const cuando = hoy ? `hoy ${horaAqui(vence)}` : fechaHoraAqui(vence);
    partes.push(vence.getTime() < ahora ? `venció ${cuando}` : `vence ${cuando}`);
  }
  partes.push(conteo.almacenNombre, conteo.soloAqui ? 'solo en este teléfono' : conteo.folio);
  // The dot stays with the word before it, so that no line begins with one.
  return partes.filter(Boolean).join('\u00a0· ');
}

/** Past the hour that it was asked for: a warning, never a bar. */
export function atrasado(conteo: Pick<ConteoVista, 'vence' | 'parteTerminadaEn'>, ahora: number): boolean {
  return conteo.vence !== null && conteo.parteTerminadaEn === null && Date.parse(conteo.vence) < ahora;
}

/** "Te devolvieron tu parte: falta el pasillo 3"; null when it was not given back. */
export function textoDevuelta({ devuelta }: Pick<ConteoVista, 'devuelta'>): string | null {
  if (devuelta === null) return null;
  return devuelta === '' ? 'Te devolvieron tu parte' : `Te devolvieron tu parte: ${devuelta}`;
}
