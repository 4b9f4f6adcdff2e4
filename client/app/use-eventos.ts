import { useEffect, useRef } from 'react';
import { tocaTipo } from '#shared/contracts/api-eventos.ts';
import { type Noticia, oye } from './eventos-negocio.ts';
import { refresca } from './query.ts';

/** Many events of one import or approval make one refresh. */
const JUNTA_MS = 400;

/**
 * While the screen is open, what happens in the business asks its reads again: `tipos` are kinds (`conteo.*`; none: all),
 * `claves` the first parts of the reads' keys, as in `useConsulta`. `alOir` is called with each at once. Only what the person may see is heard.
 */
export function useEventos(
  tipos: readonly string[],
  claves: readonly (readonly unknown[])[],
  { activa = true, alOir }: { activa?: boolean; alOir?: (noticia: Noticia) => void } = {},
): void {
  const ultimo = useRef({ tipos, claves, alOir });
  useEffect(() => {
    ultimo.current = { tipos, claves, alOir };
  });
  useEffect(() => {
    if (!activa) return;
    let reloj: ReturnType<typeof setTimeout> | undefined;
    const deja = oye((noticia) => {
      const { tipos: cuales, alOir: oido } = ultimo.current;
      if (noticia.tipo === 'evento' && !tocaTipo(cuales, noticia.evento.tipo)) return;
      oido?.(noticia);
      reloj ??= setTimeout(() => {
        reloj = undefined;
        for (const clave of ultimo.current.claves) refresca(clave);
      }, JUNTA_MS);
    });
    return () => {
      clearTimeout(reloj);
      deja();
    };
  }, [activa]);
}
