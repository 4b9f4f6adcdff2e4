import ChevronDown from 'lucide-react/icons/chevron-down';
import CircleAlert from 'lucide-react/icons/circle-alert';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { SimbologiaAjustable } from '#shared/contracts/escaner.ts';
import { resumenLargo, SIMBOLOGIA, type TextosRegla } from './escaner-textos.ts';

export type ReglaSimbologiaProps = {
  simbologia: SimbologiaAjustable;
  /** Its length is a choice. */
  conLargo: boolean;
  value: TextosRegla;
  onValue: (value: TextosRegla) => void;
  error?: string | undefined;
};

/** Whether the camera reads one symbology and, where that is a choice, in which lengths. */
export function ReglaSimbologia({ simbologia, conLargo, value, onValue, error }: ReglaSimbologiaProps) {
  const { nombre, detalle } = SIMBOLOGIA[simbologia];
  const pon = (cambios: Partial<TextosRegla>) => onValue({ ...value, ...cambios });
  return (
    <li className="border-t border-line py-1 first:border-t-0">
      <Checkbox label={nombre} checked={value.lee} onChecked={(lee) => pon({ lee })} detail={detalle} />
      {conLargo && value.lee && (
        <details className="ms-10" open={error !== undefined || undefined}>
          <summary className="flex min-h-target items-center gap-2">
            <span className="min-w-0 flex-1">
              <span className="me-2 font-semi">Largo</span>
              <span className="text-ink-soft">{resumenLargo(value)}</span>
            </span>
            <ChevronDown aria-hidden />
          </summary>
          <div className="grid grid-cols-2 gap-3">
            <NumberField
              label="Desde"
              aria-label={`${nombre}, largo desde`}
              value={value.minimo}
              onValue={(minimo) => pon({ minimo })}
              disabled={value.largos.trim() !== ''}
            />
            <NumberField
              label="Hasta"
              aria-label={`${nombre}, largo hasta`}
              value={value.maximo}
              onValue={(maximo) => pon({ maximo })}
              disabled={value.largos.trim() !== ''}
            />
            <TextField
              className="col-span-2"
              label="Solo estos largos"
              aria-label={`${nombre}, solo estos largos`}
              value={value.largos}
              onValue={(largos) => pon({ largos })}
              placeholder="por ejemplo 12, 14"
              hint="Si los pones, desde y hasta ya no cuentan."
              inputMode="text"
              autoComplete="off"
            />
          </div>
        </details>
      )}
      {error !== undefined && (
        <p className="field-error ms-10" role="alert">
          <CircleAlert aria-hidden className="field-icon" />
          <span>{error}</span>
        </p>
      )}
    </li>
  );
}
