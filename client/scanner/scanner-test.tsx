import Camera from 'lucide-react/icons/camera';
import CameraOff from 'lucide-react/icons/camera-off';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import CameraView from './camera-view.tsx';
import type { ManualRejection } from './manual.ts';
import { PhotoButton } from './photo-button.tsx';
import type { FuenteEscaneo, ScanEvent, Simbologia } from './scan-event.ts';
import { recordScan, type ScanRecord, summarise } from './scan-record.ts';
import { signalScan, unlockSounds } from './sonidos.ts';
import { useCameraSession } from './use-camera-session.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { useWedge } from './use-wedge.ts';

const FUENTES: Record<FuenteEscaneo, string> = {
  camara: 'Cámara',
  pistola: 'Pistola',
  manual: 'Escrito',
  foto: 'Foto',
};

const SIMBOLOGIAS: Record<Simbologia, string> = {
  EAN_13: 'EAN-13',
  EAN_8: 'EAN-8',
  UPC_A: 'UPC-A',
  UPC_E: 'UPC-E',
  ITF: 'ITF',
  CODE_39: 'Code 39',
  CODE_128: 'Code 128',
  QR: 'QR',
  DATA_MATRIX: 'Data Matrix',
  DESCONOCIDA: 'Otra simbología',
};

/** The list is for looking at, not an archive. */
const SHOWN = 50;

/** Body of the screen "Probar escáner": every read with its source, symbology, pace and doubles. Saves nothing. */
export default function ScannerTest() {
  const session = useCameraSession();
  const [cameraOn, setCameraOn] = useState(false);
  const [records, setRecords] = useState<ScanRecord[]>([]);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();

  const onScan = (event: ScanEvent) => {
    setProblem('');
    setRecords((before) => recordScan(before, event));
    signalScan('exito');
  };
  const onReject = (rejection: ManualRejection) => {
    setProblem(rejection.mensaje);
    signalScan('error');
  };
  useWedge(onScan, { onReject });
  useWakeLock(cameraOn);
  useEffect(() => unlockSounds(), []);

  const toggleCamera = () => {
    if (cameraOn) session?.stop();
    setCameraOn(!cameraOn);
  };
  const { total, distinct, doubled } = summarise(records);

  return (
    <div className="scanner-test">
      <p>Escanea lo que quieras: aquí no se guarda ni se cuenta nada.</p>
      {session && cameraOn && (
        <CameraView session={session} onScan={onScan} onManual={() => field.current?.focus()} />
      )}
      <div className="scanner-test-actions">
        <Button icon={cameraOn ? <CameraOff /> : <Camera />} aria-pressed={cameraOn} onClick={toggleCamera}>
          Cámara
        </Button>
        <PhotoButton onScan={onScan} onProblem={setProblem} />
      </div>
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
            {records.slice(0, SHOWN).map(({ number, event, sinceLastMs, doubled: twice }) => (
              <ListRow
                key={number}
                title={event.codigo}
                detail={[FUENTES[event.fuente], event.simbologia && SIMBOLOGIAS[event.simbologia]]
                  .filter(Boolean)
                  .join(' · ')}
                value={sinceLastMs === null ? undefined : sinceLastMs.toLocaleString('es-MX')}
                unit="ms"
                state={twice ? <Tag tone="warn">Doble</Tag> : undefined}
              />
            ))}
          </ul>
          <Button onClick={() => setRecords([])}>Borrar lecturas</Button>
        </>
      )}
    </div>
  );
}
