import { useNavigate, useSearch } from '@tanstack/react-router';
import Check from 'lucide-react/icons/check';
import { useMemo, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { errorDe } from '#client/app/trpc.ts';
import { useZonaDeTienda } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import type { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import { IMPORTA_ARCHIVOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { Deteccion, type QueCorregir } from './deteccion.tsx';
import { HojaCorreccion } from './hoja-correccion.tsx';
import { Preguntas, TraslapesDichos } from './preguntas.tsx';
import { Problemas, Reparaciones } from './problemas.tsx';
import { Cifras, EnMarcha, Resultado } from './resultado.tsx';
import { cosas } from './textos-importar.ts';
import {
  type EstadoFila,
  trabaja,
  useAlmacenesImportables,
  useImportacion,
  useOrdenes,
} from './use-importaciones.ts';
import { VistaPrevia } from './vista-previa.tsx';

const FILTROS: ReadonlySet<unknown> = new Set(['nuevo', 'cambiado', 'igual', 'omitido']);

/** One file: what it was taken for, what has to be said, what applying would do, and what became of it. */
export function ImportacionScreen({ uploadId }: { uploadId: string }) {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const veo = identidad != null && VE_EXISTENCIAS.includes(identidad.rol);
  const importo = identidad != null && IMPORTA_ARCHIVOS.includes(identidad.rol);
  const { filtro, repetida } = useSearch({ strict: false }) as { filtro?: unknown; repetida?: unknown };
  const consulta = useImportacion(uploadId, veo);
  const almacenes = useAlmacenesImportables(importo);
  const zona = useZonaDeTienda(useAlmacenes()?.[0]?.tiendaId);
  const ordenes = useOrdenes(uploadId);
  const [corrige, setCorrige] = useState<QueCorregir | null>(null);
  const u = consulta.data;
  const nombres = useMemo(() => new Map(almacenes.data?.map((a) => [a.id, a.nombre])), [almacenes.data]);
  const lista = almacenes.data ?? [];
  const cambia = async (opciones: OpcionesImportacion) => {
    await ordenes.opciones.mutateAsync(opciones).catch(() => undefined);
    setCorrige(null);
  };
  const falla = [ordenes.aplica, ordenes.opciones, ordenes.cancela].find((o) => o.isError);
  const e = u?.ensayo ?? null;
  const porHacer = e === null ? 0 : e.nuevos + e.cambiados;
  const editable = importo && u !== undefined && ['ready', 'failed', 'cancelled'].includes(u.status);
  const ocupado = ordenes.opciones.isPending || trabaja(u);
  return (
    <Screen
      width="wide"
      flush
      header={
        <AppHeader
          title="Importación"
          onBack={() => void navigate({ to: '/importar' })}
          status={<EstadoEnvio corto />}
        />
      }
      actionsRow
      actions={
        importo && (u?.status === 'failed' || u?.status === 'cancelled') ? (
          <Button variant="primary" tall block onClick={() => void navigate({ to: '/importar' })}>
            Elegir otro archivo
          </Button>
        ) : importo && u?.status === 'ready' && e !== null ? (
          <>
            <Button
              variant="quiet"
              busy={ordenes.cancela.isPending}
              onClick={() => ordenes.cancela.mutate(null)}
            >
              Descartar
            </Button>
            {porHacer > 0 && (
              <Button
                variant="primary"
                tall
                className="grow"
                icon={<Check aria-hidden />}
                disabled={e.faltan.length > 0}
                busy={ordenes.aplica.isPending}
                detail={e.faltan.length > 0 ? 'falta contestar' : cosas(u.file_type, porHacer)}
                onClick={() => ordenes.aplica.mutate(u.generacion)}
              >
                Aplicar
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      {identidad === undefined || (veo && consulta.isPending) ? (
        <div className="p-gutter">
          <Skeleton lines={8} look="rows" label="Abriendo la importación…" />
        </div>
      ) : !veo ? (
        <ForbiddenState>Importar archivos es de compras, gerentes y administradores.</ForbiddenState>
      ) : (
        <>
          <div className="flex flex-col gap-4 p-gutter">
            <FallaEnLinea consulta={consulta} sinSenal="El ensayo de un archivo lo hace el servidor." />
            {u !== undefined && (
              <>
                <div>
                  <h2 className="break-words text-xl font-bold">{u.filename}</h2>
                  <p className="text-ink-soft">
                    {u.por} · {fechaHoraVista(Date.parse(u.creadoEn), zona)}
                  </p>
                </div>
                {repetida === true && u.status !== 'completed' && (
                  <Banner tone="info" title="Este archivo ya lo habías subido: aquí está como quedó." />
                )}
                <EnMarcha u={u} cancela={importo ? () => ordenes.cancela.mutate(null) : null} />
                <Resultado u={u} importo={importo} repetida={repetida === true} ordenes={ordenes} />
                {falla !== undefined && (
                  <Banner tone="bad" role="alert" title="No se cambió">
                    {errorDe(falla.error).mensaje}
                  </Banner>
                )}
                {u.status === 'ready' && e?.yaAplicado != null && (
                  <Banner tone="info" title="Estos mismos bytes ya se aplicaron">
                    Los aplicó {e.yaAplicado.por} el {fechaHoraVista(Date.parse(e.yaAplicado.en), zona)}.
                  </Banner>
                )}
                {u.status === 'ready' && e !== null && porHacer === 0 && (
                  <Banner tone="ok" role="status" title="No cambia nada">
                    {e.iguales > 0
                      ? 'Todo lo que trae ya está registrado igual.'
                      : 'Ninguna de sus filas puede entrar; mira por qué abajo.'}
                  </Banner>
                )}
                {u.status === 'ready' && importo && (
                  <Preguntas
                    u={u}
                    almacenes={lista}
                    ocupado={ocupado}
                    cambia={(o) => void cambia(o)}
                    corrige={setCorrige}
                  />
                )}
                {u.analisis !== null && (
                  <Deteccion u={u} almacenes={nombres} corrige={editable ? setCorrige : null} />
                )}
                {!trabaja(u) && <Cifras u={u} />}
                {u.status === 'ready' && (
                  <TraslapesDichos u={u} cambia={importo ? (o) => void cambia(o) : null} />
                )}
                {!trabaja(u) && (
                  <Problemas
                    key={u.generacion}
                    u={u}
                    onAgregar={
                      editable && u.opciones.productosNuevos !== 'crear'
                        ? () => void cambia({ ...u.opciones, productosNuevos: 'crear' })
                        : null
                    }
                  />
                )}
                {!trabaja(u) && <Reparaciones u={u} />}
              </>
            )}
          </div>
          {u !== undefined && e !== null && !trabaja(u) && (
            <VistaPrevia
              u={u}
              filtro={FILTROS.has(filtro) ? (filtro as EstadoFila) : null}
              onFiltro={(nuevo) =>
                void navigate({
                  to: '/importar/$uploadId',
                  params: { uploadId },
                  replace: true,
                  resetScroll: false,
                  search: nuevo === null ? {} : { filtro: nuevo },
                })
              }
            />
          )}
        </>
      )}
      {u !== undefined && corrige !== null && (
        <HojaCorreccion
          que={corrige}
          u={u}
          almacenes={lista}
          ocupado={ordenes.opciones.isPending}
          onClose={() => setCorrige(null)}
          cambia={(o) => void cambia(o)}
        />
      )}
    </Screen>
  );
}
