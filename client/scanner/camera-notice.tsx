import Camera from 'lucide-react/icons/camera';
import CameraOff from 'lucide-react/icons/camera-off';
import { useEffect, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import type { AjustesEscaner } from '#shared/contracts/escaner.ts';
import type { CameraState } from './camera-session.ts';
import { PhotoButton } from './photo-button.tsx';
import type { ScanEvent } from './scan-event.ts';

interface Words {
  title: string;
  text: string;
  /** What the first button says; absent where trying again changes nothing. */
  retry?: string;
}

const WORDS: Record<Exclude<CameraState, 'encendida' | 'apagada'>, Words> = {
  pidiendo_permiso: {
    title: 'Abriendo la cámara…',
    text: 'Si el teléfono pregunta, toca Permitir. La cámara sólo lee códigos: no guarda fotos ni video.',
  },
  sin_permiso: {
    title: 'Permitir cámara',
    text: 'La cámara está bloqueada para esta app. Lo contado sigue guardado.',
    retry: 'Permitir cámara',
  },
  sin_camara: {
    title: 'Sin cámara',
    text: 'No encontramos una cámara en este dispositivo. Puedes contar con pistola, con una foto o escribiendo el código.',
    retry: 'Buscar otra vez',
  },
  ocupada: {
    title: 'La cámara está ocupada',
    text: 'Otra app la está usando o no respondió. Cierra la otra app y vuelve a intentar; lo contado sigue guardado.',
    retry: 'Volver a intentar',
  },
  detenida: {
    title: 'La cámara dejó de dar imagen',
    text: 'La reiniciamos y sigue detenida. Reiníciala tú, o cierra las otras apps que usan la cámara; lo contado sigue guardado.',
    retry: 'Reiniciar cámara',
  },
  insegura: {
    title: 'La cámara necesita una conexión segura',
    text: 'El navegador sólo presta la cámara a páginas con https. Pide la dirección segura a quien instaló la app.',
  },
};

/** A camera that opens at all has opened by now, ms; from then on the other ways are offered too. */
const SLOW_MS = 6_000;

export interface CameraNoticeProps {
  state: CameraState;
  ajustes: AjustesEscaner;
  onRetry: () => void;
  onScan: (event: ScanEvent) => void;
  onManual?: () => void;
}

/** What stands where the picture would be: why there is none, and the other ways to go on. */
export function CameraNotice({ state, ajustes, onRetry, onScan, onManual }: CameraNoticeProps) {
  const [problem, setProblem] = useState('');
  const [slow, setSlow] = useState(false);
  const words = WORDS[state === 'encendida' || state === 'apagada' ? 'pidiendo_permiso' : state];
  const asking = state === 'pidiendo_permiso';
  const retry = words.retry ?? (slow ? 'Volver a intentar' : undefined);
  const others = !asking || slow;
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [asking]);
  return (
    <div className="camera-notice" role={asking ? 'status' : 'alert'}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: why: in little height its text scrolls, and keys must reach it. */}
      <div className="camera-notice-text" tabIndex={0}>
        <h2>
          {asking ? <Camera aria-hidden /> : <CameraOff aria-hidden />}
          {words.title}
        </h2>
        <p>{words.text}</p>
        {asking && slow && (
          <p>Tarda más de lo normal. Vuelve a intentar, o cuenta con una foto o escribiendo el código.</p>
        )}
        {state === 'sin_permiso' && <p>{howToAllow()}</p>}
        <p role="status" className="camera-problem">
          {problem}
        </p>
      </div>
      <div className="camera-notice-actions">
        {retry && (
          <Button variant="primary" onClick={onRetry}>
            {retry}
          </Button>
        )}
        {others && <PhotoButton ajustes={ajustes} onScan={onScan} onProblem={setProblem} />}
        {others && onManual && <Button onClick={onManual}>Escribir código</Button>}
      </div>
    </div>
  );
}

/** Once refused, only the browser's own settings can allow; where they are depends on the system. */
function howToAllow(): string {
  if (/iPhone|iPad/.test(navigator.userAgent)) {
    return 'En Ajustes → Apps → Safari → Cámara elige Permitir, y vuelve aquí.';
  }
  if (/Android/.test(navigator.userAgent)) {
    return 'Toca el candado junto a la dirección (o los tres puntos → Configuración del sitio) → Cámara → Permitir.';
  }
  return 'Haz clic en el candado junto a la dirección → Cámara → Permitir.';
}
