import { useState } from 'react';
import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { recodifica } from '#client/offline/fotos.ts';
import { sha256Hex } from '#client/offline/sha256.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { Card } from '#client/ui/card.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { PhotoThumb } from '#client/ui/photo-thumb.tsx';
import { AppError } from '#shared/errores.ts';
import type { Ficha } from './ficha-producto.tsx';
import { useArchivo } from './use-archivo.ts';

/** Sends the picture, drawn anew without its place and data, and ties it to the product. */
async function pone(productoId: string, foto: Blob, base: string | null): Promise<void> {
  const bytes = await recodifica(foto);
  const sha256 = sha256Hex(bytes);
  const response = await fetchVigilado(`/api/archivos/${sha256}`, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: bytes.slice().buffer,
  });
  if (!response.ok) throw new AppError(response.status === 413 ? 'ARCHIVO_GRANDE' : 'ARCHIVO_TIPO');
  await api.productos.ponFoto.mutate({ id: productoId, sha256, base });
}

/** The product's picture: taken or chosen, seen in full, taken away. */
export function FotoProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const [grande, setGrande] = useState(false);
  const url = useArchivo(ficha.imagenUrl);
  const cambia = useOrden(
    (foto: File | null) =>
      foto === null
        ? api.productos.ponFoto
            .mutate({ id: ficha.id, sha256: null, base: ficha.imagenUrl })
            .then(() => undefined)
        : pone(ficha.id, foto, ficha.imagenUrl),
    ['catalogo'],
  );
  const nombre = String(ficha.valores.nombre ?? '');
  return (
    <Card title="Foto" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4">
        <PhotoThumb
          src={url}
          alt={nombre}
          className={url === undefined ? undefined : 'catalogo-foto'}
          size={url === undefined ? 'small' : 'large'}
          onPress={() => setGrande(true)}
        />
        {edita && (
          <div className="flex flex-wrap gap-2">
            <label className={buttonClass()} aria-busy={cambia.isPending || undefined}>
              {cambia.isPending ? 'Guardando…' : ficha.imagenUrl === null ? 'Poner foto' : 'Cambiar foto'}
              <input
                type="file"
                accept="image/*"
                className="sr-only"
                onChange={(event) => {
                  const foto = event.target.files?.[0];
                  if (foto !== undefined) cambia.mutate(foto);
                  event.target.value = '';
                }}
              />
            </label>
            {ficha.imagenUrl !== null && <Button onClick={() => cambia.mutate(null)}>Quitar foto</Button>}
          </div>
        )}
      </div>
      {cambia.error !== null && (
        <Banner tone="bad" title="No se guardó la foto" role="alert">
          {errorDe(cambia.error).mensaje}
        </Banner>
      )}
      <Dialog open={grande} onClose={() => setGrande(false)} title={nombre}>
        <img src={url} alt={nombre} className="w-full rounded-one" />
      </Dialog>
    </Card>
  );
}
