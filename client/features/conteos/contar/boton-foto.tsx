import Camera from 'lucide-react/icons/camera';
import { useRef } from 'react';
import { Button } from '#client/ui/button.tsx';

export type BotonFotoProps = { children: string; onFoto: (foto: Blob) => void };

/** Opens the phone's own camera, or the file picker of a PC. */
export function BotonFoto({ children, onFoto }: BotonFotoProps) {
  const archivo = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={archivo}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          const foto = event.target.files?.[0];
          if (foto) onFoto(foto);
          event.target.value = '';
        }}
      />
      <Button icon={<Camera aria-hidden />} onClick={() => archivo.current?.click()}>
        {children}
      </Button>
    </>
  );
}
