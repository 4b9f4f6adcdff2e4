import { useState } from 'react';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { AjustesPlaneacion } from '#shared/contracts/planeacion.ts';

export type AjustesHojaProps = { almacenId: string; open: boolean; onClose: () => void };

/** How this almacén is planned: the count of the day, and every how many days each class is counted. */
export function AjustesHoja({ almacenId, open, onClose }: AjustesHojaProps) {
  const consulta = useConsulta(
    ['planeacion', 'ajustes', almacenId],
    () => api.planeacion.ajustes.query({ almacenId }),
    { activa: open },
  );
  return (
    <Sheet open={open} onClose={onClose} title="Ajustes de planeación">
      <FallaEnLinea consulta={consulta} sinSenal="Los ajustes se cambian con señal." />
      {consulta.isPending && <Skeleton lines={5} />}
      {consulta.data && (
        <Formulario key={JSON.stringify(consulta.data)} ajustes={consulta.data} onListo={onClose} />
      )}
    </Sheet>
  );
}

type Textos = Record<'A' | 'B' | 'C' | 'umbralA' | 'umbralB' | 'minutos', string>;

function Formulario({ ajustes, onListo }: { ajustes: AjustesPlaneacion; onListo: () => void }) {
  const [diario, setDiario] = useState(ajustes.conteoDelDia);
  const [hora, setHora] = useState(String(ajustes.hora));
  const [abcPor, setAbcPor] = useState(ajustes.abcPor);
  const [t, setT] = useState<Textos>({
    A: String(ajustes.dias.A),
    B: String(ajustes.dias.B),
    C: String(ajustes.dias.C),
    umbralA: String(ajustes.umbralA),
    umbralB: String(ajustes.umbralB),
    minutos: String(ajustes.minutos),
  });
  const guarda = useOrden(
    (nuevos: AjustesPlaneacion) => api.planeacion.guarda.mutate(nuevos),
    ['planeacion'],
  );
  const nuevos = {
    ...ajustes,
    conteoDelDia: diario,
    hora: Number(hora),
    abcPor,
    minutos: Number(t.minutos),
    dias: { A: Number(t.A), B: Number(t.B), C: Number(t.C) },
    umbralA: Number(t.umbralA),
    umbralB: Number(t.umbralB),
  };
  const leidos = AjustesPlaneacion.safeParse(nuevos);
  const bien = leidos.success && nuevos.umbralB > nuevos.umbralA;
  const campo = (clave: keyof Textos, label: string, unit?: string) => (
    <NumberField
      label={label}
      {...(unit === undefined ? {} : { unit })}
      value={t[clave]}
      onValue={(v) => setT({ ...t, [clave]: v })}
    />
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (bien) guarda.mutate(nuevos, { onSuccess: onListo });
      }}
    >
      <Checkbox
        label="Hacer el conteo del día solo"
        detail="Cada mañana, ciego y para los almacenistas de la tienda, a tu nombre."
        checked={diario}
        onChecked={setDiario}
      />
      {diario && (
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="A las"
            value={hora}
            onValue={setHora}
            options={Array.from({ length: 24 }, (_, h) => ({ value: String(h), label: `${h}:00` }))}
          />
          {campo('minutos', 'De', 'minutos')}
        </div>
      )}
      <fieldset className="flex flex-col gap-3">
        <legend className="field-label">Días entre un conteo y otro</legend>
        <div className="grid grid-cols-3 gap-3">
          {campo('A', 'Clase A')}
          {campo('B', 'Clase B')}
          {campo('C', 'Clase C')}
        </div>
      </fieldset>
      <Select
        label="La clase se mide por"
        value={abcPor}
        onValue={(v) => setAbcPor(v === 'existencia' ? 'existencia' : 'ventas')}
        options={[
          { value: 'ventas', label: 'Venta de un año' },
          { value: 'existencia', label: 'Valor de la existencia' },
        ]}
        hint="Una clase que alguien fijó a mano se respeta. Lo demás cambia con la medición de la noche."
      />
      <div className="grid grid-cols-2 gap-3">
        {campo('umbralA', 'A hasta', '% del valor')}
        {campo('umbralB', 'B hasta', '% del valor')}
      </div>
      {!bien && (
        <Banner tone="warn" title="Revisa los números" role="status">
          Días de 1 a 730, minutos de 5 a 240, y el límite de B arriba del de A.
        </Banner>
      )}
      {guarda.isError && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {errorDe(guarda.error).mensaje}
        </Banner>
      )}
      <Button variant="primary" block type="submit" disabled={!bien} busy={guarda.isPending}>
        Guardar ajustes
      </Button>
    </form>
  );
}
