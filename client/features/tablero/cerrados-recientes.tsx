import { Link } from '@tanstack/react-router';
import { useConsulta, useHaySenal } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { OfflineNote } from '#client/ui/offline-note.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import type { ResumenConteo } from '#shared/contracts/conteos.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { fechaVista, pesos, plural } from '#shared/formato.ts';
import { exactitud } from './exactitud.ts';

/** A review is computed whole for its summary, so only a few are asked for. */
const CUANTOS = 3;
const PARA_SIEMPRE = Number.POSITIVE_INFINITY;

/** Last closed conteos with what their reviews said: exact products and net pesos. */
export function CerradosRecientes() {
  const haySenal = useHaySenal();
  const cerrados = useConsulta(['historial', 'cerrados', CUANTOS], () =>
    api.conteos.historial.query({
      estados: ['cerrado'],
      antesDe: null,
      // A test count says nothing of how exact the books are.
      proposito: 'conteo',
      limite: CUANTOS,
    }),
  );
  if (cerrados.data === undefined) {
    if (cerrados.isPending)
      return <Skeleton lines={CUANTOS} look="rows" label="Abriendo los últimos conteos…" />;
    if (!haySenal || errorDe(cerrados.error).code === 'SIN_SENAL') {
      return <OfflineNote>Los conteos cerrados se piden al servidor.</OfflineNote>;
    }
    return (
      <ErrorState onRetry={() => void cerrados.refetch()} retrying={cerrados.isFetching}>
        {errorDe(cerrados.error).mensaje}
      </ErrorState>
    );
  }
  if (cerrados.data.length === 0) {
    return (
      <p className="text-ink-soft">Todavía no se cierra ninguno. Su exactitud aparece aquí al aprobarse.</p>
    );
  }
  return (
    <ul className="list" aria-label="Últimos conteos cerrados">
      {cerrados.data.map((conteo) => (
        <Cerrado key={conteo.id} conteo={conteo} />
      ))}
    </ul>
  );
}

function Cerrado({ conteo }: { conteo: ResumenConteo }) {
  // A closed review never changes.
  const revision = useConsulta(
    ['revision', conteo.id],
    () => api.conteos.revision.query({ conteoId: conteo.id }),
    { fresca: PARA_SIEMPRE },
  );
  const resumen = revision.data?.resumen;
  const zona = revision.data?.conteo.zonaHoraria;
  const cerrado = conteo.cerradoEn && zona ? fechaVista(Date.parse(conteo.cerradoEn), zona) : null;
  return (
    <ListRow
      title={conteo.nombre || conteo.folio || 'Conteo'}
      detail={
        <>
          {[conteo.folio, conteo.almacen, cerrado && `cerrado ${cerrado}`].filter(Boolean).join(' · ')}
          {resumen && (
            <span className="block">
              {exactitud(resumen)} Neto {pesos(toDecimal(resumen.neto, DINERO_ESCALA))}
              {resumen.sinCosto > 0 &&
                ` sin ${plural(resumen.sinCosto, 'producto sin costo', 'productos sin costo')}`}
              .
            </span>
          )}
          {revision.isError && <span className="block">{errorDe(revision.error).mensaje}</span>}
        </>
      }
      value={resumen && resumen.productos > 0 ? `${resumen.exactos}/${resumen.productos}` : undefined}
      unit={resumen && resumen.productos > 0 ? 'exactos' : undefined}
      renderLink={({ className, children }) => (
        <Link to="/conteos/$conteoId/revision" params={{ conteoId: conteo.id }} className={className}>
          {children}
        </Link>
      )}
    />
  );
}
