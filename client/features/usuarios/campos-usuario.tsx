import { CheckboxGroup, type ChipOption } from '#client/ui/checkbox-group.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Select } from '#client/ui/select.tsx';
import { NOMBRE_ROL, ROLES, type Rol } from '#shared/roles.ts';

export type DatosUsuario = { rol: Rol; tiendaIds: string[]; limite: string };

const OPCIONES = ROLES.map((rol) => ({ value: rol, label: NOMBRE_ROL[rol] }));

export type CamposUsuarioProps = {
  datos: DatosUsuario;
  onDatos: (datos: DatosUsuario) => void;
  tiendas: readonly ChipOption[];
};

/** Role, shops and limit: the same questions for who is invited and who is changed. */
export function CamposUsuario({ datos, onDatos, tiendas }: CamposUsuarioProps) {
  return (
    <>
      <Select
        label="Rol"
        value={datos.rol}
        onValue={(rol) => onDatos({ ...datos, rol: rol as Rol })}
        options={OPCIONES}
        hint={datos.rol === 'almacenista' ? 'Cuenta a ciegas: nunca ve existencias.' : undefined}
      />
      {datos.rol !== 'admin' && (
        <CheckboxGroup
          label="Tiendas"
          options={tiendas}
          value={datos.tiendaIds}
          onValue={(tiendaIds) => onDatos({ ...datos, tiendaIds })}
        />
      )}
      {datos.rol === 'gerente' && (
        <NumberField
          label="Límite por ajuste"
          unit="pesos"
          decimals={2}
          value={datos.limite}
          onValue={(limite) => onDatos({ ...datos, limite })}
          hint="Arriba de esto lo aprueba un administrador. Vacío: sin límite."
        />
      )}
    </>
  );
}
