import CircleAlert from 'lucide-react/icons/circle-alert';
import { Segmented } from '#client/ui/segmented.tsx';
import { SENTIDOS, type Sentido } from './movimiento.ts';

/** Which way an ajuste goes: two buttons, neither chosen beforehand. */
export function CampoSentido({
  sentido,
  onSentido,
  error,
}: {
  sentido: Sentido | '';
  onSentido: (sentido: Sentido) => void;
  error: string | undefined;
}) {
  return (
    <div className="flex flex-col gap-1" data-falta={error ? '' : undefined}>
      <Segmented
        label="¿Faltan o sobran?"
        showLabel
        options={SENTIDOS}
        value={sentido}
        onValue={(valor) => onSentido(valor as Sentido)}
      />
      {error && (
        <p role="alert" className="field-error">
          <CircleAlert aria-hidden className="field-icon" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
