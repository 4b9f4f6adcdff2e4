import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { plural } from '#shared/formato.ts';

export type CerrarPruebaProps = {
  conteo: Revision['conteo'];
  enLinea: boolean;
  onHecho: (mensaje: string) => void;
};

/** The main action of a test count: keeps what was compared and closes it. There is nothing to approve. */
export function CerrarPrueba({ conteo, enLinea, onHecho }: CerrarPruebaProps) {
  const [falla, setFalla] = useState<string>();
  const cierra = useOrden(
    () => api.conteos.cierraPrueba.mutate({ conteoId: conteo.id }),
    ['revision', conteo.id],
  );
  const lista = conteo.estado === 'en_revision';
  const manda = async () => {
    setFalla(undefined);
    try {
      const { productos, exactos } = await cierra.mutateAsync(undefined);
      onHecho(`Prueba cerrada: ${exactos} de ${plural(productos, 'producto exacto', 'productos exactos')}.`);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };
  return (
    <Button
      variant="primary"
      detail={falla ?? (lista ? 'guarda la comparación, no mueve existencias' : 'faltan partes por enviar')}
      busy={cierra.isPending}
      disabled={!enLinea || !lista}
      onClick={() => void manda()}
    >
      Cerrar prueba
    </Button>
  );
}
