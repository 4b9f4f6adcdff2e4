import Flashlight from 'lucide-react/icons/flashlight';
import FlashlightOff from 'lucide-react/icons/flashlight-off';
import SwitchCamera from 'lucide-react/icons/switch-camera';
import { IconButton } from '#client/ui/icon-button.tsx';
import type { CameraSession } from './camera-session.ts';
import { useCameraSnapshot } from './use-camera-session.ts';

/** What the lens in use can: another lens, 1× or 2×, light. Nothing that it can't. */
export function CameraTools({ session }: { session: CameraSession }) {
  const { lenses, lensId, hasTorch, torchOn, hasZoom, zoom } = useCameraSnapshot(session);
  const index = lenses.findIndex(({ id }) => id === lensId);
  const next = lenses[(index + 1) % lenses.length];
  return (
    <div className="camera-tools">
      {hasZoom && (
        <IconButton
          label={zoom === 2 ? 'Acercamiento 2×: cambiar a 1×' : 'Acercamiento 1×: cambiar a 2×'}
          icon={<span className="camera-zoom">{zoom}×</span>}
          onClick={() => void session.setZoom(zoom === 2 ? 1 : 2)}
        />
      )}
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
