import { useNavigate } from '@tanstack/react-router';
import Users from 'lucide-react/icons/users';
import { lazy, Suspense, useEffect, useState } from 'react';
import { bloqueo } from '#client/app/bloqueo.ts';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { esIos, instalada } from '#client/app/instalacion.ts';
import { resguardoDe } from '#client/app/resguardo.ts';
import {
  type ConteoVista,
  useAlmacenamiento,
  useConteos,
  useEstadoEnvio,
  useIdentidad,
  usePersonas,
} from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import { Progress } from '#client/ui/progress.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { PLANEA_CONTEOS, PLANEA_PRUEBAS } from '#shared/roles.ts';
import { AvisoInstalar } from './aviso-instalar.tsx';
import { atrasado, detalleDeConteo, porContar, textoDevuelta } from './mis-conteos.ts';
import { TarjetaResguardo } from './tarjeta-resguardo.tsx';

const OfertaPin = lazy(() =>
  import('#client/features/turno/index.ts').then((m) => ({ default: m.OfertaPin })),
);

/** My counts, what is unsent, and one big button: two taps from opening to counting. */
export function InicioScreen() {
  const conteos = useConteos();
  const identidad = useIdentidad();
  const personas = usePersonas();
  const envio = useEstadoEnvio();
  const navigate = useNavigate();
  const ahora = useAhora();
  const almacenamiento = useAlmacenamiento();
  const resguardo = resguardoDe(envio, almacenamiento, {
    ahora,
    iosSinInstalar: esIos(navigator) && !instalada(),
  });
  const tarjetaResguardo = (
    <TarjetaResguardo resguardo={resguardo} sinEnviar={envio.pendientes + envio.fotosPendientes} />
  );
  const abiertos = conteos === undefined ? undefined : porContar(conteos);
  const actual = abiertos?.[0];
  const planea = identidad != null && PLANEA_PRUEBAS.includes(identidad.rol);
  // An auditor counts in test counts only, so there is nothing to begin without a plan.
  const soloPruebas = planea && !PLANEA_CONTEOS.includes(identidad.rol);

  const botones = (
    <>
      {actual ? (
        <>
          <Button
            variant="primary"
            block
            tall
            onClick={() => navigate({ to: '/conteos/$conteoId', params: { conteoId: actual.id } })}
          >
            Seguir contando
          </Button>
          {!soloPruebas && (
            <Button block onClick={() => navigate({ to: '/contar', search: { otra: true } })}>
              Contar otra cosa
            </Button>
          )}
        </>
      ) : soloPruebas ? null : (
        <Button
          variant="primary"
          block
          tall
          busy={abiertos === undefined}
          onClick={() => navigate({ to: '/contar' })}
        >
          Contar
        </Button>
      )}
      {planea && (
        <Button
          variant={soloPruebas && !actual ? 'primary' : 'secondary'}
          block
          tall={soloPruebas && !actual}
          onClick={() => navigate({ to: '/conteos/nuevo' })}
        >
          {soloPruebas ? 'Nuevo conteo de prueba' : 'Nuevo conteo'}
        </Button>
      )}
    </>
  );

  return (
    <Screen
      header={
        <AppHeader
          title="Inicio"
          // Beside the icon there is room for the short form only; the cards below say the rest.
          status={<EstadoEnvio corto={(personas?.length ?? 0) > 1} />}
          actions={
            (personas?.length ?? 0) > 1 && (
              <IconButton
                label="Cambiar de persona"
                icon={<Users aria-hidden />}
                onClick={() => bloqueo.elige()}
              />
            )
          }
        />
      }
      actions={botones}
    >
      {envio.estado === 'inicia_sesion' && (
        <Banner
          tone="warn"
          title={`Inicia sesión para enviar ${plural(envio.pendientes, 'dato', 'datos')}`}
          actions={<Button onClick={() => navigate({ to: '/entrar' })}>Iniciar sesión</Button>}
        >
          Lo contado sigue guardado en este teléfono y puedes seguir contando.
        </Banner>
      )}
      {envio.problema !== null && envio.estado !== 'inicia_sesion' && (
        <Banner tone="warn" title="No se está enviando">
          {envio.problema.mensaje}
        </Banner>
      )}
      {resguardo.tono === 'warn' && tarjetaResguardo}
      {!envio.catalogo.completo && (
        <Card
          title="Bajando el catálogo"
          detail={`${cuenta(envio.catalogo.productos)} productos en este teléfono. Ya puedes contar: un código que aún no baja queda guardado para ligarlo.`}
        />
      )}
      {abiertos === undefined ? (
        <Skeleton />
      ) : abiertos.length === 0 ? (
        <EmptyState
          title="No tienes conteos abiertos"
          actions={<Button onClick={() => navigate({ to: '/practica' })}>Practicar</Button>}
        >
          {soloPruebas
            ? 'Planea una prueba: se compara con el libro y nunca mueve existencias.'
            : planea
              ? 'Planea uno o cuenta lo que encuentres.'
              : 'Cuando te asignen uno aparece aquí. También puedes contar lo que encuentres.'}
        </EmptyState>
      ) : (
        abiertos.map((conteo, indice) => (
          <TarjetaConteo key={conteo.id} conteo={conteo} actual={indice === 0} ahora={ahora} />
        ))
      )}
      {identidad != null && (
        <Suspense fallback={null}>
          <OfertaPin persona={identidad} />
        </Suspense>
      )}
      {resguardo.tono === 'neutral' && tarjetaResguardo}
      <AvisoInstalar />
    </Screen>
  );
}

function TarjetaConteo({ conteo, actual, ahora }: { conteo: ConteoVista; actual: boolean; ahora: number }) {
  const navigate = useNavigate();
  const devuelta = textoDevuelta(conteo);
  return (
    <Card
      current={actual}
      title={conteo.nombre || conteo.folio || 'Conteo'}
      detail={detalleDeConteo(conteo, ahora)}
      trailing={atrasado(conteo, ahora) && <Tag tone="warn">atrasado</Tag>}
    >
      {devuelta !== null && <Banner tone="warn" title={devuelta} />}
      {conteo.parteTerminadaEn === null ? (
        <p>
          <strong>{conteo.misProductos}</strong>{' '}
          {conteo.misProductos === 1 ? 'producto contado' : 'productos contados'}
          {conteo.sinEnviar > 0 && ` · ${plural(conteo.sinEnviar, 'línea', 'líneas')} sin enviar`}
        </p>
      ) : (
        <Progress label="Tu parte" value={1} max={1} detail="Tu parte ya está terminada" />
      )}
      {!actual && (
        <Button onClick={() => navigate({ to: '/conteos/$conteoId', params: { conteoId: conteo.id } })}>
          Abrir este conteo
        </Button>
      )}
    </Card>
  );
}

/** Minutes are enough for "vence hoy 14:00". */
function useAhora(): number {
  const [ahora, setAhora] = useState(() => Date.now());
  useEffect(() => {
    const reloj = setInterval(() => setAhora(Date.now()), 60_000);
    return () => clearInterval(reloj);
  }, []);
  return ahora;
}
