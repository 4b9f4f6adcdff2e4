import ChevronDown from 'lucide-react/icons/chevron-down';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { CampoOtroConteo, type OtroConteo } from './campo-otro-conteo.tsx';
import { CampoTolerancias } from './campo-tolerancias.tsx';
import type { ErroresPlan, Plan } from './plan.ts';
import { resumenTol, type TextosTol } from './tolerancias.ts';

export type CamposOpcionalesProps = {
  plan: Plan;
  onCambia: (cambios: Partial<Plan>) => void;
  onTolerancias: (tolerancias: TextosTol) => void;
  onCorregido: (folio: string | null) => void;
  /** The conteo whose correction was asked for. */
  corrige: OtroConteo | undefined;
  /** Who plans only test counts has nothing to choose. */
  soloPruebas: boolean;
  errores: ErroresPlan;
};

/** What most plans leave as it is: tolerances, which conteo it corrects, and whether it is a test. */
export function CamposOpcionales({
  plan,
  onCambia,
  onTolerancias,
  onCorregido,
  corrige,
  soloPruebas,
  errores,
}: CamposOpcionalesProps) {
  const conTolMala = Object.keys(errores).some((campo) => campo.startsWith('tol.'));
  const prueba = plan.proposito === 'prueba';
  return (
    <>
      {!prueba && (
        <details className="border-t border-line pt-2" open={conTolMala || undefined}>
          <summary className="flex min-h-target items-center gap-3">
            <span className="flex-1">
              <span className="me-3 font-bold">Tolerancias</span>
              <span className="text-sm text-ink-soft">{resumenTol(plan.tolerancias) ?? 'sin poner'}</span>
            </span>
            <ChevronDown aria-hidden />
          </summary>
          <p className="pb-3 text-ink-soft">
            Empiezan con las de la empresa. Dentro de la tolerancia no hace falta recontar; la diferencia se
            ajusta igual. Si pones varias en un renglón debe pasar todas, y una clase sin nada va con la
            general.
          </p>
          <CampoTolerancias value={plan.tolerancias} onValue={onTolerancias} errores={errores} />
        </details>
      )}
      <div className="flex flex-col gap-4 border-t border-line pt-4">
        {!soloPruebas && (
          <Checkbox
            label="Conteo de prueba"
            checked={prueba}
            onChecked={(si) => onCambia({ proposito: si ? 'prueba' : 'conteo' })}
            detail="Se compara y se guarda el resultado, pero nunca mueve existencias. También lo cuenta un auditor."
          />
        )}
        {prueba ? (
          <CampoOtroConteo
            key="comparar"
            para="comparar"
            almacenId={plan.almacenId}
            value={plan.comparaCon}
            onValue={(comparaCon) => onCambia({ comparaCon })}
            error={errores.comparaCon}
          />
        ) : (
          <CampoOtroConteo
            key="corregir"
            para="corregir"
            almacenId={plan.almacenId}
            value={plan.corrigeA}
            onValue={(corrigeA, folio) => {
              onCambia({ corrigeA });
              onCorregido(folio);
            }}
            fijo={corrige}
            error={errores.corrigeA}
          />
        )}
      </div>
    </>
  );
}
