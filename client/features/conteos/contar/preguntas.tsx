import type { FilaProducto, Hallado } from '#client/offline/index.ts';
import type { ManualRejection, ScanEvent } from '#client/scanner/index.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { codigoVisto } from '#shared/domain/codigos.ts';
import { cantidadVista } from '#shared/formato.ts';
import type { Pregunta } from './use-contar.ts';

export type PreguntasProps = {
  pregunta: Pregunta | null;
  onCerrar: () => void;
  onElegir: (
    hallado: Hallado,
    evento: ScanEvent,
    etiqueta: Extract<Pregunta, { tipo: 'cual' }>['etiqueta'],
  ) => void;
  onCero: (producto: FilaProducto) => void;
  onForzar: (rechazo: ManualRejection) => void;
};

/** The questions of the counting screen. Nothing is written until they are answered. */
export function Preguntas({ pregunta, onCerrar, onElegir, onCero, onForzar }: PreguntasProps) {
  return (
    <>
      <Dialog open={pregunta?.tipo === 'cual'} onClose={onCerrar} title="¿Cuál es?">
        {pregunta?.tipo === 'cual' && (
          <>
            <p>El código {codigoVisto(pregunta.evento.codigo)} está en más de un producto.</p>
            <ul className="list" aria-label="Productos con este código">
              {pregunta.hallados.map((hallado) => (
                <ListRow
                  key={hallado.producto.id}
                  title={hallado.producto.nombre}
                  detail={hallado.producto.codigo}
                  value={hallado.factor === '1' ? undefined : `×${hallado.factor}`}
                  onPress={() => onElegir(hallado, pregunta.evento, pregunta.etiqueta)}
                />
              ))}
            </ul>
          </>
        )}
      </Dialog>
      <Dialog
        open={pregunta?.tipo === 'digito'}
        onClose={onCerrar}
        role="alertdialog"
        title="El código no cuadra"
        actions={
          pregunta?.tipo === 'digito' && (
            <>
              <Button block onClick={onCerrar}>
                Corregir
              </Button>
              <Button block onClick={() => onForzar(pregunta.rechazo)}>
                Usarlo tal cual
              </Button>
            </>
          )
        }
      >
        {pregunta?.tipo === 'digito' && <p>{pregunta.rechazo.mensaje}</p>}
      </Dialog>
      <Dialog
        open={pregunta?.tipo === 'cero'}
        onClose={onCerrar}
        role="alertdialog"
        title={pregunta?.tipo === 'cero' ? `Ya llevas ${pregunta.unidades} aquí` : ''}
        actions={
          pregunta?.tipo === 'cero' && (
            <>
              <Button variant="danger" block onClick={() => onCero(pregunta.producto)}>
                Anular y poner 0
              </Button>
              <Button block onClick={onCerrar}>
                No, dejar lo contado
              </Button>
            </>
          )
        }
      >
        <p>¿Anular y poner 0?</p>
      </Dialog>
      <Dialog
        open={pregunta?.tipo === 'grande'}
        onClose={onCerrar}
        role="alertdialog"
        title={
          pregunta?.tipo === 'grande' ? `¿De verdad son ${cantidadVista(toCantidad(pregunta.texto))}?` : ''
        }
        actions={
          pregunta?.tipo === 'grande' && (
            <>
              <Button
                block
                onClick={() => {
                  onCerrar();
                  pregunta.seguir();
                }}
              >
                Sí, son {cantidadVista(toCantidad(pregunta.texto))}
              </Button>
              <Button block onClick={onCerrar}>
                No, corregir
              </Button>
            </>
          )
        }
      >
        <p>Es una cantidad muy grande. Puede ser un código leído en el campo de cantidad.</p>
      </Dialog>
    </>
  );
}
