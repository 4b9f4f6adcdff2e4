import type { EstadoEnvio } from '#client/offline/index.ts';

/** What the daily comparisons with the server said, in sentences; null before the first one. */
export function cotejoDicho(
  { cotejo, completo, recibidos, otroDistinto = null }: EstadoEnvio['catalogo'],
  cuando: (instante: string) => string,
): string | null {
  const dichos = [delCatalogo({ cotejo, completo, recibidos }, cuando)];
  if (otroDistinto !== null) {
    dichos.push(
      `Otros datos de aquí (tienda, existencias o conteos) no eran iguales a los del servidor y se bajaron de nuevo ${cuando(otroDistinto)}.`,
    );
  }
  return dichos.filter((dicho) => dicho !== null).join(' ') || null;
}

function delCatalogo(
  { cotejo, completo, recibidos }: Pick<EstadoEnvio['catalogo'], 'cotejo' | 'completo' | 'recibidos'>,
  cuando: (instante: string) => string,
): string | null {
  if (cotejo === null) return null;
  if (!cotejo.igual) {
    const sigue = !completo || recibidos !== null;
    return `El catálogo de aquí no era igual al del servidor (${cuando(cotejo.en)}): ${
      sigue ? 'se está bajando de nuevo' : 'se bajó de nuevo'
    }. Lo que contaste no cambió.`;
  }
  const antes =
    cotejo.reparadoEn === null ? '' : ` La última vez que se bajó de nuevo fue ${cuando(cotejo.reparadoEn)}.`;
  return `El catálogo es igual al del servidor: se comparó ${cuando(cotejo.en)}.${antes}`;
}
