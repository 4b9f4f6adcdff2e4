import { Checkbox } from '#client/ui/checkbox.tsx';
import { Select, type SelectOption } from '#client/ui/select.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { Campo, Valor } from '#shared/domain/catalogo/campo.ts';

export type CampoEditableProps = {
  campo: Campo;
  valor: Valor;
  onValor: (valor: Valor) => void;
  error?: string | undefined;
  hint?: string | undefined;
  /** Choices of an `id`: what it points to. */
  opciones?: readonly SelectOption[] | undefined;
};

const PESOS = new Set(['dinero', 'costo']);

/** The control that a field of the catalogue asks for, by its type. */
export function CampoEditable({ campo, valor, onValor, error, hint, opciones }: CampoEditableProps) {
  const texto = typeof valor === 'string' ? valor : '';
  if (campo.tipo === 'si_no')
    return <Checkbox label={campo.nombre} checked={valor === true} onChecked={onValor} detail={hint} />;
  if (campo.tipo === 'opcion' || campo.tipo === 'id') {
    return (
      <Select
        label={campo.nombre}
        value={texto}
        onValue={(v) => onValor(v === '' ? null : v)}
        options={opciones ?? campo.opciones ?? []}
        {...(campo.requerido ? {} : { placeholder: 'Sin elegir' })}
        hint={hint}
        error={error}
      />
    );
  }
  if (campo.tipo === 'area')
    return <TextArea label={campo.nombre} value={texto} onValue={onValor} hint={hint} error={error} />;
  const numero = campo.tipo === 'cantidad' || campo.tipo === 'entero' || PESOS.has(campo.tipo);
  return (
    <TextField
      label={campo.nombre}
      value={texto}
      onValue={onValor}
      hint={hint}
      error={error}
      autoComplete="off"
      {...(numero ? { inputMode: 'decimal' as const } : {})}
      leading={PESOS.has(campo.tipo) ? '$' : undefined}
    />
  );
}
