import type { SelectOption } from '#client/ui/select.tsx';
import type { Campo } from '#shared/domain/catalogo/campo.ts';
import { CampoEditable } from './campo-editable.tsx';
import type { Edicion } from './use-edicion.ts';

export type CamposProps = {
  edicion: Edicion;
  campos: readonly Campo[];
  /** By field. */
  opciones?: Readonly<Record<string, readonly SelectOption[]>>;
  hints?: Readonly<Record<string, string | undefined>>;
};

/** Fields in order: one a line on a phone, two on a PC; texts of several lines take the whole width. */
export function Campos({ edicion, campos, opciones = {}, hints = {} }: CamposProps) {
  return (
    <div className="grid gap-4 pc:grid-cols-2">
      {campos.map((campo) => (
        <div key={campo.campo} className={campo.tipo === 'area' ? 'pc:col-span-2' : undefined}>
          <CampoEditable
            campo={campo}
            valor={edicion.valores[campo.campo] ?? null}
            onValor={(valor) => edicion.pon(campo.campo, valor)}
            error={edicion.errores[campo.campo]}
            hint={hints[campo.campo]}
            opciones={opciones[campo.campo]}
          />
        </div>
      ))}
    </div>
  );
}
