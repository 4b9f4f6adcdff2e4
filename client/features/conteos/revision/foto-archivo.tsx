import { useEffect, useState } from 'react';
import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { PhotoThumb } from '#client/ui/photo-thumb.tsx';

/** A photo of the server as an object URL: an `<img>` cannot carry the token. undefined until it is here. */
function useArchivo(sha256: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    let made: string | undefined;
    void (async () => {
      try {
        const response = await fetchVigilado(`/api/archivos/${sha256}`, { signal: stop.signal }, 'image/');
        if (!response.ok || stop.signal.aborted) return;
        made = URL.createObjectURL(await response.blob());
        if (stop.signal.aborted) URL.revokeObjectURL(made);
        else setUrl(made);
      } catch {
        // why: without the picture its square stays; the code and the note still tell
      }
    })();
    return () => {
      stop.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [sha256]);
  return url;
}

export function FotoArchivo({ sha256, alt }: { sha256: string; alt: string }) {
  const url = useArchivo(sha256);
  const [grande, setGrande] = useState(false);
  return (
    <>
      <PhotoThumb src={url} alt={alt} onPress={() => setGrande(true)} />
      <Dialog open={grande} onClose={() => setGrande(false)} title={alt}>
        <img src={url} alt={alt} className="w-full rounded-one" />
      </Dialog>
    </>
  );
}
