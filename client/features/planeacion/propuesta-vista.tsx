import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { CheckboxGroup } from '#client/ui/checkbox-group.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { plural } from '#shared/formato.ts';
import { AjustesHoja } from './ajustes-hoja.tsx';
import { Renglones } from './renglones.tsx';
import { alterna, conteoDe, elegidos, minutosDe, SIN_CAMBIOS } from './seleccion.ts';

export type PropuestaVistaProps = {
  almacenId: string;
  minutos: number;
  /** Puts the proposal on the screen, its main action where the thumb is. */
  marco: (contenido: ReactNode, acciones?: ReactNode) => ReactNode;
};

/** The proposal of an almacén for so many minutes: edited here, made a conteo in one tap. */
export function PropuestaVista({ almacenId, minutos, marco }: PropuestaVistaProps) {
  const navigate = useNavigate();
  const consulta = useConsulta(
    ['planeacion', 'propone', almacenId, minutos],
    () => api.planeacion.propone.query({ almacenId, minutos }),
    // What is being edited does not change under the finger.
    { fresca: Number.POSITIVE_INFINITY },
  );
  const gente = useConsulta(['asignables', almacenId, 'conteo'], () =>
    api.conteos.asignables.query({ almacenId, proposito: 'conteo' }),
  );
  const crea = useOrden((conteo: CreaConteo) => api.conteos.crea.mutate(conteo), ['planeacion']);
  const [id] = useState(newId);
  const [cambios, setCambios] = useState(SIN_CAMBIOS);
  const [contadores, setContadores] = useState<string[]>();
  const [ajustando, setAjustando] = useState(false);
  const propuesta = consulta.data;
  // The count is blind: who sees the book does not count in it.
  const almacenistas = (gente.data ?? []).filter(({ rol }) => rol === 'almacenista');
  const quienes = contadores ?? almacenistas.map((u) => u.id);
  if (propuesta === undefined)
    return marco(
      <>
        <FallaEnLinea consulta={consulta} sinSenal="Qué contar lo calcula el servidor." />
        {consulta.isPending && <Skeleton lines={8} look="rows" label="Eligiendo qué contar…" />}
      </>,
    );
  const ids = elegidos(propuesta, cambios);
  const lista = new Set(ids);
  const [caben, siguen] = [
    propuesta.renglones.slice(0, propuesta.caben),
    propuesta.renglones.slice(propuesta.caben),
  ];
  const elige = (cabe: boolean) => (productoId: string, entra: boolean) =>
    setCambios(alterna(cambios, productoId, cabe, entra));
  const haz = () =>
    crea.mutate(conteoDe(id, almacenId, propuesta, ids, quienes), {
      onSuccess: () => void navigate({ to: '/conteos' }),
    });
  const acciones = propuesta.renglones.length > 0 && (
    <Button
      variant="primary"
      block
      busy={crea.isPending}
      disabled={ids.length === 0 || quienes.length === 0}
      onClick={haz}
    >
      Hacer conteo: {plural(ids.length, 'producto', 'productos')},{' '}
      {plural(minutosDe(propuesta, ids), 'minuto', 'minutos')}
    </Button>
  );
  return marco(
    <>
      <p className="text-lg font-semi" role="status">
        {propuesta.frase}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button busy={consulta.isFetching} onClick={() => void consulta.refetch()}>
          Proponer otra vez
        </Button>
        <Button onClick={() => setAjustando(true)}>Ajustes</Button>
      </div>
      <FallaEnLinea consulta={consulta} sinSenal="Lo propuesto es de cuando hubo señal." />
      <Renglones
        titulo="Lo de hoy"
        detalle="Los motivos solo los ves tú: el conteo llega ciego a los teléfonos."
        renglones={caben}
        elegidos={lista}
        onElige={elige(true)}
      />
      <Renglones
        titulo="También podrían"
        renglones={siguen.slice(0, 20)}
        elegidos={lista}
        onElige={elige(false)}
      />
      {propuesta.renglones.length > 0 && (
        <>
          <CheckboxGroup
            label="Quién cuenta"
            value={quienes}
            onValue={setContadores}
            options={almacenistas.map((u) => ({ value: u.id, label: u.nombre }))}
            hint={
              gente.data !== undefined && almacenistas.length === 0
                ? 'Esta tienda no tiene almacenistas: invita a uno en Usuarios.'
                : undefined
            }
          />
          {crea.isError && (
            <Banner tone="bad" title="No se hizo el conteo" role="alert">
              {errorDe(crea.error).mensaje}
            </Banner>
          )}
        </>
      )}
      <AjustesHoja almacenId={almacenId} open={ajustando} onClose={() => setAjustando(false)} />
    </>,
    acciones,
  );
}
