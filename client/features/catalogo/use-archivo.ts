import { useEffect, useState } from 'react';
import { fetchVigilado } from '#client/app/fetch-vigilado.ts';

/** A picture of the server as an object URL: an `<img>` cannot carry the token. undefined until it is here. */
export function useArchivo(ruta: string | null): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    setUrl(undefined);
    if (ruta === null) return;
    const stop = new AbortController();
    let made: string | undefined;
    void (async () => {
      try {
        const response = await fetchVigilado(ruta, { signal: stop.signal }, 'image/');
        if (!response.ok || stop.signal.aborted) return;
        made = URL.createObjectURL(await response.blob());
        if (stop.signal.aborted) URL.revokeObjectURL(made);
        else setUrl(made);
      } catch {
        // why: without the picture its square stays, and the name still tells what it is
      }
    })();
    return () => {
      stop.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [ruta]);
  return url;
}
