import { Banner } from '#client/ui/banner.tsx';
import { TextArea } from '#client/ui/text-area.tsx';

/** Why the ajuste, and that somebody else has to sign it. */
export function CamposAjuste({
  motivo,
  onMotivo,
  error,
}: {
  motivo: string;
  onMotivo: (motivo: string) => void;
  error: string | undefined;
}) {
  return (
    <>
      <TextArea
        label="Motivo"
        value={motivo}
        onValue={onMotivo}
        maxLength={500}
        rows={2}
        error={error}
        hint="Qué pasó con esas piezas. Lo lee quien firma."
      />
      <Banner tone="info" title="Espera la firma de otra persona">
        Se guarda y se envía como propuesta. La existencia no cambia hasta que otro gerente o un administrador
        lo firme; tú no puedes firmarlo.
      </Banner>
    </>
  );
}
