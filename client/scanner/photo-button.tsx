import ImageUp from 'lucide-react/icons/image-up';
import { useRef, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { decodePhoto } from './decode-photo.ts';
import { conTodas, permite } from './format-policy.ts';
import type { ScanEvent } from './scan-event.ts';

export interface PhotoButtonProps {
  /** Which symbologies and lengths the company reads. Default: all. */
  ajustes?: AjustesEscaner;
  onScan: (event: ScanEvent) => void;
  /** A Spanish sentence when no code was found; empty when the last try went well. */
  onProblem: (sentence: string) => void;
}

/** "Usar una foto": takes or picks a picture and reads the code in it. */
export function PhotoButton({ ajustes = ESCANER_POR_OMISION, onScan, onProblem }: PhotoButtonProps) {
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const read = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    onProblem('');
    try {
      const event = await decodePhoto(file, conTodas(ajustes));
      if (event && !permite(ajustes, event))
        onProblem(
          `La foto dice ${event.codigo}, un tipo de código que tu empresa no lee. Escríbelo, o pide a tu administrador que lo active.`,
        );
      else if (event) onScan(event);
      else
        onProblem(
          'No encontramos un código en la foto. Acércate, con buena luz y sin reflejos, y toma otra.',
        );
    } finally {
      setBusy(false);
      // The same file may be picked again.
      if (input.current) input.current.value = '';
    }
  };

  return (
    <>
      <Button icon={<ImageUp />} busy={busy} onClick={() => input.current?.click()}>
        Usar una foto
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Foto de un código"
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </>
  );
}
