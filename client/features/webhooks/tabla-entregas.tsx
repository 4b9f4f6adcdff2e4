import { fechaHoraAqui } from '#client/app/fechas.ts';
import { Button } from '#client/ui/button.tsx';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Entrega } from '#shared/contracts/api-webhooks.ts';
import { plural } from '#shared/formato.ts';
import { intentoDicho, senaDeEntrega, tipoDicho } from './webhook-dicho.ts';

export type TablaEntregasProps = {
  entregas: readonly Entrega[];
  /** Undefined: nothing can be sent again now. */
  onReenvia?: ((entrega: Entrega) => void) | undefined;
  /** The one that is being sent again. */
  enviando: string | null;
};

/** Deliveries with what came of their last try. */
export function TablaEntregas({ entregas, onReenvia, enviando }: TablaEntregasProps) {
  const columnas: TableColumn<Entrega>[] = [
    { key: 'tipo', header: 'Aviso', card: 'title', cell: (e) => tipoDicho(e.tipo) },
    {
      key: 'estado',
      header: 'Estado',
      cell: (e) => {
        const { tono, texto } = senaDeEntrega(e);
        return <Tag tone={tono}>{texto}</Tag>;
      },
    },
    { key: 'cuando', header: 'Cuándo', cell: (e) => fechaHoraAqui(e.creadaEn) },
    {
      key: 'ultimo',
      header: 'Último intento',
      cell: (e) => {
        const ultimo = e.bitacora.at(-1);
        return ultimo === undefined ? 'todavía no' : intentoDicho(ultimo);
      },
    },
    {
      key: 'intentos',
      header: 'Intentos',
      cell: (e) =>
        e.estado === 'pendiente' && e.siguienteEn !== null && e.intentos > 0
          ? `${plural(e.intentos, 'intento', 'intentos')}; otro ${fechaHoraAqui(e.siguienteEn)}`
          : e.intentos,
    },
    {
      key: 'acciones',
      header: 'Acciones',
      card: 'full',
      cell: (e) =>
        onReenvia !== undefined &&
        e.estado !== 'pendiente' &&
        e.tipo !== 'webhook.prueba' && (
          <Button busy={enviando === e.id} onClick={() => onReenvia(e)}>
            Reenviar
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      className="w-auto"
      label="Entregas"
      columns={columnas}
      rows={entregas}
      rowKey={(e) => e.id}
      rowTone={(e) => (e.estado === 'fallida' ? 'bad' : undefined)}
    />
  );
}
