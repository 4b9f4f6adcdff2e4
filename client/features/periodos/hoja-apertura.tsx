import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { masDias } from '#shared/domain/instante.ts';
import { diaVisto, faltaDeApertura } from './textos-periodo.ts';
import type { Periodo } from './use-periodos.ts';

/** Opens closed books again, all or back to a day: an admin, with a reason. */
export function HojaApertura({
  periodo,
  cerradoHasta,
  onClose,
  onHecho,
}: {
  periodo: Periodo;
  cerradoHasta: string;
  onClose: () => void;
  onHecho: (frase: string) => void;
}) {
  const { tiendaId } = periodo;
  const [cuanto, setCuanto] = useState<'parte' | 'todo'>('parte');
  const [hasta, setHasta] = useState(masDias(`${cerradoHasta.slice(0, 8)}01`, -1));
  const [motivo, setMotivo] = useState('');
  const [pedido, setPedido] = useState(false);
  const [falla, setFalla] = useState<string>();
  const mala = cuanto === 'todo' ? null : faltaDeApertura(hasta, cerradoHasta);
  const abre = useOrden(
    (args: { hasta: string | null; motivo: string }) => api.periodos.abre.mutate({ tiendaId, ...args }),
    ['periodos'],
  );
  const abreAhora = async () => {
    setPedido(true);
    if (mala !== null || motivo.trim() === '' || abre.isPending) return;
    setFalla(undefined);
    try {
      await abre.mutateAsync({ hasta: cuanto === 'todo' ? null : hasta, motivo: motivo.trim() });
      onHecho(
        cuanto === 'todo'
          ? `Los libros de ${periodo.nombre} quedaron abiertos.`
          : `${periodo.nombre} quedó cerrada solo hasta el ${diaVisto(hasta)}.`,
      );
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={`Abrir ${periodo.nombre}`}
      actions={
        <Button variant="danger" tall busy={abre.isPending} onClick={() => void abreAhora()}>
          Abrir periodo
        </Button>
      }
    >
      <p>
        Hoy está cerrada hasta el {diaVisto(cerradoHasta)}. Lo que se abra vuelve a admitir movimientos con
        fecha de esos días; lo que ya entró en el primer instante abierto se queda donde está.
      </p>
      <Segmented
        label="¿Cuánto se abre?"
        showLabel
        options={[
          { value: 'parte', label: 'Desde un día' },
          { value: 'todo', label: 'Todo' },
        ]}
        value={cuanto}
        onValue={(valor) => setCuanto(valor === 'todo' ? 'todo' : 'parte')}
      />
      {cuanto === 'parte' && (
        <TextField
          type="date"
          label="Último día que sigue cerrado"
          value={hasta}
          onValue={setHasta}
          max={masDias(cerradoHasta, -1)}
          hint={mala === null ? `Se abre desde el ${diaVisto(masDias(hasta, 1))}.` : undefined}
          error={mala ?? undefined}
        />
      )}
      <TextArea
        label="Motivo"
        value={motivo}
        onValue={setMotivo}
        maxLength={500}
        rows={2}
        hint="Por qué hace falta. Queda en la bitácora con tu nombre."
        error={pedido && motivo.trim() === '' ? 'Escribe el motivo en pocas palabras.' : undefined}
      />
      {falla && (
        <Banner tone="bad" title="No se abrió" role="alert">
          {falla}
        </Banner>
      )}
    </Sheet>
  );
}
