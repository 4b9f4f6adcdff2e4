import { useState } from 'react';
import {
  type ConteoDetalle,
  type RenglonContado,
  terminarParte,
  usePractica,
  useSinContar,
} from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import { renglonesIncompletos } from './datos-lote.ts';

export type HojaTerminarProps = {
  conteo: ConteoDetalle;
  contado: readonly RenglonContado[];
  open: boolean;
  onClose: () => void;
  onVerSinContar: () => void;
  onEnviado: () => void;
};

/** Closes my part: what is missing is named, never turned into zero, and nothing is refused. */
export function HojaTerminar({
  conteo,
  contado,
  open,
  onClose,
  onVerSinContar,
  onEnviado,
}: HojaTerminarProps) {
  const [enviando, setEnviando] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const practica = usePractica();
  const sinContar = useSinContar(conteo.id)?.length ?? 0;
  const sinLote = open ? renglonesIncompletos(contado).length : 0;
  const desconocidos = contado.filter((renglon) => renglon.productoId === null).length;
  const envia = async () => {
    setEnviando(true);
    try {
      await terminarParte(conteo.id, conteo.intento);
      onEnviado();
    } catch (fallo) {
      setError(isAppError(fallo) ? mensajeDe(fallo.code, fallo.data) : mensajeDe('NO_GUARDADO'));
    } finally {
      setEnviando(false);
    }
  };
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title="Terminar mi parte"
      actions={
        <>
          <Button variant="primary" block tall busy={enviando} onClick={envia}>
            Enviar a revisión
          </Button>
          <Button block onClick={onClose}>
            Seguir contando
          </Button>
        </>
      }
    >
      <Stats
        label="Mi parte"
        items={[
          { label: 'productos', value: contado.length - desconocidos },
          { label: 'sin contar', value: sinContar, tone: sinContar > 0 ? 'warn' : 'neutral' },
          { label: 'códigos sin ligar', value: desconocidos, tone: desconocidos > 0 ? 'warn' : 'neutral' },
        ]}
      />
      {sinContar > 0 && (
        <Banner
          tone="warn"
          title={`Te faltan ${plural(sinContar, 'producto', 'productos')} por contar`}
          actions={<Button onClick={onVerSinContar}>Ver sin contar</Button>}
        >
          Lo que no se cuenta queda como no contado; si no hay, ponlo en cero.
        </Banner>
      )}
      {sinLote > 0 && (
        <Banner
          tone="warn"
          title={`${plural(sinLote, 'renglón quedó', 'renglones quedaron')} sin lote o sin caducidad`}
        >
          Para escribirlos, ábrelos en «Ver». También puedes enviarlos así: las piezas ya están contadas.
        </Banner>
      )}
      {practica && <p>De verdad, tu gerente recibiría tu parte. Aquí nadie la recibe: es práctica.</p>}
      {conteo.sinEnviar > 0 && !practica && (
        <p>
          {plural(conteo.sinEnviar, 'línea se enviará', 'líneas se enviarán')} con tu parte en cuanto haya
          señal. No tienes que esperar.
        </p>
      )}
      {error !== null && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {error}
        </Banner>
      )}
    </Sheet>
  );
}
