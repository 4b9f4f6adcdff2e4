import { useNavigate } from '@tanstack/react-router';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useHaySenal } from '#client/app/query.ts';
import { errorDe } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { type ConteoVista, type Identidad, useEstadoEnvio } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { fechaLocal } from '#shared/domain/instante.ts';
import { plural } from '#shared/formato.ts';
import type { NOMBRE_ROL } from '#shared/roles.ts';
import { FilaPendiente } from './fila-pendiente.tsx';
import { hace } from './hace.ts';
import { filasDe } from './pendientes.ts';
import { useAhora } from './use-ahora.ts';

/** What needs this person now, each row a door to the rows behind it. */
export function SeccionAhora({
  identidad,
  conteos,
}: {
  identidad: Identidad;
  conteos: readonly ConteoVista[];
}) {
  const navigate = useNavigate();
  const envio = useEstadoEnvio();
  const haySenal = useHaySenal();
  const { activa, consulta, visto, firmas, breves } = useAhora(identidad.rol);
  const en = now().getTime();
  const filas = filasDe({
    rol: identidad.rol,
    conteos,
    envio,
    ahora: visto.datos,
    firmas,
    breves,
    en,
    hoy: fechaLocal(en, -new Date(en).getTimezoneOffset()),
  });
  const espera = activa && visto.datos === undefined && consulta.isPending && haySenal;
  const falla = activa && consulta.isError;
  return (
    <section aria-labelledby="ahora" className="flex flex-col gap-2">
      <h2 id="ahora" className="card-title">
        Te necesita ahora
      </h2>
      {envio.pendientes > 0 && (
        <Banner
          tone="warn"
          title={plural(
            envio.pendientes,
            'dato está solo en este teléfono',
            'datos están solo en este teléfono',
          )}
          actions={<Button onClick={() => void navigate({ to: '/mas/envios' })}>Ver envíos</Button>}
        >
          Salen solos al volver la señal; no borres la app.
        </Banner>
      )}
      {filas.length > 0 && (
        <ul aria-labelledby="ahora" className="list tablero-lista">
          {filas.map((fila) => (
            <FilaPendiente key={fila.clave} fila={fila} />
          ))}
        </ul>
      )}
      {espera && <Skeleton lines={3} look="rows" label="Preguntando qué te espera…" />}
      {!espera && filas.length === 0 && !(falla && visto.datos === undefined) && (
        <EmptyState title="Nada te espera" icon={<CircleCheck />}>
          {NADA[identidad.rol]}
        </EmptyState>
      )}
      {falla || (activa && !haySenal) ? (
        <p role="status" className="text-sm text-ink-soft">
          {haySenal && consulta.isError ? `${errorDe(consulta.error).mensaje} ` : 'Sin señal. '}
          {visto.en === null
            ? 'Lo de los demás se ve cuando vuelva; lo de este teléfono ya está aquí.'
            : `Así estaba hace ${hace(en - visto.en)}.`}
        </p>
      ) : null}
    </section>
  );
}

/** Said of each person's own work: that nothing waits is an answer too. */
const NADA = {
  admin: 'No hay conteos por revisar, firmas, rechazos ni teléfonos con datos sin enviar.',
  gerente: 'No hay conteos por revisar, firmas, rechazos ni teléfonos con datos sin enviar.',
  auditor: 'No hay conteos en revisión, atrasados ni firmas pendientes en tus tiendas.',
  comprador: 'Ningún producto está debajo de su mínimo y no hay existencias negativas.',
  almacenista: 'No tienes conteos por terminar ni datos sin enviar.',
  chofer: 'No tienes nada pendiente ni datos sin enviar en este teléfono.',
} as const satisfies Record<keyof typeof NOMBRE_ROL, string>;
