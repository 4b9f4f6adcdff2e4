import type { RenglonContado } from '#client/offline/index.ts';
import { LineState } from '#client/ui/line-state.tsx';
import { Modal } from '#client/ui/modal.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad } from '#shared/formato.ts';
import { estadoDeLinea } from './estado-linea.ts';
import type { Ultimo } from './use-contar.ts';

export type VistaGrandeProps = {
  open: boolean;
  onClose: () => void;
  ultimo: Ultimo | null;
  renglon: RenglonContado | undefined;
};

/** How many of what over the whole screen, for a phone on a cart or a shelf. The gun goes on counting under it. */
export function VistaGrande({ open, onClose, ultimo, renglon }: VistaGrandeProps) {
  const producto = ultimo?.tipo === 'producto' ? ultimo.producto : null;
  const unidades = renglon === undefined ? 0n : toCantidad(renglon.unidades);
  const vista = cantidadVista(unidades);
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={producto?.nombre ?? 'Código que no conocemos'}
      className="contar-grande"
    >
      <div className="contar-grande-todo" role="status" aria-label="Cuenta en grande">
        <p
          className="contar-grande-digitos"
          data-largo={vista.length > 3 ? (vista.length > 5 ? 'mucho' : '') : undefined}
        >
          {vista}
        </p>
        <p className="contar-grande-unidad">{nombreUnidad(producto?.unidad ?? 'PZA', unidades)}</p>
        <p className="contar-grande-marcas">
          {ultimo?.tipo === 'producto' && ultimo.marca !== null && <Tag tone="ok">{ultimo.marca}</Tag>}
          {renglon && <LineState state={estadoDeLinea(renglon.estado)} />}
        </p>
      </div>
    </Modal>
  );
}
