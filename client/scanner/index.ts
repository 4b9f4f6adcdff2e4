/** What screens use of the scanner. The camera's parts load apart: `lazy(() => import('…/camera-view.tsx'))`. */

export type { CameraSession } from './camera-session.ts';
export { opcionesGs1, type PlainCode, plainCode } from './gs.ts';
export { acceptManual, type ManualRejection } from './manual.ts';
export {
  createScanStream,
  type ScanEvent,
  type ScanListener,
  type ScanStream,
  type Simbologia,
} from './scan-event.ts';
export { type ScanSignal, signalScan, unlockSounds } from './sonidos.ts';
export { useCameraSession } from './use-camera-session.ts';
export { useWakeLock } from './use-wake-lock.ts';
export { type UseWedgeOptions, useWedge } from './use-wedge.ts';
