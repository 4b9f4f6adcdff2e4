import Check from 'lucide-react/icons/check';
import CheckCheck from 'lucide-react/icons/check-check';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { cx } from './cx.ts';

const LOOK = {
  guardado: { word: 'guardado', tone: 'text-warn', Icon: Check },
  enviado: { word: 'enviado', tone: 'text-ok', Icon: CheckCheck },
  rechazado: { word: 'revisa', tone: 'text-bad', Icon: TriangleAlert },
} as const;

export type LineStateProps = {
  /** `guardado` on this phone, `enviado` on the server, `rechazado` by the server. */
  state: keyof typeof LOOK;
  className?: string;
};

/** Where one line is: one tick on the phone, two on the server. */
export function LineState({ state, className }: LineStateProps) {
  const { word, tone, Icon } = LOOK[state];
  return (
    <span className={cx('line-state', tone, className)}>
      <Icon aria-hidden className="plate-icon" />
      {word}
    </span>
  );
}
