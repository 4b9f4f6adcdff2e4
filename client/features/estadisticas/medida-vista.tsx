import { useEffect, useRef } from 'react';
import { refresca, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { Button } from '#client/ui/button.tsx';
import type { Zona } from '#shared/domain/instante.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import type { Medida } from './use-medida.ts';

/** How long after asking the server to measure the figures are looked at again, ms. */
const OTRA_VEZ_MS = 5_000;

/** When costs, paces and classes were measured, and a way to do it now. The very first time it is asked for by itself. */
export function MedidaVista({ medida, zona }: { medida: Medida; zona: Zona }) {
  const medidoEn = 'medidoEn' in medida.datos ? medida.datos.medidoEn : undefined;
  const { mutate, isPending, data } = useOrden(
    () => api.estadisticas.mide.mutate({ almacenId: null }),
    ['estadisticas-medida'],
  );
  const pedido = useRef(false);
  useEffect(() => {
    if (medidoEn !== null || pedido.current) return;
    pedido.current = true;
    mutate(undefined);
  }, [medidoEn, mutate]);
  // Until the answer is of a later measure the server is asked again now and then.
  const antes = useRef(medidoEn);
  const espera = data !== undefined && antes.current === medidoEn;
  useEffect(() => {
    if (!espera) {
      antes.current = medidoEn;
      return;
    }
    const reloj = setInterval(() => refresca(['estadisticas']), OTRA_VEZ_MS);
    return () => clearInterval(reloj);
  }, [espera, medidoEn]);
  if (medidoEn === undefined) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
      <span role="status">
        {medidoEn === null
          ? 'Midiendo costos, ritmos y clases por primera vez…'
          : espera || isPending
            ? 'Midiendo otra vez…'
            : `Costos, ritmos y clases medidos: ${fechaHoraVista(Date.parse(medidoEn), zona, now().getTime())}.`}
      </span>
      {medidoEn !== null && (
        <Button busy={isPending || espera} onClick={() => mutate(undefined)}>
          Medir ahora
        </Button>
      )}
    </p>
  );
}
