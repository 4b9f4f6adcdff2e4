import type { ConteoVista, Identidad } from '#client/offline/index.ts';
import { cuentaEn, VE_EXISTENCIAS } from '#shared/roles.ts';

/**
 * Why this person may not capture a sheet of the conteo; null when they may. Capturing is counting: the same people, and in a blind
 * conteo nobody who may see stock, also when another counted on the paper.
 */
export function noPuedeCapturar(
  conteo: Pick<ConteoVista, 'cuento' | 'ciego' | 'proposito'>,
  persona: Pick<Identidad, 'rol'>,
): string | null {
  if (conteo.ciego && VE_EXISTENCIAS.includes(persona.rol)) {
    return 'Este conteo es ciego y tú puedes ver existencias, así que no puedes capturarlo. Que lo haga quien contó u otro almacenista asignado; tú puedes imprimir la hoja.';
  }
  if (!conteo.cuento || !cuentaEn(persona.rol, conteo.proposito)) {
    return 'La capturan quienes cuentan este conteo. Pide a tu gerente que te lo asigne.';
  }
  return null;
}
