import { useCallback, useEffect, useState } from 'react';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { type Compartido, leeCompartidos, quitaCompartido } from './compartidos.ts';
import { tamanoDicho } from './textos-importar.ts';

/**
 * What another app shared with this one and is not uploaded yet. It goes by itself when there is signal; without it the file
 * stays on this phone, and says so.
 */
export function ArchivosCompartidos({
  senal,
  ocupado,
  sube,
}: {
  senal: boolean;
  ocupado: boolean;
  sube: (archivo: Blob, nombre: string) => Promise<boolean>;
}) {
  const [archivos, setArchivos] = useState<Compartido[]>([]);
  const [intentado, setIntentado] = useState<ReadonlySet<string>>(new Set());
  const lee = useCallback(() => void leeCompartidos().then(setArchivos, () => setArchivos([])), []);
  useEffect(lee, [lee]);
  const manda = useCallback(
    async (c: Compartido) => {
      setIntentado((antes) => new Set(antes).add(c.clave));
      if (await sube(c.archivo, c.nombre)) {
        await quitaCompartido(c.clave);
        lee();
      }
    },
    [sube, lee],
  );
  const siguiente = archivos.find((c) => !intentado.has(c.clave));
  useEffect(() => {
    if (senal && !ocupado && siguiente !== undefined) void manda(siguiente);
  }, [senal, ocupado, siguiente, manda]);
  // Back in reach: what failed for want of signal is tried again.
  useEffect(() => {
    if (!senal) setIntentado(new Set());
  }, [senal]);
  return archivos.map((c) => (
    <Banner
      key={c.clave}
      tone="warn"
      role="status"
      title={c.nombre}
      actions={
        <>
          {senal && (
            <Button busy={ocupado} onClick={() => void manda(c)}>
              Subir ahora
            </Button>
          )}
          <Button variant="quiet" onClick={() => void quitaCompartido(c.clave).then(lee)}>
            Quitar
          </Button>
        </>
      }
    >
      {senal
        ? `Compartido con la app (${tamanoDicho(c.archivo.size)}); falta subirlo.`
        : `Guardado en este teléfono (${tamanoDicho(c.archivo.size)}). Se sube cuando vuelva la señal.`}
    </Banner>
  ));
}
