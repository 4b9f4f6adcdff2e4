import { Link, useNavigate } from '@tanstack/react-router';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { usePorFirmar } from '#client/features/firmas/index.ts';
import { now } from '#client/offline/clock.ts';
import {
  type ConteoVista,
  type Identidad,
  useConteos,
  useEstadoEnvio,
  useIdentidad,
} from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { CerradosRecientes } from './cerrados-recientes.tsx';
import { dePorFirmar, pendientesDe } from './pendientes.ts';
import { useMiSemana } from './use-mi-semana.ts';

/** What needs me now, my week, and how the last counts came out. */
export function TableroScreen() {
  const identidad = useIdentidad();
  const conteos = useConteos();
  return (
    <Screen width="wide" header={<AppHeader title="Tablero" status={<EstadoEnvio />} />}>
      {!identidad || conteos === undefined ? (
        <Skeleton lines={6} look="rows" />
      ) : (
        <Contenido identidad={identidad} conteos={conteos} />
      )}
    </Screen>
  );
}

function Contenido({ identidad, conteos }: { identidad: Identidad; conteos: readonly ConteoVista[] }) {
  const revisa = REVISA_CONTEOS.includes(identidad.rol);
  return (
    <>
      <Ahora conteos={conteos} revisa={revisa} />
      <MiSemana usuarioId={identidad.usuarioId} />
      {revisa && (
        <section aria-labelledby="cerrados" className="flex flex-col gap-2">
          <h2 id="cerrados" className="card-title">
            Últimos conteos cerrados
          </h2>
          <CerradosRecientes />
        </section>
      )}
    </>
  );
}

function Ahora({ conteos, revisa }: { conteos: readonly ConteoVista[]; revisa: boolean }) {
  const navigate = useNavigate();
  const envio = useEstadoEnvio();
  const porFirmar = usePorFirmar().data ?? [];
  const { atrasados, enRevision, abiertos } = pendientesDe(conteos, revisa, now().getTime());
  const nada =
    atrasados.length +
      enRevision.length +
      abiertos.length +
      porFirmar.length +
      envio.rechazadas +
      envio.pendientes ===
    0;
  return (
    <section aria-labelledby="ahora" className="flex flex-col gap-2">
      <h2 id="ahora" className="card-title">
        Te necesita ahora
      </h2>
      {envio.rechazadas > 0 && (
        <Banner
          tone="bad"
          title={plural(envio.rechazadas, 'dato necesita que lo revises', 'datos necesitan que los revises')}
          actions={<Button onClick={() => void navigate({ to: '/mas/envios' })}>Ver envíos</Button>}
        >
          El servidor no los aplicó. Están guardados completos, con la razón.
        </Banner>
      )}
      {envio.pendientes > 0 && (
        <Banner
          tone="warn"
          title={plural(
            envio.pendientes,
            'dato está solo en este teléfono',
            'datos están solo en este teléfono',
          )}
        >
          Salen solos al volver la señal; no borres la app.
        </Banner>
      )}
      {nada ? (
        <p className="text-ink-soft">Nada te espera: no hay conteos abiertos ni datos sin enviar.</p>
      ) : (
        <ul aria-labelledby="ahora" className="list empty:hidden">
          {atrasados.map((conteo) => (
            <Pendiente key={conteo.id} conteo={conteo} marca="atrasado" aRevision={!conteo.cuento} />
          ))}
          {enRevision.map((conteo) => (
            <Pendiente key={conteo.id} conteo={conteo} marca="por revisar" aRevision />
          ))}
          {porFirmar.length > 0 && (
            <ListRow
              title="Por firmar"
              detail={dePorFirmar(porFirmar)}
              value={cuenta(porFirmar.length)}
              renderLink={({ className, children }) => (
                <Link to="/firmas" className={className}>
                  {children}
                </Link>
              )}
            />
          )}
          {abiertos.map((conteo) => (
            <Pendiente key={conteo.id} conteo={conteo} marca="por contar" aRevision={false} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Pendiente({ conteo, marca, aRevision }: { conteo: ConteoVista; marca: string; aRevision: boolean }) {
  return (
    <ListRow
      title={conteo.nombre || conteo.folio || 'Conteo'}
      detail={[conteo.folio, conteo.tiendaNombre, conteo.almacenNombre].filter(Boolean).join(' · ')}
      state={<Tag tone={marca === 'por contar' ? 'neutral' : 'warn'}>{marca}</Tag>}
      renderLink={({ className, children }) => (
        <Link
          to={aRevision ? '/conteos/$conteoId/revision' : '/conteos/$conteoId'}
          params={{ conteoId: conteo.id }}
          className={className}
        >
          {children}
        </Link>
      )}
    />
  );
}

function MiSemana({ usuarioId }: { usuarioId: string }) {
  const semana = useMiSemana(usuarioId);
  return (
    <section aria-labelledby="semana" className="flex flex-col gap-2">
      <h2 id="semana" className="card-title">
        Mis últimos siete días
      </h2>
      {semana === undefined ? (
        <Skeleton lines={2} />
      ) : (
        <>
          <Stats
            label="Cifras de la semana"
            className="border border-line"
            items={[
              {
                label: semana.lineas === 1 ? 'línea' : 'líneas',
                value: cuenta(semana.lineas),
              },
              {
                label: semana.productos === 1 ? 'producto' : 'productos',
                value: cuenta(semana.productos),
              },
              { label: semana.conteos === 1 ? 'conteo' : 'conteos', value: semana.conteos },
            ]}
          />
          <p className="text-sm text-ink-soft">
            {semana.lineas === 0
              ? 'No has contado nada en siete días, que este teléfono sepa.'
              : 'Líneas que contaste y no anulaste, enviadas o guardadas en este teléfono, y cuántos productos distintos tocaron.'}
          </p>
        </>
      )}
    </section>
  );
}
