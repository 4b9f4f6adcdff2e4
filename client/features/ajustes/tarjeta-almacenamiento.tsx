import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useAlmacenamiento, useEstadoEnvio } from '#client/offline/index.ts';
import { Card } from '#client/ui/card.tsx';
import { cotejoDicho } from './cotejo-dicho.ts';

const MB = 1024 * 1024;
const megas = (bytes: number) => `${(bytes / MB).toLocaleString('es-MX', { maximumFractionDigits: 1 })} MB`;

/** How safe what is on this phone is: the browser's promise, the room, the oldest unsent line. */
export function TarjetaAlmacenamiento() {
  const almacenamiento = useAlmacenamiento();
  const envio = useEstadoEnvio();
  if (almacenamiento === undefined) return null;
  const { persistente, usado, cuota } = almacenamiento;
  const cotejo = cotejoDicho(envio.catalogo, fechaHoraAqui);
  return (
    <Card
      title="Lo guardado en este teléfono"
      tone={persistente === false && envio.pendientes > 0 ? 'warn' : 'neutral'}
      detail={
        persistente
          ? 'El navegador prometió no borrarlo por su cuenta.'
          : 'El navegador puede borrarlo si falta espacio: instala la app y envía seguido.'
      }
    >
      <p>
        Enviados <strong>{`${envio.enviadas} / ${envio.total}`}</strong>
        {usado !== null && ` · usa ${megas(usado)}`}
        {cuota !== null && usado !== null && ` de ${megas(cuota)}`}
      </p>
      {envio.masViejoPendiente !== null && (
        <p>Lo más viejo sin enviar es de {fechaHoraAqui(envio.masViejoPendiente)}.</p>
      )}
      {cotejo !== null && <p>{cotejo}</p>}
    </Card>
  );
}
