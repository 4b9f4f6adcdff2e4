import FileUp from 'lucide-react/icons/file-up';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { cx } from '#client/ui/cx.ts';
import './importar.css';

/** On a PC a file is dropped anywhere on the screen; what it lands on shows itself while it hovers. */
export function ZonaSoltar({
  activa,
  onArchivo,
  children,
}: {
  activa: boolean;
  onArchivo: (archivo: File) => void;
  children: ReactNode;
}) {
  const [encima, setEncima] = useState(false);
  // Entering a child leaves its parent: only the outermost counts.
  const hondo = useRef(0);
  const lleva = (event: DragEvent) => activa && event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: why: dropping is the mouse's second way; the button is everybody's.
    <div
      className={cx('soltar', encima && 'soltar-encima')}
      onDragEnter={(event) => {
        if (!lleva(event)) return;
        hondo.current += 1;
        setEncima(true);
      }}
      onDragLeave={() => {
        hondo.current = Math.max(0, hondo.current - 1);
        if (hondo.current === 0) setEncima(false);
      }}
      onDragOver={(event) => {
        if (lleva(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        hondo.current = 0;
        setEncima(false);
        if (!lleva(event)) return;
        event.preventDefault();
        const archivo = event.dataTransfer.files[0];
        if (archivo !== undefined) onArchivo(archivo);
      }}
    >
      {children}
      {encima && (
        <div className="soltar-aviso" aria-hidden>
          <FileUp />
          <p>Suelta el archivo para importarlo</p>
        </div>
      )}
    </div>
  );
}
