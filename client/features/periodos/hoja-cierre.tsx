import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { masDias } from '#shared/domain/instante.ts';
import { cierresHabituales, diaVisto, faltaDeFecha, fraseDentro, frasesDespues } from './textos-periodo.ts';
import { type Periodo, useAvisosDeCierre } from './use-periodos.ts';

/** Closes the books of a shop up to a day: what stays inside, what happens afterwards, why. */
export function HojaCierre({
  periodo,
  onClose,
  onHecho,
}: {
  periodo: Periodo;
  onClose: () => void;
  onHecho: (frase: string) => void;
}) {
  const { hoy, cerradoHasta, tiendaId } = periodo;
  const opciones = cierresHabituales(hoy).filter((o) => faltaDeFecha(o.value, hoy, cerradoHasta) === null);
  const [hasta, setHasta] = useState(opciones[0]?.value ?? '');
  const [motivo, setMotivo] = useState('');
  const [pedido, setPedido] = useState(false);
  const [falla, setFalla] = useState<string>();
  const mala = faltaDeFecha(hasta, hoy, cerradoHasta);
  const avisos = useAvisosDeCierre(tiendaId, mala === null ? hasta : null);
  const cierra = useOrden(
    (args: { hasta: string; motivo: string }) => api.periodos.cierra.mutate({ tiendaId, ...args }),
    ['periodos'],
  );
  const dentro = avisos.data === undefined ? null : fraseDentro(avisos.data);
  const cierraAhora = async () => {
    setPedido(true);
    if (mala !== null || motivo.trim() === '' || cierra.isPending) return;
    setFalla(undefined);
    try {
      await cierra.mutateAsync({ hasta, motivo: motivo.trim() });
      onHecho(`${periodo.nombre} quedó cerrada hasta el ${diaVisto(hasta)}.`);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={`Cerrar ${periodo.nombre}`}
      actions={
        <Button
          variant="primary"
          busy={cierra.isPending}
          detail={mala === null ? `hasta el ${diaVisto(hasta)}` : undefined}
          onClick={() => void cierraAhora()}
        >
          Cerrar periodo
        </Button>
      }
    >
      {opciones.length > 1 && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="sr-only">Fechas habituales</legend>
          {opciones.map((o) => (
            <Button key={o.value} aria-pressed={o.value === hasta} onClick={() => setHasta(o.value)}>
              {o.label}
            </Button>
          ))}
        </fieldset>
      )}
      <TextField
        type="date"
        label="Último día que se cierra"
        value={hasta}
        onValue={setHasta}
        max={masDias(hoy, -1)}
        min={cerradoHasta === null ? undefined : masDias(cerradoHasta, 1)}
        hint={`En el calendario de ${periodo.nombre}, hasta las 24:00 de ese día.`}
        error={pedido || hasta !== '' ? (mala ?? undefined) : undefined}
      />
      {mala === null && (
        <>
          {avisos.isPending && <Skeleton lines={2} label="Buscando qué queda dentro…" />}
          {avisos.isError && (
            <Banner tone="warn" title="No se pudo revisar qué queda dentro">
              {errorDe(avisos.error).mensaje}
            </Banner>
          )}
          {dentro !== null && (
            <Banner tone="warn" title={`Dentro del periodo quedan ${dentro}`}>
              No se pierde nada. Es mejor terminarlos antes: después entran con la fecha del primer instante
              abierto.
              {avisos.data !== undefined && avisos.data.propuestas + avisos.data.contraAjustes > 0 && (
                <>
                  {' '}
                  <Link to="/firmas" className="underline">
                    Ver por firmar
                  </Link>
                </>
              )}
            </Banner>
          )}
          {avisos.data !== undefined && avisos.data.conteos.length > 0 && (
            <ul className="list" aria-label="Conteos sin cerrar">
              {avisos.data.conteos.map((c) => (
                <ListRow
                  key={c.id}
                  title={c.nombre || c.folio || 'Conteo'}
                  detail={[c.folio, c.almacen, c.estado === 'en_revision' ? 'en revisión' : 'abierto']
                    .filter(Boolean)
                    .join(' · ')}
                  renderLink={({ className, children }) => (
                    <Link to="/conteos/$conteoId/revision" params={{ conteoId: c.id }} className={className}>
                      {children}
                    </Link>
                  )}
                />
              ))}
            </ul>
          )}
          {avisos.data !== undefined && dentro === null && (
            <Banner tone="ok" title="No queda nada a medias dentro del periodo" />
          )}
          <section aria-labelledby="despues" className="flex flex-col gap-1">
            <h3 id="despues" className="card-title">
              Lo que llegue después
            </h3>
            {frasesDespues(hasta).map((frase) => (
              <p key={frase}>{frase}</p>
            ))}
          </section>
        </>
      )}
      <TextArea
        label="Motivo"
        value={motivo}
        onValue={setMotivo}
        maxLength={500}
        rows={2}
        hint="Queda en la bitácora con tu nombre."
        error={pedido && motivo.trim() === '' ? 'Escribe el motivo en pocas palabras.' : undefined}
      />
      {falla && (
        <Banner tone="bad" title="No se cerró" role="alert">
          {falla}
        </Banner>
      )}
    </Sheet>
  );
}
