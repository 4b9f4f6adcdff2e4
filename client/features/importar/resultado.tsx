import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { Progress } from '#client/ui/progress.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { CANTIDAD_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, cuenta, pesos, plural } from '#shared/formato.ts';
import { avanceDicho, cosas, etapaDicha } from './textos-importar.ts';
import { type Importacion, trabaja, type useOrdenes } from './use-importaciones.ts';

/** How far the server is. */
export function EnMarcha({ u, cancela }: { u: Importacion; cancela: (() => void) | null }) {
  if (!trabaja(u)) return null;
  const { etapa, hechas, total, segundosRestantes } = u.avance ?? {
    etapa: 'en_fila' as const,
    hechas: 0,
    total: null,
    segundosRestantes: null,
  };
  return (
    <Banner
      tone="info"
      role="status"
      title={etapaDicha(etapa)}
      actions={cancela !== null && u.status !== 'reverting' && <Button onClick={cancela}>Cancelar</Button>}
    >
      <Progress
        label={etapaDicha(etapa)}
        hideLabel
        value={hechas}
        max={total ?? 1}
        unknown={total === null}
        detail={avanceDicho(hechas, total, segundosRestantes)}
      />
      <p>Puedes salir de esta pantalla; sigue en el servidor.</p>
    </Banner>
  );
}

/** What became of it, and the way back. */
export function Resultado({
  u,
  importo,
  repetida,
  ordenes: { deshace, copia },
}: {
  u: Importacion;
  importo: boolean;
  /** The same bytes were picked again. */
  repetida: boolean;
  ordenes: ReturnType<typeof useOrdenes>;
}) {
  const navigate = useNavigate();
  const [pregunta, setPregunta] = useState(false);
  if (u.status === 'failed') {
    return (
      <Banner tone="bad" role="alert" title="No se importó">
        <p>{u.error?.user_message ?? 'No se pudo leer el archivo.'}</p>
        {u.error !== null && u.error.suggestions.length > 1 && (
          <ul className="list-disc ps-5">
            {u.error.suggestions.map((s) => (
              <li key={s}>{s}</li>
            ))}
          </ul>
        )}
      </Banner>
    );
  }
  if (u.status === 'cancelled')
    return <Banner tone="warn" title="Se canceló: nada de este archivo quedó registrado." />;
  if (u.status === 'reverted')
    return (
      <Banner tone="info" title={`Se deshizo: ${cosas(u.file_type, u.records_processed)} se reversaron.`}>
        La historia queda en el libro, con sus reversas.
      </Banner>
    );
  if (u.status !== 'completed') return null;
  return (
    <Banner
      tone="ok"
      role="status"
      title={
        repetida
          ? 'Este archivo ya se aplicó: subirlo otra vez no cambia nada'
          : `Se aplicaron ${cosas(u.file_type, u.records_processed)}`
      }
      actions={
        <>
          {u.file_type !== 'productos' && (
            <Link to="/productos" className="btn btn-secondary">
              Ver existencias
            </Link>
          )}
          {importo && u.noSeDeshace === null && (
            <Button variant="quiet" busy={deshace.isPending} onClick={() => setPregunta(true)}>
              Deshacer
            </Button>
          )}
        </>
      }
    >
      {repetida && <p>Se aplicaron {cosas(u.file_type, u.records_processed)}.</p>}
      {repetida && importo && (
        <button
          type="button"
          className="text-btn"
          onClick={() =>
            copia.mutate(null, {
              onSuccess: ({ id }) =>
                void navigate({ to: '/importar/$uploadId', params: { uploadId: id }, search: {} }),
            })
          }
        >
          Es de otro almacén o de otro día: importarlo aparte
        </button>
      )}
      {u.noSeDeshace !== null && <p>Ya no se puede deshacer. {u.noSeDeshace}</p>}
      {deshace.isError && <p role="alert">{errorDe(deshace.error).mensaje}</p>}
      <Dialog
        open={pregunta}
        onClose={() => setPregunta(false)}
        role="alertdialog"
        title={`¿Deshacer ${cosas(u.file_type, u.records_processed)}?`}
        actions={
          <>
            <Button
              block
              variant="danger"
              onClick={() => {
                setPregunta(false);
                deshace.mutate(null);
              }}
            >
              Deshacer
            </Button>
            <Button block onClick={() => setPregunta(false)}>
              Dejarlo
            </Button>
          </>
        }
      >
        Cada movimiento se reversa y la existencia vuelve a como estaba antes del archivo. Queda en la
        historia.
      </Dialog>
    </Banner>
  );
}

/** What applying would do, in figures. */
export function Cifras({ u }: { u: Importacion }) {
  const e = u.ensayo;
  if (e === null) return null;
  return (
    <>
      <Stats
        label="Qué haría"
        items={[
          { label: 'nuevas', value: cuenta(e.nuevos), tone: 'ok' },
          { label: 'cambian', value: cuenta(e.cambiados) },
          { label: 'iguales', value: cuenta(e.iguales) },
          {
            label: 'fuera',
            value: cuenta(e.omitidos + e.conError),
            tone: e.omitidos + e.conError > 0 ? 'warn' : 'neutral',
          },
        ]}
      />
      {(e.porAlmacen.length > 0 || e.productosNuevos > 0) && (
        <p className="text-ink-soft">
          {e.porAlmacen
            .map(
              (a) =>
                `${a.almacen}: ${cantidadVista(toDecimal(a.unidades, CANTIDAD_ESCALA))} unidades${a.pesos === null ? '' : ` (${pesos(toDecimal(a.pesos, DINERO_ESCALA))})`}`,
            )
            .join(' · ')}
          {e.productosNuevos > 0 &&
            `${e.porAlmacen.length > 0 ? ' · ' : ''}${plural(e.productosNuevos, 'producto nuevo', 'productos nuevos')}`}
        </p>
      )}
    </>
  );
}
