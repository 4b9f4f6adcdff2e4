import { useEffect, useState } from 'react';
import type * as z from 'zod/mini';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import type { CerosDeclarados } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadNatural, pesos, plural } from '#shared/formato.ts';

type PorConfirmar = z.infer<typeof CerosDeclarados>['porConfirmar'];

export type CerosDialogProps = {
  conteoId: string;
  /** Products to zero; null: closed. */
  pedidos: readonly string[] | null;
  onClose: () => void;
  onHecho: (mensaje: string) => void;
};

/** First look: how many. Second look: each one of which the book still has stock. */
export function CerosDialog({ conteoId, pedidos, onClose, onHecho }: CerosDialogProps) {
  const [dudosos, setDudosos] = useState<PorConfirmar | null>(null);
  const [confirmados, setConfirmados] = useState<ReadonlySet<string>>(new Set());
  const [puestos, setPuestos] = useState(0);
  const [falla, setFalla] = useState<string>();
  const declara = useOrden(
    (args: { productoIds: string[]; confirmados: string[] }) =>
      api.conteos.declaraCeros.mutate({ conteoId, ...args }),
    ['revision', conteoId],
  );
  useEffect(() => {
    if (pedidos !== null) return;
    setDudosos(null);
    setConfirmados(new Set());
    setPuestos(0);
    setFalla(undefined);
  }, [pedidos]);
  const termina = (total: number) => {
    onHecho(`${plural(total, 'producto quedó', 'productos quedaron')} en cero.`);
    onClose();
  };
  const envia = async (productoIds: readonly string[], vistos: readonly string[]) => {
    setFalla(undefined);
    try {
      const hecho = await declara.mutateAsync({ productoIds: [...productoIds], confirmados: [...vistos] });
      const total = puestos + hecho.puestos;
      setPuestos(total);
      if (hecho.porConfirmar.length === 0 || vistos.length > 0) termina(total);
      else setDudosos(hecho.porConfirmar);
    } catch (caught) {
      setFalla(errorDe(caught).mensaje);
    }
  };
  const total = pedidos?.length ?? 0;
  return (
    <Dialog
      open={pedidos !== null}
      onClose={onClose}
      title={
        dudosos === null
          ? `¿Poner en cero ${plural(total, 'producto', 'productos')}?`
          : `${plural(dudosos.length, 'producto tiene', 'productos tienen')} existencia`
      }
      actions={
        dudosos === null ? (
          <Button block variant="primary" busy={declara.isPending} onClick={() => envia(pedidos ?? [], [])}>
            Poner en cero
          </Button>
        ) : (
          <>
            <Button
              block
              variant="danger"
              busy={declara.isPending}
              disabled={confirmados.size === 0}
              onClick={() => envia([...confirmados], [...confirmados])}
            >
              {`Poner en cero ${plural(confirmados.size, 'elegido', 'elegidos')}`}
            </Button>
            <Button block onClick={() => termina(puestos)}>
              Dejarlos sin contar
            </Button>
          </>
        )
      }
    >
      {falla !== undefined && (
        <Banner tone="bad" title="No se hizo" role="alert">
          {falla}
        </Banner>
      )}
      {dudosos === null ? (
        <p>
          Dices que no hay ninguno. Los que tienen existencia en el libro se te muestran otra vez antes de
          quedar en cero. Si alguien los cuenta después, vale lo contado.
        </p>
      ) : (
        <>
          <p>Según el libro todavía hay. Marca solo los que de verdad no están; otra persona los aprueba.</p>
          <ul className="flex flex-col">
            {dudosos.map((p) => (
              <li key={p.productoId}>
                <Checkbox
                  label={p.nombre}
                  detail={`${p.codigo} · ${cantidadNatural(toCantidad(p.teorico), p.unidad)} · ${
                    p.valor === null ? 'sin costo' : pesos(toDecimal(p.valor, DINERO_ESCALA))
                  }`}
                  checked={confirmados.has(p.productoId)}
                  onChecked={(marcado) =>
                    setConfirmados((antes) => {
                      const nuevos = new Set(antes);
                      if (marcado) nuevos.add(p.productoId);
                      else nuevos.delete(p.productoId);
                      return nuevos;
                    })
                  }
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
