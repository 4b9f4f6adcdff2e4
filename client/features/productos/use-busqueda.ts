import { useDeferredValue, useEffect, useState } from 'react';
import { buscarCodigo, buscarTexto, type FilaProducto } from '#client/offline/index.ts';

export type Resultados = { consulta: string; productos: FilaProducto[] };

const LIMITE = 60;

/**
 * Products for what is being typed, from this phone alone: the exact code first, then words in any order without
 * accents. An older answer never replaces a newer one.
 */
export function useBusqueda(texto: string): Resultados | null {
  const consulta = useDeferredValue(texto.trim());
  const [resultados, setResultados] = useState<Resultados | null>(null);
  useEffect(() => {
    if (consulta === '') {
      setResultados(null);
      return;
    }
    let vigente = true;
    void Promise.all([buscarCodigo(consulta), buscarTexto(consulta, LIMITE)]).then(([exactos, parecidos]) => {
      if (!vigente) return;
      const porId = new Map<string, FilaProducto>();
      for (const { producto } of exactos) porId.set(producto.id, producto);
      for (const producto of parecidos) porId.set(producto.id, producto);
      setResultados({ consulta, productos: [...porId.values()] });
    });
    return () => {
      vigente = false;
    };
  }, [consulta]);
  return resultados;
}
