import CloudCheck from 'lucide-react/icons/cloud-check';
import CloudUpload from 'lucide-react/icons/cloud-upload';
import Smartphone from 'lucide-react/icons/smartphone';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import WifiOff from 'lucide-react/icons/wifi-off';
import { cx } from './cx.ts';

/** State of sending of the whole phone. */
export type SendState = 'sin_senal' | 'enviando' | 'todo_enviado' | 'revisa' | 'guardado';

const LOOK = {
  sin_senal: { word: 'sin señal', tone: 'tone-warn', Icon: WifiOff },
  enviando: { word: 'enviando', tone: 'tone-info', Icon: CloudUpload },
  todo_enviado: { word: 'todo enviado', tone: 'tone-ok', Icon: CloudCheck },
  revisa: { word: 'revisa', tone: 'tone-bad', Icon: TriangleAlert },
  guardado: { word: 'guardado', tone: 'tone-warn', Icon: Smartphone },
} as const;

export type StatusPillProps = {
  state: SendState;
  /** Follows the word: "12", "412 / 412", "· 38 guardados". */
  detail?: string;
  /** Opens the list of what is unsent; without it the pill is only read. */
  onPress?: () => void;
  /** Name of the live region; one per screen. */
  label?: string;
  className?: string;
};

/** Colour + icon + word in a live region (`status`), so a change is heard as well as seen. */
export function StatusPill({
  state,
  detail,
  onPress,
  label = 'Estado de envío',
  className,
}: StatusPillProps) {
  const { word, tone, Icon } = LOOK[state];
  const face = (
    <>
      <Icon aria-hidden className="plate-icon" />
      {/* Two unbreakable pieces: a long state breaks between word and figures. */}
      <span className="plate-words">
        <span>{word}</span>
        {detail && (
          <>
            {' '}
            <span>{detail}</span>
          </>
        )}
      </span>
    </>
  );
  return (
    <div role="status" aria-label={label} data-state={state} className={cx('status', className)}>
      {onPress ? (
        <button type="button" className="status-button" onClick={onPress}>
          <span className={cx('plate', tone)}>{face}</span>
        </button>
      ) : (
        <span className={cx('plate', tone)}>{face}</span>
      )}
    </div>
  );
}
