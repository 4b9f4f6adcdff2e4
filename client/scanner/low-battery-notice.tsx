import BatteryLow from 'lucide-react/icons/battery-low';
import { Button } from '#client/ui/button.tsx';

export interface LowBatteryNoticeProps {
  percent: number;
  onRest: () => void;
  onDismiss: () => void;
}

/**
 * Over the picture, which goes on reading: the camera is what drains a phone most. Says what to do instead, and that the
 * count is safe.
 */
export function LowBatteryNotice({ percent, onRest, onDismiss }: LowBatteryNoticeProps) {
  return (
    <div className="camera-battery" role="status">
      <p>
        <BatteryLow aria-hidden /> <strong>Batería al {percent} %.</strong> Con pistola o escribiendo dura
        más.
      </p>
      <div className="camera-battery-actions">
        <Button onClick={onRest}>Descansar</Button>
        <Button onClick={onDismiss}>Seguir así</Button>
      </div>
    </div>
  );
}
