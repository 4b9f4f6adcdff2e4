import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useHaySenal } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { plural } from '#shared/formato.ts';
import { EditorEmpresa } from './editor-empresa.tsx';

const FORM = 'form-empresa';

/** The company's settings, for admins and with signal: they are one for all phones. */
export function EmpresaScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const haySenal = useHaySenal();
  const admin = identidad?.rol === 'admin';
  const consulta = useConsulta(['ajustes', 'empresa'], () => api.ajustes.empresa.query(), { activa: admin });
  const [{ sucias, guardando }, setEstado] = useState({ sucias: 0, guardando: false });
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);
  const regresa = () => void navigate({ to: '/mas' });
  return (
    <Screen
      width="wide"
      header={
        <AppHeader title="Empresa" onBack={regresa} backLabel="Regresar a Más" status={<EstadoEnvio />} />
      }
      actions={
        admin &&
        consulta.data !== undefined && (
          <Button
            variant="primary"
            type="submit"
            form={FORM}
            busy={guardando}
            disabled={sucias === 0 || !haySenal}
            detail={
              !haySenal
                ? 'necesita señal'
                : sucias === 0
                  ? 'nada por guardar'
                  : plural(sucias, 'apartado cambiado', 'apartados cambiados')
            }
          >
            Guardar
          </Button>
        )
      }
    >
      {identidad !== undefined && !admin ? (
        <ForbiddenState actions={<Button onClick={regresa}>Ir a Más</Button>}>
          Los ajustes de la empresa los cambia un administrador. Los de este teléfono están en Más.
        </ForbiddenState>
      ) : (
        <>
          <FallaEnLinea consulta={consulta} sinSenal="Los ajustes de la empresa se cambian con señal." />
          {consulta.data === undefined && !consulta.isError && (
            <Skeleton lines={8} look="rows" label="Abriendo los ajustes…" />
          )}
          {consulta.data !== undefined && (
            <EditorEmpresa
              formId={FORM}
              guardados={consulta.data}
              onEstado={setEstado}
              onGuardado={(texto) => setAviso({ id: Date.now(), texto })}
            />
          )}
        </>
      )}
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </Screen>
  );
}
