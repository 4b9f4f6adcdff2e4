import Camera from 'lucide-react/icons/camera';
import CameraOff from 'lucide-react/icons/camera-off';
import Printer from 'lucide-react/icons/printer';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { Acceptance } from './acceptance.ts';
import CameraView from './camera-view.tsx';
import { PACE_BOUNDS } from './device-pace.ts';
import { visibleGs } from './gs-visible.ts';
import type { ManualRejection } from './manual.ts';
import { PhotoButton } from './photo-button.tsx';
import type { ScanEvent } from './scan-event.ts';
import { FUENTES, SIMBOLOGIAS } from './scan-names.ts';
import { summarise } from './scan-record.ts';
import { HOJA, SHEET_LABELS } from './sheet-labels.ts';
import { SheetResult } from './sheet-result.tsx';
import { signalScan, unlockSounds } from './sonidos.ts';
import { useCameraSession } from './use-camera-session.ts';
import { useScannerTest } from './use-scanner-test.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { useWedge } from './use-wedge.ts';
import './scanner-test.css';

/** The list is for looking at, not an archive. */
const SHOWN = 50;

export interface ScannerTestProps {
  /** Which symbologies and lengths the company reads. Default: all. */
  ajustes?: AjustesEscaner;
  /** Opens the printable sheet; without it the sheet is not offered. */
  onSheet?: () => void;
}

/**
 * Body of the screen "Probar escáner": the printed sheet's result for this camera or gun, the wait that follows from it,
 * and every read with its source, symbology and pace. Counts nothing; of the test only the wait is saved.
 */
export default function ScannerTest({ ajustes = ESCANER_POR_OMISION, onSheet }: ScannerTestProps) {
  const session = useCameraSession();
  const [cameraOn, setCameraOn] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const test = useScannerTest(ajustes);

  const onScan = (event: ScanEvent) => {
    setProblem('');
    test.scan(event);
    signalScan('exito');
  };
  const onReject = (rejection: ManualRejection) => {
    setProblem(rejection.mensaje);
    signalScan('error');
  };
  // Judged by the shortest waits: only so do the doubles show that a longer one would hide.
  useWedge(onScan, { onReject, onPace: test.gunPace, bounceMs: PACE_BOUNDS.reboteMs.min });
  useWakeLock(true);
  useEffect(() => unlockSounds(), []);

  const toggleCamera = () => {
    if (cameraOn) session?.stop();
    else if (session) session.acceptance ??= new Acceptance({ cooldownMs: PACE_BOUNDS.camaraMs.min });
    setCameraOn(!cameraOn);
  };
  const { total, distinct, doubled } = summarise(test.records);

  return (
    <div className="scanner-test">
      {session && cameraOn && (
        <CameraView
          session={session}
          ajustes={ajustes}
          onScan={onScan}
          onManual={() => field.current?.focus()}
          onLabelInView={test.labelInView}
        />
      )}
      <div className="scanner-test-actions">
        <Button icon={cameraOn ? <CameraOff /> : <Camera />} aria-pressed={cameraOn} onClick={toggleCamera}>
          Cámara
        </Button>
        <PhotoButton ajustes={ajustes} onScan={onScan} onProblem={setProblem} />
      </div>
      {test.devices.map(({ source, report, skipped }) => (
        <SheetResult key={source} source={source} report={report} skipped={skipped} />
      ))}
      {test.devices.length === 0 && (
        <Card title={`Hoja de prueba ${HOJA}`}>
          <p>
            Imprímela y escanea una vez cada una de sus {SHEET_LABELS.length} etiquetas, con la cámara o con
            la pistola. Aquí verás cuáles faltaron, cuáles contaron doble y cuánto tarda cada lectura. No se
            cuenta nada.
          </p>
          {onSheet && (
            <Button block icon={<Printer />} onClick={onSheet}>
              Ver e imprimir la hoja
            </Button>
          )}
        </Card>
      )}
      <TextField
        ref={field}
        label="Código"
        value={typed}
        onValue={(value) => {
          setTyped(value);
          setProblem('');
        }}
        data-escaner="codigo"
        inputMode="text"
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="done"
      />
      <p role="status" className="scanner-test-status">
        {problem ||
          (total === 0
            ? 'Sin lecturas todavía'
            : `${total} ${total === 1 ? 'lectura' : 'lecturas'}, ${distinct} ${
                distinct === 1 ? 'código distinto' : 'códigos distintos'
              }, ${doubled} ${doubled === 1 ? 'doble' : 'dobles'}`)}
      </p>
      {total > 0 && (
        <>
          <h2 id={listId} className="sr-only">
            Lecturas
          </h2>
          <ul className="list" aria-labelledby={listId}>
            {test.records.slice(0, SHOWN).map(({ number, event, sinceLastMs, doubled: twice }) => (
              <ListRow
                key={number}
                title={visibleGs(event.codigo)}
                detail={[FUENTES[event.fuente], event.simbologia && SIMBOLOGIAS[event.simbologia]]
                  .filter(Boolean)
                  .join(' · ')}
                value={sinceLastMs === null ? undefined : sinceLastMs.toLocaleString('es-MX')}
                unit="ms"
                state={twice ? <Tag tone="warn">Doble</Tag> : undefined}
              />
            ))}
          </ul>
          <Button onClick={test.clear}>Borrar lecturas</Button>
        </>
      )}
    </div>
  );
}
