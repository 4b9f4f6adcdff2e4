import Flashlight from 'lucide-react/icons/flashlight';
import FlashlightOff from 'lucide-react/icons/flashlight-off';
import SwitchCamera from 'lucide-react/icons/switch-camera';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '#client/ui/icon-button.tsx';
import { AIM_SHARE } from './aim-box.ts';
import { CameraNotice } from './camera-notice.tsx';
import type { CameraSession } from './camera-session.ts';
import type { ScanEvent } from './scan-event.ts';
import { useCameraSnapshot } from './use-camera-session.ts';
import { useScanLoop } from './use-scan-loop.ts';
import './camera-view.css';

export interface CameraViewProps {
  /** From `useCameraSession()` of the route, so that the stream outlives this view. */
  session: CameraSession;
  /** Stops decoding and leaves the camera on: a dialog is open, a quantity is being typed. */
  paused?: boolean;
  onScan: (event: ScanEvent) => void;
  /** "Escribir código": put the focus into the field `Código`. */
  onManual?: () => void;
}

/** After this long at rest the camera itself goes off, ms: the battery matters more than a quick return. */
const OFF_AFTER_REST_MS = 120_000;

/** Live picture with the aim box. Starts the session's camera; leaves it on when unmounted. */
export default function CameraView({ session, paused = false, onScan, onManual }: CameraViewProps) {
  const camera = useCameraSnapshot(session);
  const videoRef = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  const { resting, wake } = useScanLoop(videoRef, playing && !paused, onScan);
  const on = camera.state === 'encendida';

  useEffect(() => {
    void session.start();
  }, [session]);

  useEffect(() => {
    const video = videoRef.current;
    setPlaying(false);
    if (!video) return;
    video.srcObject = camera.stream;
    if (!camera.stream) return;
    // Interrupted by another load or by the background: the next stream or the return plays again.
    video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [camera.stream]);

  useEffect(() => {
    if (!resting) return;
    const off = setTimeout(() => session.stop(), OFF_AFTER_REST_MS);
    return () => clearTimeout(off);
  }, [resting, session]);

  const resume = () => {
    wake();
    void session.start();
    void videoRef.current?.play().catch(() => undefined);
  };
  const asleep = resting || camera.state === 'apagada';

  return (
    <section className="camera" aria-label="Visor de la cámara">
      <div className="camera-frame" hidden={!on && !asleep}>
        <video
          ref={videoRef}
          className="camera-video"
          playsInline
          muted
          aria-hidden
          onPlaying={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEmptied={() => setPlaying(false)}
        />
        {asleep ? (
          <button type="button" className="camera-rest" onClick={resume}>
            Toca para seguir
          </button>
        ) : (
          <>
            <div
              className="camera-aim"
              style={{ width: `${AIM_SHARE.width * 100}%`, height: `${AIM_SHARE.height * 100}%` }}
              aria-hidden
            />
            <p className="camera-hint">{paused ? 'En pausa' : 'Apunta al código'}</p>
            <LensAndTorch session={session} />
          </>
        )}
      </div>
      {!on && !asleep && (
        <CameraNotice
          state={camera.state}
          onRetry={() => void session.start()}
          onScan={onScan}
          onManual={onManual}
        />
      )}
    </section>
  );
}

function LensAndTorch({ session }: { session: CameraSession }) {
  const { lenses, lensId, hasTorch, torchOn } = useCameraSnapshot(session);
  const index = lenses.findIndex(({ id }) => id === lensId);
  const next = lenses[(index + 1) % lenses.length];
  return (
    <div className="camera-tools">
      {lenses.length > 1 && next && (
        <IconButton
          label={`Cambiar de lente (${index + 1} de ${lenses.length})`}
          icon={<SwitchCamera />}
          onClick={() => void session.chooseLens(next.id)}
        />
      )}
      {hasTorch && (
        <IconButton
          label="Linterna"
          pressed={torchOn}
          icon={torchOn ? <FlashlightOff /> : <Flashlight />}
          onClick={() => void session.setTorch(!torchOn)}
        />
      )}
    </div>
  );
}
