import { useState } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { NOMBRE_ROL, type Rol } from '#shared/roles.ts';

export type FirmaDialogProps = {
  conteoId: string;
  onClose: () => void;
  onHecho: (mensaje: string) => void;
};

/** Asks one manager of another shop, or an admin, to review and sign this conteo. */
export function FirmaDialog({ conteoId, onClose, onHecho }: FirmaDialogProps) {
  const [usuarioId, setUsuarioId] = useState('');
  const [error, setError] = useState<string>();
  const posibles = useConsulta(['firmantes', conteoId], () =>
    api.conteos.firmantesPosibles.query({ conteoId }),
  );
  const pide = useOrden(() => api.conteos.pideFirma.mutate({ conteoId, usuarioId }), ['firmantes', conteoId]);
  const elegido = posibles.data?.find(({ id }) => id === usuarioId);
  const envia = () => {
    if (elegido === undefined) {
      setError('Elige a quién se la pides.');
      return;
    }
    pide.mutate(undefined, {
      onSuccess: () => {
        onHecho(`${elegido.nombre} ya puede revisar y firmar este conteo.`);
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Pedir firma"
      actions={
        <>
          <Button variant="primary" busy={pide.isPending} disabled={!posibles.data?.length} onClick={envia}>
            Pedir firma
          </Button>
          <Button onClick={onClose}>Regresar</Button>
        </>
      }
    >
      <p>Podrá ver y aprobar solo este conteo. Avísale: lo encuentra en su lista de conteos.</p>
      {posibles.isPending ? (
        <Skeleton lines={2} />
      ) : posibles.isError ? (
        <Banner
          tone="bad"
          title="No se pudo ver quién puede firmar"
          role="alert"
          actions={<Button onClick={() => void posibles.refetch()}>Intentar otra vez</Button>}
        >
          {errorDe(posibles.error).mensaje}
        </Banner>
      ) : posibles.data.length === 0 ? (
        <Banner tone="warn" title="No hay a quién pedirla">
          Hace falta un gerente de otra tienda o un administrador que no haya contado aquí.
        </Banner>
      ) : (
        <Select
          label="Quién firma"
          placeholder="Elige a una persona"
          value={usuarioId}
          onValue={(id) => {
            setUsuarioId(id);
            setError(undefined);
          }}
          options={posibles.data.map(({ id, nombre, rol, pedida }) => ({
            value: id,
            label: `${nombre} (${NOMBRE_ROL[rol as Rol]}${pedida ? ', ya se le pidió' : ''})`,
          }))}
          error={error}
        />
      )}
      {pide.isError && (
        <Banner tone="bad" title="No se pidió la firma" role="alert">
          {errorDe(pide.error).mensaje}
        </Banner>
      )}
    </Dialog>
  );
}
