import { useState } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad, plural } from '#shared/formato.ts';

export type LineasTardiasProps = {
  conteoId: string;
  tardias: number;
  /** Who plans may open a conteo for them. */
  planea: boolean;
  enLinea: boolean;
  onHecho: (mensaje: string) => void;
};

/** What arrived after its product was signed: kept, shown, and countable again in a conteo of its own. */
export function LineasTardias({ conteoId, tardias, planea, enLinea, onHecho }: LineasTardiasProps) {
  // Kept over a failed try, so that asking again opens no second conteo.
  const [id] = useState(newId);
  const [falla, setFalla] = useState<string>();
  const consulta = useConsulta(
    ['tardias', conteoId, tardias],
    () => api.conteos.tardias.query({ conteoId }),
    {
      activa: enLinea,
    },
  );
  const crea = useOrden(() => api.conteos.creaComplementario.mutate({ conteoId, id }), ['tardias', conteoId]);
  const abre = async () => {
    setFalla(undefined);
    try {
      const { folio } = await crea.mutateAsync(undefined);
      onHecho(`Se abrió ${folio} para contar lo que llegó tarde.`);
    } catch (caught) {
      setFalla(errorDe(caught).mensaje);
    }
  };
  const complementos = consulta.data?.complementos ?? [];
  return (
    <Banner
      tone="info"
      title={plural(tardias, 'línea llegó tarde', 'líneas llegaron tarde')}
      actions={
        planea &&
        complementos.length === 0 && (
          <Button busy={crea.isPending} disabled={!enLinea} onClick={abre}>
            Contar lo que llegó tarde
          </Button>
        )
      }
    >
      <p>
        {tardias === 1
          ? 'Entró después de aprobarse su producto. Se conserva y no cambia el resultado.'
          : 'Entraron después de aprobarse su producto. Se conservan y no cambian el resultado.'}
      </p>
      <ul className="list-disc ps-5">
        {(consulta.data?.productos ?? []).map((p) => {
          const unidades = toCantidad(p.unidades);
          return (
            <li key={p.productoId}>
              {`${p.codigo} ${p.nombre}: ${cantidadVista(unidades, { signo: true })} ${nombreUnidad(p.unidad, unidades)}`}
            </li>
          );
        })}
      </ul>
      {complementos.length > 0 && (
        <p>{`Se cuenta de nuevo en ${complementos.map(({ folio }) => folio ?? 'un conteo sin folio').join(', ')}.`}</p>
      )}
      {falla !== undefined && <p role="alert">{falla}</p>}
    </Banner>
  );
}
