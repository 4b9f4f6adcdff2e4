import Camera from 'lucide-react/icons/camera';
import CameraOff from 'lucide-react/icons/camera-off';
import Keyboard from 'lucide-react/icons/keyboard';
import Search from 'lucide-react/icons/search';
import { type Ref, useState } from 'react';
import { IconButton } from '#client/ui/icon-button.tsx';
import { TextField } from '#client/ui/text-field.tsx';

export type CampoCodigoProps = {
  ref: Ref<HTMLInputElement>;
  valor: string;
  onValor: (valor: string) => void;
  camara: boolean;
  onCamara: () => void;
  onBuscar: () => void;
};

/**
 * Where readings land. It takes the focus by itself, so that what a slow gun sends is never lost, without raising the
 * phone's keyboard: that comes only when the person touches the field to type.
 */
export function CampoCodigo({ ref, valor, onValor, camara, onCamara, onBuscar }: CampoCodigoProps) {
  const [teclado, setTeclado] = useState(false);
  return (
    <div className="contar-entrada">
      <TextField
        ref={ref}
        label="Código"
        hideLabel
        placeholder="Código"
        leading={<Keyboard aria-hidden />}
        value={valor}
        onValue={onValor}
        inputMode={teclado ? 'text' : 'none'}
        onPointerDown={() => setTeclado(true)}
        onBlur={() => setTeclado(false)}
        data-escaner="codigo"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="done"
        autoFocus
        className="contar-codigo"
      />
      <IconButton label="Buscar" icon={<Search aria-hidden />} onClick={onBuscar} />
      <IconButton
        label="Cámara"
        pressed={camara}
        icon={camara ? <CameraOff aria-hidden /> : <Camera aria-hidden />}
        onClick={onCamara}
      />
    </div>
  );
}
