/** The browser's cameras: opening one, listing them, and what a refusal means. */

export type OpenFailure = 'sin_permiso' | 'sin_camara' | 'ocupada';

/** Enough pixels for a small label at arm's length; more costs time in every frame. */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** A lens that is gone or busy falls back to any camera of the back, then to any at all. */
export async function openStream(lensId: string | null): Promise<MediaStream> {
  if (lensId !== null) {
    try {
      return await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { ...SIZE, deviceId: { exact: lensId } },
      });
    } catch (error) {
      if (failureOf(error) === 'sin_permiso') throw error;
    }
  }
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { ...SIZE, facingMode: { ideal: 'environment' } },
  });
}

export interface Lens {
  id: string;
  label: string;
}

/** The cameras, listed by @zxing/browser. Front cameras stay in: some devices report nothing else. */
export async function listLenses(): Promise<Lens[]> {
  try {
    const { BrowserCodeReader } = await import('@zxing/browser');
    const devices = await BrowserCodeReader.listVideoInputDevices();
    return devices.map((device, index) => ({
      id: device.deviceId,
      label: device.label || `Cámara ${index + 1}`,
    }));
  } catch {
    return [];
  }
}

export function failureOf(error: unknown): OpenFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'sin_permiso';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'sin_camara';
  return 'ocupada';
}

/** True when the browser says that the camera is allowed by now; false also where it does not say. */
export async function isAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

export function isLive(stream: MediaStream | null): boolean {
  return stream?.getVideoTracks().some((track) => track.readyState === 'live') ?? false;
}

export function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
