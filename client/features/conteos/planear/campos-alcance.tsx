import { useCategorias } from '#client/offline/index.ts';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { CampoProductos } from './campo-productos.tsx';
import { CampoUbicaciones } from './campo-ubicaciones.tsx';
import { ALCANCES, type ErroresPlan, type Plan } from './plan.ts';

export type CamposAlcanceProps = {
  plan: Plan;
  onCambia: (cambios: Partial<Plan>) => void;
  errores: ErroresPlan;
};

/** What is counted: the kind of scope and, below it, its own choice. */
export function CamposAlcance({ plan, onCambia, errores }: CamposAlcanceProps) {
  const categorias = useCategorias();
  const alcance = ALCANCES.find(({ value }) => value === plan.alcance);
  return (
    <>
      <Select
        label="Alcance"
        value={plan.alcance}
        onValue={(valor) => onCambia({ alcance: valor as Plan['alcance'] })}
        options={ALCANCES.map(({ value, label }) => ({ value, label }))}
        hint={alcance?.detalle}
        error={errores.alcance}
      />
      {plan.alcance === 'ubicaciones' && (
        <CampoUbicaciones
          almacenId={plan.almacenId}
          zonas={plan.zonas}
          ubicacionIds={plan.ubicacionIds}
          onCambia={onCambia}
          error={errores.ubicaciones}
        />
      )}
      {plan.alcance === 'categoria' && (
        <Select
          label="Categoría"
          value={plan.categoriaId}
          onValue={(categoriaId) => onCambia({ categoriaId })}
          options={(categorias ?? []).map((uno) => ({ value: uno.id, label: uno.path ?? uno.nombre }))}
          placeholder="Elige una categoría"
          error={errores.categoria}
        />
      )}
      {plan.alcance === 'abc' && (
        <Segmented
          label="Clase"
          showLabel
          value={plan.claseAbc}
          onValue={(claseAbc) => onCambia({ claseAbc })}
          options={['A', 'B', 'C'].map((clase) => ({ value: clase, label: clase }))}
        />
      )}
      {plan.alcance === 'lista' && (
        <CampoProductos
          productos={plan.productos}
          onProductos={(productos) => onCambia({ productos })}
          error={errores.productos}
        />
      )}
    </>
  );
}
