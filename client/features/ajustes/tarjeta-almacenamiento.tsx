import { fechaHoraAqui } from '#client/app/fechas.ts';
import { esIos, instalada } from '#client/app/instalacion.ts';
import { resguardoDe } from '#client/app/resguardo.ts';
import { useAlmacenamiento, useEstadoEnvio } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Card } from '#client/ui/card.tsx';
import { cotejoDicho } from './cotejo-dicho.ts';

/** How safe what is on this phone is: the browser's promise, the room, the oldest unsent line, the daily comparison. */
export function TarjetaAlmacenamiento() {
  const almacenamiento = useAlmacenamiento();
  const envio = useEstadoEnvio();
  if (almacenamiento === undefined) return null;
  const { tono, enviados, masViejo, avisos, promesa, espacio } = resguardoDe(envio, almacenamiento, {
    ahora: Date.now(),
    iosSinInstalar: esIos(navigator) && !instalada(),
  });
  const cotejo = cotejoDicho(envio.catalogo, fechaHoraAqui);
  return (
    <Card title="Lo guardado en este teléfono" tone={tono} detail={promesa ?? undefined}>
      <p>
        <strong>{enviados}</strong>
        {espacio !== null && ` · ${espacio}`}
      </p>
      {masViejo !== null && <p>{masViejo}</p>}
      {avisos.map((aviso) => (
        <Banner key={aviso} tone="warn" title={aviso} />
      ))}
      {cotejo !== null && <p>{cotejo}</p>}
    </Card>
  );
}
