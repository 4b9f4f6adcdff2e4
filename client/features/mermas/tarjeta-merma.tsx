import Lock from 'lucide-react/icons/lock';
import { useState } from 'react';
import { useConsulta, useHaySenal, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { MotivoDialog } from '#client/features/conteos/index.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import type { DecideMerma, Merma } from '#shared/contracts/mermas.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { fraseDanado, fraseDecidida, textoPasar } from './textos-merma.ts';

export type TarjetaMermaProps = {
  conteoId: string;
  zona: string;
  producto: Pick<ProductoRevisado, 'productoId' | 'nombre' | 'unidad' | 'porCondicion' | 'aprobado'>;
};

/** Damaged goods of an approved product: pass them to the shop's merma, or leave them with a reason. Else nothing. */
export function TarjetaMerma(props: TarjetaMermaProps) {
  const { aprobado, porCondicion } = props.producto;
  const danado = toCantidad(porCondicion?.danado ?? '0');
  return aprobado === null || danado === 0n ? null : <ConDanado {...props} />;
}

function ConDanado({ conteoId, zona, producto }: TarjetaMermaProps) {
  const { productoId } = producto;
  const consulta = useConsulta(['mermas', conteoId, productoId], () =>
    api.mermas.de.query({ conteoId, productoId }),
  );
  if (consulta.data === null) return null;
  return (
    <section aria-labelledby="merma" className="flex flex-col gap-2">
      <h3 id="merma" className="card-title">
        Piezas dañadas
      </h3>
      {consulta.data !== undefined ? (
        <Decision conteoId={conteoId} zona={zona} producto={producto} merma={consulta.data} />
      ) : consulta.isError ? (
        <Banner
          tone="warn"
          title="No se pudo ver qué hacer con lo dañado"
          actions={<Button onClick={() => void consulta.refetch()}>Intentar otra vez</Button>}
        >
          {errorDe(consulta.error).mensaje}
        </Banner>
      ) : (
        <Skeleton lines={2} />
      )}
    </section>
  );
}

function Decision({ conteoId, zona, producto, merma: m }: TarjetaMermaProps & { merma: Merma }) {
  const { productoId, unidad } = producto;
  const enLinea = useHaySenal();
  const [dejando, setDejando] = useState(false);
  const [falla, setFalla] = useState<string>();
  const decide = useOrden((args: DecideMerma) => api.mermas.decide.mutate(args), ['mermas', conteoId]);
  const crea = useOrden(() => api.mermas.creaAlmacen.mutate({ conteoId }), ['mermas', conteoId]);
  const esAdmin = useIdentidad()?.rol === 'admin';
  const hecha = fraseDecidida(m, unidad, zona);
  if (hecha !== null)
    return (
      <Banner tone="ok" title={hecha.titulo}>
        {hecha.detalle}
      </Banner>
    );
  const bloqueo = m.bloqueos[0];
  const sinTraspaso = m.bloqueosTraspaso[0];
  const sinAlmacen = sinTraspaso?.code === 'MERMA_SIN_ALMACEN';
  const base = { conteoId, productoId, cantidad: m.danado };
  const intenta = async (orden: () => Promise<unknown>) => {
    setFalla(undefined);
    try {
      await orden();
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };
  return (
    <>
      <p>
        {fraseDanado(m, unidad)}
        {m.destino !== null && ` Pasarlas a merma las saca de ${m.origen} y las pone en ${m.destino}.`}
      </p>
      {bloqueo === undefined && sinAlmacen && esAdmin ? (
        <p>Esta tienda todavía no tiene almacén de merma. Créalo aquí y luego pasa lo dañado.</p>
      ) : (
        (bloqueo ?? sinTraspaso) && (
          <p className="tone-warn flex items-start gap-2 rounded-one p-3 font-semi">
            <Lock aria-hidden className="mt-0.5 size-5 shrink-0" />
            <span>{(bloqueo ?? sinTraspaso)!.mensaje}</span>
          </p>
        )
      )}
      {!enLinea && <p className="text-ink-soft">Decidirlo necesita señal.</p>}
      {enLinea && bloqueo === undefined && (
        <div className="flex flex-wrap gap-2">
          {sinTraspaso === undefined && (
            <Button
              tall
              className="grow"
              busy={decide.isPending}
              onClick={() => void intenta(() => decide.mutateAsync({ ...base, decision: 'traspasa' }))}
            >
              {textoPasar(m)}
            </Button>
          )}
          {sinAlmacen && esAdmin && (
            <Button
              tall
              className="grow"
              busy={crea.isPending}
              onClick={() => void intenta(() => crea.mutateAsync(undefined))}
            >
              Crear almacén de merma
            </Button>
          )}
          <Button tall className="grow" disabled={decide.isPending} onClick={() => setDejando(true)}>
            Dejar aquí
          </Button>
        </div>
      )}
      {falla && (
        <Banner tone="bad" title="No se movió nada" role="alert">
          {falla}
        </Banner>
      )}
      <MotivoDialog
        open={dejando}
        onClose={() => setDejando(false)}
        titulo="¿Dejar lo dañado aquí?"
        accion="Dejar aquí"
        onConfirma={(motivo) => decide.mutateAsync({ ...base, decision: 'deja', motivo })}
      >
        <p>Sigue contando como existencia de {m.origen}. Después ya no se cambia desde este conteo.</p>
      </MotivoDialog>
    </>
  );
}
