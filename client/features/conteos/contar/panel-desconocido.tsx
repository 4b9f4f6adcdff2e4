import Search from 'lucide-react/icons/search';
import { BigCount } from '#client/ui/big-count.tsx';
import { Button } from '#client/ui/button.tsx';
import { LineState, type LineStateProps } from '#client/ui/line-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { codigoVisto } from '#shared/domain/codigos.ts';
import { BotonFoto } from './boton-foto.tsx';

export type PanelDesconocidoProps = {
  codigo: string;
  /** Pieces counted under this raw code, formatted. */
  unidades: string;
  unidad: string;
  estado: LineStateProps['state'];
  fotos: number;
  /** What was proposed, if anything. */
  propuesta: string | null;
  /** What is wrong with its label, in a sentence. */
  explica: string | null;
  onFoto: (foto: Blob) => void;
  onBuscar: () => void;
  onSeguir: () => void;
};

/** A label that nobody knows: already saved; a photo or a guess helps the manager, and counting goes on. */
export function PanelDesconocido(props: PanelDesconocidoProps) {
  const { codigo, unidades, unidad, estado, fotos, propuesta, explica, onFoto, onBuscar, onSeguir } = props;
  return (
    <section aria-label="Código desconocido" className="contar-desconocido">
      <div className="contar-desconocido-cabeza">
        <div>
          <h2 className="product-name">Código que no conocemos</h2>
          <p className="contar-codigo-crudo">{codigoVisto(codigo)}</p>
          <Tag tone="warn">{propuesta ?? 'guardado, lo ligamos después'}</Tag>
          {fotos > 0 && <Tag tone="ok">{fotos === 1 ? 'con foto' : `${fotos} fotos`}</Tag>}
        </div>
        <div>
          <BigCount value={unidades} unit={unidad} size="large" />
          <LineState state={estado} />
        </div>
      </div>
      {explica !== null && <p className="contar-explica">{explica}</p>}
      <div className="contar-desconocido-botones">
        <BotonFoto onFoto={onFoto}>Tomar foto</BotonFoto>
        <Button icon={<Search aria-hidden />} onClick={onBuscar}>
          Buscar producto
        </Button>
        <Button variant="primary" onClick={onSeguir}>
          Seguir
        </Button>
      </div>
    </section>
  );
}
