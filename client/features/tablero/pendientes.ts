import type { ConteoVista } from '#client/offline/index.ts';
import { listaNatural, plural } from '#shared/formato.ts';

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

/** "2 ajustes a mano y 1 movimiento que llegó después de aprobar; 1 no lo puedes firmar tú." */
export function dePorFirmar(
  filas: readonly { tipo: 'manual' | 'contra_ajuste'; impedimento: unknown }[],
): string {
  const manuales = filas.filter(({ tipo }) => tipo === 'manual').length;
  const tardios = filas.length - manuales;
  const ajenos = filas.filter(({ impedimento }) => impedimento !== null).length;
  const partes = [
    manuales > 0 ? plural(manuales, 'ajuste a mano', 'ajustes a mano') : '',
    tardios > 0
      ? plural(
          tardios,
          'movimiento que llegó después de aprobar',
          'movimientos que llegaron después de aprobar',
        )
      : '',
  ].filter(Boolean);
  const otra =
    ajenos === 0
      ? ''
      : ajenos === filas.length
        ? '; le toca a otra persona'
        : `; ${plural(ajenos, 'le toca', 'le tocan')} a otra persona`;
  return `${listaNatural(partes)}${otra}.`;
}
