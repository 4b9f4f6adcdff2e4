import type { ConteoVista } from '#client/offline/index.ts';

/** Conteos that wait for my counting: open, mine, my part not ended; the one that ends first on top. */
export function porContar(conteos: readonly ConteoVista[]): ConteoVista[] {
  return conteos
    .filter(
      (c) => c.cuento && c.parteTerminadaEn === null && (c.estado === 'abierto' || c.estado === 'planeado'),
    )
    .sort((a, b) => (a.vence ?? '9').localeCompare(b.vence ?? '9') || b.abiertoEn.localeCompare(a.abiertoEn));
}

const fecha = new Intl.DateTimeFormat('es-MX', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const hora = new Intl.DateTimeFormat('es-MX', { hour: '2-digit', minute: '2-digit', hour12: false });

/** "Conteo ciego · vence hoy 14:00 · CDMX-01". */
export function detalleDeConteo(conteo: ConteoVista, ahora: number): string {
  const partes = [
    conteo.ciego ? 'Conteo ciego' : 'Conteo',
    conteo.intento > 1 ? `recuento ${conteo.intento}` : null,
  ];
  if (conteo.vence !== null) {
    const vence = new Date(conteo.vence);
    const hoy = new Date(ahora).toDateString() === vence.toDateString();
    const cuando = hoy ? `hoy ${hora.format(vence)}` : fecha.format(vence);
    partes.push(vence.getTime() < ahora ? `venció ${cuando}` : `vence ${cuando}`);
  }
  partes.push(conteo.almacenNombre, conteo.soloAqui ? 'solo en este teléfono' : conteo.folio);
  return partes.filter(Boolean).join(' · ');
}
