import Lock from 'lucide-react/icons/lock';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, fechaHoraVista, nombreUnidad } from '#shared/formato.ts';
import {
  firmada,
  fraseContra,
  fraseImpedimento,
  fraseLibros,
  frasePeriodo,
  valorVisto,
} from './textos-firma.ts';
import type { PorFirmar } from './use-por-firmar.ts';

export type TarjetaFirmaProps = {
  fila: PorFirmar;
  /** Without signal nothing is decided. */
  enLinea: boolean;
  /** This one is being signed. */
  firmando: boolean;
  onFirmar: () => void;
  onRechazar: () => void;
};

/** One proposal: who, when, how much, why, what the books become, and why I may not sign it. */
export function TarjetaFirma({ fila: f, enLinea, firmando, onFirmar, onRechazar }: TarjetaFirmaProps) {
  const contra = f.tipo === 'contra_ajuste';
  const zona = f.zonaHoraria;
  const periodo = frasePeriodo(f);
  const despues = toCantidad(f.existenciaDespues);
  const existencia = f.existencia === null ? '–' : cantidadVista(toCantidad(f.existencia));
  return (
    <Card
      className="flex flex-col gap-3"
      title={f.nombre}
      detail={`${f.codigo} · ${nombreDeAlmacen({ nombre: f.almacenNombre, tiendaNombre: f.tienda })}`}
      trailing={
        <Tag tone={contra ? 'warn' : 'info'}>{contra ? 'llegó después de aprobar' : 'ajuste a mano'}</Tag>
      }
    >
      <Stats
        label={`Cifras de ${f.codigo}, ${firmada(f.cantidad)}`}
        className="border-t border-line"
        items={[
          {
            label: nombreUnidad(f.unidad, 0n),
            value: firmada(f.cantidad),
            tone: f.cantidad.startsWith('-') ? 'bad' : 'neutral',
          },
          {
            label: `quedan, de ${existencia}`,
            value: cantidadVista(despues),
            tone: despues < 0n ? 'bad' : 'neutral',
          },
        ]}
      />
      <div className="flex flex-col gap-1">
        {contra ? (
          <p>{fraseContra(f)}</p>
        ) : (
          <>
            <p>
              <b>{f.propuso ?? 'Alguien'}</b> lo propuso el {fechaHoraVista(Date.parse(f.registradoEn), zona)}
              ; pasó el {fechaHoraVista(Date.parse(f.instante), zona)}.
            </p>
            <p className="break-words">Motivo: «{f.motivo}»</p>
          </>
        )}
        <p>{fraseLibros(f)}</p>
        <p>
          Vale <b className="tabular-nums">{valorVisto(f.valor)}</b>
          {f.valor !== null && ' al costo'}.
        </p>
        {periodo && <p className="text-warn font-semi">{periodo}</p>}
      </div>
      {f.impedimento && (
        <p className="tone-warn flex items-start gap-2 rounded-one p-3 font-semi">
          <Lock aria-hidden className="mt-0.5 size-5 shrink-0" />
          <span>{fraseImpedimento(f.impedimento)}</span>
        </p>
      )}
      {enLinea && (f.impedimento === null || f.impedimentoRechazo === null) && (
        <div className="flex flex-wrap gap-2">
          {f.impedimento === null && (
            <Button
              className="grow"
              tall
              busy={firmando}
              detail={`${firmada(f.cantidad)} ${nombreUnidad(f.unidad, toCantidad(f.cantidad))}`}
              onClick={onFirmar}
            >
              Firmar
            </Button>
          )}
          {f.impedimentoRechazo === null && (
            <Button variant="danger" tall className="grow" disabled={firmando} onClick={onRechazar}>
              {contra ? 'Dejar como está' : 'Rechazar'}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
