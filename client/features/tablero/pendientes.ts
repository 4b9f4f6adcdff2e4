import type { ConteoVista } from '#client/offline/index.ts';

/** What needs this person now, from the phone's cache. */
export type Pendientes = { atrasados: ConteoVista[]; enRevision: ConteoVista[]; abiertos: ConteoVista[] };

/** `revisa`: may open reviews; else only what this person counts is theirs to worry about. `ahora` in ms. */
export function pendientesDe(conteos: readonly ConteoVista[], revisa: boolean, ahora: number): Pendientes {
  const mios = conteos.filter((c) => revisa || c.cuento);
  const vivos = mios.filter((c) => c.estado === 'abierto' || c.estado === 'planeado');
  const tarde = (c: ConteoVista) => c.vence !== null && Date.parse(c.vence) < ahora;
  return {
    atrasados: vivos.filter((c) => tarde(c) && (revisa || c.parteTerminadaEn === null)),
    enRevision: revisa ? mios.filter((c) => c.estado === 'en_revision') : [],
    abiertos: vivos.filter((c) => c.cuento && c.parteTerminadaEn === null && !tarde(c)),
  };
}
