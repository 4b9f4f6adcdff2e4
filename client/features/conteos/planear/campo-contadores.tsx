import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { CheckboxGroup } from '#client/ui/checkbox-group.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { NOMBRE_ROL, type Rol } from '#shared/roles.ts';
import type { useAsignables } from '../revision/use-asignables.ts';
import { puedeContar } from './plan.ts';

export type CampoContadoresProps = {
  asignables: ReturnType<typeof useAsignables>;
  hayAlmacen: boolean;
  ciego: boolean;
  value: readonly string[];
  onValue: (value: string[]) => void;
  error?: string;
};

/** People of the shop as chips; who sees the book is off while the count is blind. */
export function CampoContadores({
  asignables,
  hayAlmacen,
  ciego,
  value,
  onValue,
  error,
}: CampoContadoresProps) {
  if (!hayAlmacen) {
    return (
      <fieldset className="field">
        <legend className="field-label">Contadores</legend>
        <p className="field-hint">Elige antes el almacén.</p>
      </fieldset>
    );
  }
  if (asignables.data === undefined) {
    return asignables.isError ? (
      <Banner
        tone="bad"
        role="alert"
        title="No se pudo ver quién puede contar"
        actions={
          <Button busy={asignables.isFetching} onClick={() => void asignables.refetch()}>
            Intentar otra vez
          </Button>
        }
      >
        {errorDe(asignables.error).mensaje}
      </Banner>
    ) : (
      <Skeleton lines={2} label="Buscando quién puede contar…" />
    );
  }
  const fuera = asignables.data.some(({ rol }) => !puedeContar(rol, ciego));
  return (
    <CheckboxGroup
      label="Contadores"
      options={asignables.data.map(({ id, nombre, rol }) => ({
        value: id,
        label: rol === 'almacenista' ? nombre : `${nombre} (${NOMBRE_ROL[rol as Rol]})`,
        disabled: !puedeContar(rol, ciego),
      }))}
      value={value}
      onValue={onValue}
      hint={
        fuera
          ? 'Quien ve existencias no puede contar a ciegas. Quita «Ciego» para elegirlo.'
          : 'El conteo llega a sus teléfonos en cuanto tengan señal.'
      }
      error={error}
    />
  );
}
