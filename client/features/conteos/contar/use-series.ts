import { useEffect, useState } from 'react';
import type { LineaVista } from '#client/offline/index.ts';
import { pareceGs1 } from '#shared/domain/codigos.ts';

/** Serial numbers (GS1 21) that the labels of these lines carry: information, never summed. The newest first. */
export function useSeries(lineas: readonly Pick<LineaVista, 'codigoCrudo'>[]): string[] {
  const [series, setSeries] = useState<string[]>([]);
  const crudos = lineas.flatMap(({ codigoCrudo }) =>
    codigoCrudo !== null && pareceGs1(codigoCrudo) ? codigoCrudo : [],
  );
  const clave = crudos.join('\n');
  useEffect(() => {
    if (clave === '') {
      setSeries([]);
      return;
    }
    let vivo = true;
    void import('#shared/domain/gs1/etiqueta.ts').then(
      ({ etiquetaDe }) => {
        if (!vivo) return;
        const leidas = clave.split('\n').flatMap((crudo) => etiquetaDe(crudo)?.serie ?? []);
        setSeries([...new Set(leidas)]);
      },
      () => {},
    );
    return () => {
      vivo = false;
    };
  }, [clave]);
  return series;
}
