import { useNavigate } from '@tanstack/react-router';
import FileUp from 'lucide-react/icons/file-up';
import { useRef } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useHaySenal } from '#client/app/query.ts';
import { useZonaDeTienda } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Progress } from '#client/ui/progress.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { IMPORTA_ARCHIVOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { ArchivosCompartidos } from './archivos-compartidos.tsx';
import { ACEPTA } from './sube-archivo.ts';
import { TablaImportaciones } from './tabla-importaciones.tsx';
import { tamanoDicho } from './textos-importar.ts';
import { useImportaciones } from './use-importaciones.ts';
import { useSubida } from './use-subida.ts';
import { ZonaSoltar } from './zona-soltar.tsx';

/** Files in: one button, drag and drop on a PC, the share sheet on a phone, and what was brought in before. */
export function ImportarScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const veo = identidad != null && VE_EXISTENCIAS.includes(identidad.rol);
  const importo = identidad != null && IMPORTA_ARCHIVOS.includes(identidad.rol);
  const senal = useHaySenal();
  const zona = useZonaDeTienda(useAlmacenes()?.[0]?.tiendaId);
  const consulta = useImportaciones(veo);
  const { enCamino, falla, sube, cancela } = useSubida();
  const campo = useRef<HTMLInputElement>(null);
  return (
    <Screen
      width="wide"
      flush
      header={
        <AppHeader title="Importar" onBack={() => void navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
      actions={
        importo && (
          <Button
            variant="primary"
            block
            tall
            icon={<FileUp aria-hidden />}
            busy={enCamino !== null}
            disabled={!senal}
            onClick={() => campo.current?.click()}
          >
            Importar archivo
          </Button>
        )
      }
    >
      {identidad === undefined ? (
        <div className="p-gutter">
          <Skeleton lines={6} look="rows" />
        </div>
      ) : !veo ? (
        <ForbiddenState>Importar archivos es de compras, gerentes y administradores.</ForbiddenState>
      ) : (
        <ZonaSoltar
          activa={importo && senal && enCamino === null}
          onArchivo={(archivo) => void sube(archivo, archivo.name)}
        >
          <input
            ref={campo}
            type="file"
            accept={ACEPTA}
            hidden
            data-testid="archivo"
            onChange={(event) => {
              const archivo = event.target.files?.[0];
              event.target.value = '';
              if (archivo !== undefined) void sube(archivo, archivo.name);
            }}
          />
          <div className="flex flex-col gap-4 p-gutter">
            {enCamino !== null && (
              <Banner
                tone="info"
                role="status"
                title={enCamino.nombre}
                actions={<Button onClick={cancela}>Cancelar</Button>}
              >
                <Progress
                  label="Subiendo"
                  value={enCamino.parte}
                  max={1}
                  detail={
                    enCamino.parte < 1
                      ? `${tamanoDicho(enCamino.parte * enCamino.tamano)} de ${tamanoDicho(enCamino.tamano)}`
                      : 'Llegó; guardándolo'
                  }
                />
              </Banner>
            )}
            {falla !== null && (
              <Banner tone="bad" role="alert" title={`No se subió ${falla.nombre}`}>
                {falla.mensaje}
              </Banner>
            )}
            {importo && <ArchivosCompartidos senal={senal} ocupado={enCamino !== null} sube={sube} />}
            {importo && (
              <p className="text-ink-soft">
                Existencias, ventas, compras o catálogo, como los exporta tu sistema: .xlsx, .xls o .csv de
                hasta 50 MB. <span className="hidden pc:inline">También puedes soltarlo aquí. </span>
                Nada cambia hasta que lo apliques.
              </p>
            )}
            <FallaEnLinea
              consulta={consulta}
              sinSenal="Importar y su historial necesitan señal. Lo que compartas con la app se guarda y se sube después."
            />
            {consulta.isPending && <Skeleton lines={6} look="rows" />}
          </div>
          {consulta.data !== undefined && (
            <TablaImportaciones filas={consulta.data.importaciones} zona={zona} />
          )}
        </ZonaSoltar>
      )}
    </Screen>
  );
}
