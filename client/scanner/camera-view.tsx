import { useEffect, useRef, useState } from 'react';
import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { AIM_SHARE } from './aim-box.ts';
import { CameraNotice } from './camera-notice.tsx';
import type { CameraSession } from './camera-session.ts';
import { CameraTools } from './camera-tools.tsx';
import { watchFrames } from './frame-watch.ts';
import { LowBatteryNotice } from './low-battery-notice.tsx';
import type { ScanEvent } from './scan-event.ts';
import { useCameraSnapshot } from './use-camera-session.ts';
import { useLabelInView } from './use-label-in-view.ts';
import { useLowBattery } from './use-low-battery.ts';
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
  /** Which symbologies and lengths the company reads. Default: all. */
  ajustes?: AjustesEscaner;
  /** A label came into the aim box at this instant (ms, `performance.now()`); for the scanner test. */
  onLabelInView?: (at: number) => void;
}

/** After this long at rest the camera itself goes off, ms: the battery matters more than a quick return. */
const OFF_AFTER_REST_MS = 120_000;

/** Live picture with the aim box. Starts the session's camera; when unmounted it stays on for a minute. */
export default function CameraView({
  session,
  paused = false,
  onScan,
  onManual,
  ajustes = ESCANER_POR_OMISION,
  onLabelInView,
}: CameraViewProps) {
  const camera = useCameraSnapshot(session);
  const videoRef = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  const [batteryDismissed, setBatteryDismissed] = useState(session.batteryDismissed);
  const battery = useLowBattery();
  const active = playing && !paused;
  const { resting, wake, rest } = useScanLoop(videoRef, session, { active, onScan, ajustes });
  useLabelInView(videoRef, active && !resting, onLabelInView);
  const on = camera.state === 'encendida';
  const asleep = resting || camera.state === 'apagada';

  useEffect(() => {
    void session.start();
    return () => session.unseen();
  }, [session]);

  useEffect(() => {
    const video = videoRef.current;
    setPlaying(false);
    if (!video) return;
    video.srcObject = camera.stream;
    if (!camera.stream) return;
    // Interrupted by another load or by the background: the next stream or the return plays again.
    video.play().catch(() => undefined);
    const stopWatching = watchFrames(video, () => session.stalled());
    return () => {
      stopWatching();
      video.srcObject = null;
    };
  }, [camera.stream, session]);

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
  const dismissBattery = () => {
    session.batteryDismissed = true;
    setBatteryDismissed(true);
  };
  const restForBattery = () => {
    dismissBattery();
    rest();
    session.stop();
  };

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
            <span className="camera-rest-title">Cámara en descanso</span>
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
            <CameraTools session={session} />
            {battery !== null && !batteryDismissed && (
              <LowBatteryNotice percent={battery} onRest={restForBattery} onDismiss={dismissBattery} />
            )}
          </>
        )}
      </div>
      {!on && !asleep && (
        <CameraNotice
          state={camera.state}
          ajustes={ajustes}
          onRetry={() => void session.restart()}
          onScan={onScan}
          onManual={onManual}
        />
      )}
    </section>
  );
}
