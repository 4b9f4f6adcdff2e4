import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import {
  aCampoLocal,
  deCampoLocal,
  nombreDeAlmacen,
  useZonaDeTienda,
} from '#client/features/transacciones/index.ts';
import { newId, now } from '#client/offline/clock.ts';
import { type Identidad, sincronizaYa, type useAlmacenes, useCategorias } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { RadioList } from '#client/ui/radio-list.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { useAsignables } from '../revision/use-asignables.ts';
import { CampoContadores } from './campo-contadores.tsx';
import type { OtroConteo } from './campo-otro-conteo.tsx';
import { CamposAlcance } from './campos-alcance.tsx';
import { CamposOpcionales } from './campos-opcionales.tsx';
import { campoDelError, type ErroresPlan, nombreSugerido, PLAN_VACIO, type Plan, REPARTOS } from './plan.ts';
import { deAjustes, type TextosTol, TOL_VACIAS } from './tolerancias.ts';
import { validaPlan } from './valida-plan.ts';

export type PlanFormProps = {
  /** Of the button outside of the form. */
  formId: string;
  identidad: Identidad;
  almacenes: NonNullable<ReturnType<typeof useAlmacenes>>;
  /** The closed conteo that the new one corrects, and its almacén. */
  corrige: (OtroConteo & { almacenId: string }) | undefined;
  onEnviando: (enviando: boolean) => void;
};

/** The form `Planear conteo`. Its id is made once: however often it is sent, it is one conteo. */
export function PlanForm({ formId, identidad, almacenes, corrige, onEnviando }: PlanFormProps) {
  const navigate = useNavigate();
  const categorias = useCategorias();
  const [id] = useState(newId);
  const soloPruebas = !PLANEA_CONTEOS.includes(identidad.rol);
  const [llenado, setLlenado] = useState<Omit<Plan, 'tolerancias'>>({
    ...PLAN_VACIO,
    almacenId: corrige?.almacenId ?? (almacenes.length === 1 ? almacenes[0]!.id : ''),
    corrigeA: corrige?.id ?? '',
    // An auditor sees the book, so theirs is not blind, and is counted by themself.
    ...(soloPruebas ? { proposito: 'prueba', ciego: false, contadores: [identidad.usuarioId] } : {}),
  });
  const [corregido, setCorregido] = useState<string | null>(corrige?.folio ?? null);
  const [tocadas, setTocadas] = useState<TextosTol>();
  const deEmpresa = useConsulta(['ajustes', 'tolerancias'], () => api.ajustes.tolerancias.query());
  const [errores, setErrores] = useState<ErroresPlan>({});
  const [falla, setFalla] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const enCurso = useRef(false);
  const plan: Plan = {
    ...llenado,
    tolerancias: tocadas ?? (deEmpresa.data === undefined ? TOL_VACIAS : deAjustes(deEmpresa.data)),
  };
  const almacen = almacenes.find((uno) => uno.id === plan.almacenId);
  const zona = useZonaDeTienda(almacen?.tiendaId);
  const asignables = useAsignables(plan.almacenId || null, plan.proposito);
  const crea = useOrden((args: CreaConteo) => api.conteos.crea.mutate(args), ['historial']);
  const pon = (cambios: Partial<Plan>) => setLlenado((antes) => ({ ...antes, ...cambios }));
  const categoria = categorias?.find((uno) => uno.id === plan.categoriaId)?.nombre;
  const nombraA = plan.corrigeA === '' ? null : corregido;

  const alPrimerError = () =>
    setTimeout(() => {
      const campo = form.current?.querySelector('.field-error')?.closest('.field');
      const dentro = campo?.querySelector<HTMLElement>('input:enabled, select, textarea');
      (dentro ?? form.current?.querySelector<HTMLElement>('[aria-invalid]'))?.focus();
      campo?.scrollIntoView({ block: 'center' });
    });

  const envia = async () => {
    if (enCurso.current) return;
    enCurso.current = true;
    setFalla(undefined);
    onEnviando(true);
    try {
      // Sent before the company's tolerances came: they are waited for, not left out.
      const leidas = tocadas === undefined && deEmpresa.data === undefined ? await deEmpresa.refetch() : null;
      if (leidas?.isError) throw leidas.error;
      const salida = validaPlan(
        leidas?.data === undefined ? plan : { ...plan, tolerancias: deAjustes(leidas.data) },
        {
          id,
          zona,
          ahora: now().getTime(),
          deCampo: deCampoLocal,
          categoria,
          corregido: nombraA,
          roles: new Map((asignables.data ?? []).map((persona) => [persona.id, persona.rol])),
        },
      );
      setErrores(salida.ok ? {} : salida.errores);
      if (!salida.ok) {
        alPrimerError();
        return;
      }
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
      {soloPruebas && (
        <Banner tone="info" title="Conteo de prueba">
          Se compara con el libro y, si quieres, con otro conteo. Nunca mueve existencias.
        </Banner>
      )}
      {nombraA !== null && (
        <Banner tone="info" title={`Corrige al conteo ${nombraA}`}>
          Aquel queda como se firmó. Lo que apruebes en este vale desde que se cuente.
        </Banner>
      )}
      <TextField
        label="Nombre"
        value={plan.nombre}
        onValue={(nombre) => pon({ nombre })}
        placeholder={nombreSugerido(plan, categoria, nombraA)}
        hint="Si lo dejas vacío se llama como lo que se cuenta."
        error={errores.nombre}
        autoComplete="off"
      />
      <Select
        label="Almacén"
        value={plan.almacenId}
        onValue={(almacenId) =>
          pon({
            almacenId,
            zonas: [],
            ubicacionIds: [],
            contadores: soloPruebas ? [identidad.usuarioId] : [],
            corrigeA: almacenId === corrige?.almacenId ? corrige.id : '',
            comparaCon: '',
          })
        }
        options={almacenes.map((uno) => ({ value: uno.id, label: nombreDeAlmacen(uno) }))}
        placeholder="Elige un almacén"
        error={errores.almacen}
      />
      <CamposAlcance plan={plan} onCambia={pon} errores={errores} />
      <Checkbox
        label="Ciego"
        checked={plan.ciego}
        onChecked={(ciego) => pon({ ciego })}
        detail="Quien cuenta no ve cuánto debería haber."
      />
      {plan.ciego && (
        <Checkbox
          label="Revisión también a ciegas"
          checked={plan.dobleCiego}
          onChecked={(dobleCiego) => pon({ dobleCiego })}
          detail="Doble ciego: quien revisa tampoco ve cifras hasta que lleguen todas las partes."
        />
      )}
      <CampoContadores
        asignables={asignables}
        hayAlmacen={plan.almacenId !== ''}
        ciego={plan.ciego}
        value={plan.contadores}
        onValue={(contadores) => pon({ contadores })}
        error={errores.contadores}
      />
      <RadioList
        label="Reparto"
        value={plan.reparto}
        onValue={(valor) => pon({ reparto: valor as Plan['reparto'] })}
        options={REPARTOS}
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
      <CamposOpcionales
        plan={plan}
        onCambia={pon}
        onTolerancias={setTocadas}
        onCorregido={setCorregido}
        corrige={corrige?.almacenId === plan.almacenId ? corrige : undefined}
        soloPruebas={soloPruebas}
        errores={errores}
      />
    </form>
  );
}
