import Pencil from 'lucide-react/icons/pencil';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { type DatosLote, datoQueFalta } from '#shared/domain/lotes.ts';
import { textoDatos } from './datos-lote.ts';
import { useLlevaDot } from './use-lleva-dot.ts';

export type ChipLoteProps = {
  producto: { id: string; pideLote: boolean; pideCaducidad: boolean };
  datos: DatosLote;
  onCambiar: () => void;
};

/** What the next pieces of this product carry here; a press changes it. */
export function ChipLote({ producto, datos, onCambiar }: ChipLoteProps) {
  const falta = datoQueFalta(producto, datos);
  const dicho = textoDatos(datos);
  const deLlanta = useLlevaDot(producto.id);
  const sin = falta !== 'lote' ? 'Sin caducidad' : deLlanta ? 'Sin DOT' : 'Sin lote';
  return (
    <button
      type="button"
      className="contar-lote"
      data-falta={falta ?? undefined}
      aria-haspopup="dialog"
      onClick={onCambiar}
    >
      {falta !== null && <TriangleAlert aria-hidden />}
      <span className="contar-lote-texto">
        {falta === null ? dicho : [dicho, sin].filter((parte) => parte !== null).join(' · ')}
      </span>
      <span className="contar-lote-cambiar">
        <Pencil aria-hidden /> {falta === null ? <span className="sr-only">Cambiar</span> : 'Escribir'}
      </span>
    </button>
  );
}
