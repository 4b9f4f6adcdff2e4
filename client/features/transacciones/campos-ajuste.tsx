import CircleAlert from 'lucide-react/icons/circle-alert';
import { Banner } from '#client/ui/banner.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { type ErroresMovimiento, SENTIDOS, type Sentido } from './movimiento.ts';

export type CamposAjusteProps = {
  sentido: Sentido | '';
  onSentido: (sentido: Sentido) => void;
  motivo: string;
  onMotivo: (motivo: string) => void;
  errores: ErroresMovimiento;
};

/** What only an ajuste asks: which way, and why. It says that somebody else has to sign it. */
export function CamposAjuste({ sentido, onSentido, motivo, onMotivo, errores }: CamposAjusteProps) {
  return (
    <>
      <div className="flex flex-col gap-1" data-falta={errores.sentido ? '' : undefined}>
        <Segmented
          label="¿Faltan o sobran?"
          showLabel
          options={SENTIDOS}
          value={sentido}
          onValue={(valor) => onSentido(valor as Sentido)}
        />
        {errores.sentido && (
          <p role="alert" className="field-error">
            <CircleAlert aria-hidden className="field-icon" />
            <span>{errores.sentido}</span>
          </p>
        )}
      </div>
      <TextArea
        label="Motivo"
        value={motivo}
        onValue={onMotivo}
        maxLength={500}
        rows={2}
        error={errores.motivo}
        hint="Qué pasó con esas piezas. Lo lee quien firma."
      />
      <Banner tone="info" title="Espera la firma de otra persona">
        Se guarda y se envía como propuesta. La existencia no cambia hasta que otro gerente o un administrador
        lo firme; tú no puedes firmarlo.
      </Banner>
    </>
  );
}
