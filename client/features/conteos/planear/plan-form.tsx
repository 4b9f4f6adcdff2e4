import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import {
  aCampoLocal,
  deCampoLocal,
  nombreDeAlmacen,
  useZonaDeTienda,
} from '#client/features/transacciones/index.ts';
import { newId, now } from '#client/offline/clock.ts';
import { sincronizaYa, type useAlmacenes, useCategorias } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { useAsignables } from '../revision/use-asignables.ts';
import { CampoContadores } from './campo-contadores.tsx';
import { CampoProductos } from './campo-productos.tsx';
import { CampoUbicaciones } from './campo-ubicaciones.tsx';
import {
  ALCANCES,
  campoDelError,
  type ErroresPlan,
  nombreSugerido,
  PLAN_VACIO,
  type Plan,
  REPARTOS,
  validaPlan,
} from './plan.ts';

export type PlanFormProps = {
  /** Of the button outside of the form. */
  formId: string;
  almacenes: NonNullable<ReturnType<typeof useAlmacenes>>;
  onEnviando: (enviando: boolean) => void;
};

/** The form `Planear conteo`. Its id is made once: however often it is sent, it is one conteo. */
export function PlanForm({ formId, almacenes, onEnviando }: PlanFormProps) {
  const navigate = useNavigate();
  const categorias = useCategorias();
  const [id] = useState(newId);
  const [plan, setPlan] = useState<Plan>({
    ...PLAN_VACIO,
    almacenId: almacenes.length === 1 ? almacenes[0]!.id : '',
  });
  const [errores, setErrores] = useState<ErroresPlan>({});
  const [falla, setFalla] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const enCurso = useRef(false);
  const almacen = almacenes.find((uno) => uno.id === plan.almacenId);
  const zona = useZonaDeTienda(almacen?.tiendaId);
  const asignables = useAsignables(plan.almacenId || null);
  const crea = useOrden((args: CreaConteo) => api.conteos.crea.mutate(args), ['historial']);
  const pon = (cambios: Partial<Plan>) => setPlan((antes) => ({ ...antes, ...cambios }));
  const categoria = categorias?.find((uno) => uno.id === plan.categoriaId)?.nombre;
  const alcance = ALCANCES.find(({ value }) => value === plan.alcance);
  const reparto = REPARTOS.find(({ value }) => value === plan.reparto);

  const alPrimerError = () =>
    setTimeout(() => {
      const campo = form.current?.querySelector('.field-error')?.closest('.field');
      campo?.querySelector<HTMLElement>('input:enabled, select, textarea')?.focus();
      campo?.scrollIntoView({ block: 'center' });
    });

  const envia = async () => {
    if (enCurso.current) return;
    const salida = validaPlan(plan, {
      id,
      zona,
      ahora: now().getTime(),
      deCampo: deCampoLocal,
      categoria,
      roles: new Map((asignables.data ?? []).map((persona) => [persona.id, persona.rol])),
    });
    setErrores(salida.ok ? {} : salida.errores);
    setFalla(undefined);
    if (!salida.ok) {
      alPrimerError();
      return;
    }
    enCurso.current = true;
    onEnviando(true);
    try {
      const { folio } = await crea.mutateAsync(salida.value);
      sincronizaYa('manual');
      await navigate({ to: '/conteos', search: { creado: folio } as never, replace: true });
    } catch (error) {
      const { code, mensaje } = errorDe(error);
      const campo = campoDelError(code);
      if (campo === null) setFalla(mensaje);
      else setErrores({ [campo]: mensaje });
      alPrimerError();
    } finally {
      enCurso.current = false;
      onEnviando(false);
    }
  };

  return (
    <form
      id={formId}
      ref={form}
      aria-label="Planear conteo"
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void envia();
      }}
    >
      {falla && (
        <Banner tone="bad" role="alert" title="No se creó el conteo">
          {falla} Lo que llenaste sigue aquí.
        </Banner>
      )}
      <TextField
        label="Nombre"
        value={plan.nombre}
        onValue={(nombre) => pon({ nombre })}
        placeholder={nombreSugerido(plan, categoria)}
        hint="Si lo dejas vacío se llama como lo que se cuenta."
        error={errores.nombre}
        autoComplete="off"
      />
      <Select
        label="Almacén"
        value={plan.almacenId}
        onValue={(almacenId) => pon({ almacenId, zonas: [], ubicacionIds: [], contadores: [] })}
        options={almacenes.map((uno) => ({ value: uno.id, label: nombreDeAlmacen(uno) }))}
        placeholder="Elige un almacén"
        error={errores.almacen}
      />
      <Select
        label="Alcance"
        value={plan.alcance}
        onValue={(valor) => pon({ alcance: valor as Plan['alcance'] })}
        options={ALCANCES.map(({ value, label }) => ({ value, label }))}
        hint={alcance?.detalle}
        error={errores.alcance}
      />
      {plan.alcance === 'ubicaciones' && (
        <CampoUbicaciones
          almacenId={plan.almacenId}
          zonas={plan.zonas}
          ubicacionIds={plan.ubicacionIds}
          onCambia={pon}
          error={errores.ubicaciones}
        />
      )}
      {plan.alcance === 'categoria' && (
        <Select
          label="Categoría"
          value={plan.categoriaId}
          onValue={(categoriaId) => pon({ categoriaId })}
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
          onValue={(claseAbc) => pon({ claseAbc })}
          options={['A', 'B', 'C'].map((clase) => ({ value: clase, label: clase }))}
        />
      )}
      {plan.alcance === 'lista' && (
        <CampoProductos
          productos={plan.productos}
          onProductos={(productos) => pon({ productos })}
          error={errores.productos}
        />
      )}
      <Checkbox
        label="Ciego"
        checked={plan.ciego}
        onChecked={(ciego) => pon({ ciego })}
        detail="Quien cuenta no ve cuánto debería haber."
      />
      <CampoContadores
        asignables={asignables}
        hayAlmacen={plan.almacenId !== ''}
        ciego={plan.ciego}
        value={plan.contadores}
        onValue={(contadores) => pon({ contadores })}
        error={errores.contadores}
      />
      <Select
        label="Reparto"
        value={plan.reparto}
        onValue={(valor) => pon({ reparto: valor as Plan['reparto'] })}
        options={REPARTOS.map(({ value, label }) => ({ value, label }))}
        hint={reparto?.detalle}
      />
      <TextField
        type="datetime-local"
        label="Vence"
        value={plan.vence}
        onValue={(vence) => pon({ vence })}
        min={aCampoLocal(now().getTime(), zona)}
        hint={`Opcional: avisa, no bloquea.${almacen ? ` Hora de ${almacen.tiendaNombre}.` : ''}`}
        error={errores.vence}
      />
      <details
        className="border-t border-line pt-2"
        open={Boolean(errores.tolUnidades || errores.tolPorcentaje || errores.tolPesos) || undefined}
      >
        <summary className="flex min-h-target items-center font-bold">Tolerancias</summary>
        <p className="pb-3 text-ink-soft">
          Dentro de la tolerancia no hace falta recontar. Si pones varias, debe pasar todas.
        </p>
        <div className="grid gap-4 tablet:grid-cols-3">
          <NumberField
            label="Unidades"
            value={plan.tolUnidades}
            onValue={(tolUnidades) => pon({ tolUnidades })}
            decimals={3}
            error={errores.tolUnidades}
          />
          <NumberField
            label="Porcentaje (%)"
            value={plan.tolPorcentaje}
            onValue={(tolPorcentaje) => pon({ tolPorcentaje })}
            decimals={2}
            unit="%"
            error={errores.tolPorcentaje}
          />
          <NumberField
            label="Pesos"
            value={plan.tolPesos}
            onValue={(tolPesos) => pon({ tolPesos })}
            decimals={2}
            unit="pesos"
            error={errores.tolPesos}
          />
        </div>
      </details>
    </form>
  );
}
