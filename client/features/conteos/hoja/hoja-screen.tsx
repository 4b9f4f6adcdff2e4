import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useBlockUpdate } from '#client/app/use-update.ts';
import { type ConteoDetalle, type Identidad, useConteo, useIdentidad } from '#client/offline/index.ts';
import { type DatosHoja, leeHoja } from '#client/offline/papel.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tabs } from '#client/ui/tabs.tsx';
import { PAGINAS_LIBRES_MAXIMO } from '#shared/domain/hoja-conteo.ts';
import { planeaEn } from '#shared/roles.ts';
import { BotonHoja } from './boton-hoja.tsx';
import { CapturaPaginas } from './captura-paginas.tsx';
import { ImportarConteo } from './importar-conteo.tsx';
import { noPuedeCapturar } from './puede-capturar.ts';
import './hoja.css';

type Busqueda = { pagina?: number; modo?: string };

/** `/conteos/:id/hoja`: a count that was made on paper, row by row or from a table. Works without signal. */
export function HojaScreen({ conteoId }: { conteoId: string }) {
  const conteo = useConteo(conteoId);
  const persona = useIdentidad();
  const navigate = useNavigate();
  useBlockUpdate();
  const regresa = () => navigate({ to: '/conteos/$conteoId', params: { conteoId } });
  const motivo = conteo == null || persona == null ? null : noPuedeCapturar(conteo, persona);
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title="Hoja"
          eyebrow={conteo?.nombre || conteo?.folio || ''}
          onBack={regresa}
          status={<EstadoEnvio corto />}
        />
      }
    >
      {conteo === undefined || persona === undefined ? (
        <Skeleton />
      ) : conteo === null || persona === null ? (
        <EmptyState title="Ese conteo no está en este teléfono">
          Conéctate un momento para bajarlo, o pide a tu gerente que te lo asigne.
        </EmptyState>
      ) : motivo !== null ? (
        <ForbiddenState
          title="Esta hoja la captura otra persona"
          actions={
            planeaEn(conteo.proposito).includes(persona.rol) && (
              <BotonHoja conteoId={conteo.id} folio={conteo.folio} />
            )
          }
        >
          {motivo}
        </ForbiddenState>
      ) : (
        <Captura key={`${conteo.id}:${conteo.intento}`} conteo={conteo} persona={persona} />
      )}
    </Screen>
  );
}

function Captura({ conteo, persona }: { conteo: ConteoDetalle; persona: Identidad }) {
  const { pagina = 1, modo = 'hoja' } = useSearch({ strict: false }) as Busqueda;
  const navigate = useNavigate();
  const [paginasLibres, setPaginasLibres] = useState(Math.max(2, pagina));
  const [hoja, setHoja] = useState<DatosHoja | null>(null);
  const libre = conteo.productoIds === null;
  const cuantos = conteo.productoIds?.length ?? 0;
  // The list of a conteo is fixed; it is read again only while its products are still coming down.
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: each saved row makes a new `conteo` with the same list.
  useEffect(() => {
    let vigente = true;
    void leeHoja(conteo, paginasLibres).then((leida) => vigente && setHoja(leida));
    return () => {
      vigente = false;
    };
  }, [conteo.id, conteo.intento, cuantos, paginasLibres]);
  const ve = (busqueda: Busqueda) =>
    navigate({
      to: '/conteos/$conteoId/hoja',
      params: { conteoId: conteo.id },
      search: { pagina, modo, ...busqueda },
      replace: true,
      resetScroll: false,
    });
  const cerrado = conteo.estado === 'cerrado' || conteo.estado === 'cancelado';
  return (
    <>
      {cerrado && (
        <Banner tone="warn" title={`Este conteo ya está ${conteo.estado}`}>
          Lo que captures se guarda y llega como tardío: no cambia lo aprobado, y tu gerente decide.
        </Banner>
      )}
      {conteo.parteTerminadaEn !== null && !cerrado && (
        <Banner tone="info" title="Ya enviaste tu parte">
          Lo que captures se suma a ella. Al terminar vuelve al conteo y envíala otra vez.
        </Banner>
      )}
      <Tabs
        label="Cómo viene el conteo"
        current={modo}
        onCurrent={(cual) => ve({ modo: cual })}
        items={[
          {
            key: 'hoja',
            label: 'Hoja impresa',
            panel:
              hoja === null ? (
                <Skeleton />
              ) : (
                <>
                  <CapturaPaginas
                    conteo={conteo}
                    hoja={hoja}
                    persona={persona}
                    numero={pagina}
                    onNumero={(numero) => ve({ pagina: numero })}
                    onListo={() => navigate({ to: '/conteos/$conteoId', params: { conteoId: conteo.id } })}
                    onOtraPagina={
                      libre && paginasLibres < PAGINAS_LIBRES_MAXIMO
                        ? () => setPaginasLibres((n) => n + 1)
                        : undefined
                    }
                  />
                  <BotonHoja
                    conteoId={conteo.id}
                    folio={conteo.folio}
                    {...(libre ? { paginas: paginasLibres } : {})}
                  />
                </>
              ),
          },
          {
            key: 'archivo',
            label: 'Archivo o lista',
            panel: <ImportarConteo conteo={conteo} persona={persona} zona={hoja?.zona} />,
          },
        ]}
      />
    </>
  );
}
