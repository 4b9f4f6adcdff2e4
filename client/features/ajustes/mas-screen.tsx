import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { bloqueo } from '#client/app/bloqueo.ts';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { salir } from '#client/app/session.ts';
import { descarga } from '#client/features/conteos/index.ts';
import { usePorFirmar } from '#client/features/firmas/index.ts';
import { HojaBloqueo } from '#client/features/turno/index.ts';
import { exportarPendientes, importarPendientes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { TIENE_TOKENS } from '#shared/contracts/api.ts';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import {
  IMPRIME_ETIQUETAS,
  NOMBRE_ROL,
  REGISTRA_MOVIMIENTOS,
  REVISA_CONTEOS,
  VE_COSTOS,
  VE_EXISTENCIAS,
} from '#shared/roles.ts';
import { HojaContrasena } from './hoja-contrasena.tsx';
import { TarjetaAlmacenamiento } from './tarjeta-almacenamiento.tsx';

/** Everything that is not counting: who is in, this phone, what is pending, the office's lists. */
export function MasScreen() {
  const identidad = useIdentidad();
  const navigate = useNavigate();
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);
  const [porSalir, setPorSalir] = useState<number | null>(null);
  const [cambiando, setCambiando] = useState(false);
  const [pidiendoPin, setPidiendoPin] = useState(false);
  const avisa = (texto: string) => setAviso({ id: Date.now(), texto });
  const porFirmar = usePorFirmar().data?.length ?? 0;
  const jefe = identidad?.rol === 'admin' || identidad?.rol === 'gerente';

  const exporta = async () => descarga(await exportarPendientes(), `pendientes-${Date.now()}.json`);
  const importa = async (archivo: File | undefined) => {
    if (archivo === undefined) return;
    try {
      const { nuevas, repetidas } = await importarPendientes(archivo);
      avisa(`Entraron ${plural(nuevas, 'dato', 'datos')}; ${repetidas} ya estaban.`);
    } catch (error) {
      avisa(isAppError(error) ? mensajeDe(error.code, error.data) : mensajeDe('ERROR_INTERNO'));
    }
  };
  const sal = async (confirmado: boolean) => {
    const { salio, pendientes } = await salir({ confirmado });
    if (salio) await navigate({ to: '/entrar' });
    else setPorSalir(pendientes);
  };

  return (
    <Screen header={<AppHeader title="Más" status={<EstadoEnvio />} />}>
      {identidad != null && (
        <Card
          title={identidad.nombre}
          detail={[NOMBRE_ROL[identidad.rol], identidad.correo].filter(Boolean).join(' · ')}
        />
      )}
      <ul className="list" aria-label="Opciones">
        <ListRow
          title="Cambiar de persona"
          detail="Con PIN y también sin señal; cada quien cuenta con su nombre"
          onPress={() => bloqueo.elige()}
        />
        <ListRow
          title="Mi PIN y bloqueo"
          detail="Tu PIN en este teléfono y cuándo pregunta quién está ahí"
          onPress={() => setPidiendoPin(true)}
        />
        {identidad != null && REGISTRA_MOVIMIENTOS.includes(identidad.rol) && (
          <ListRow
            title="Registrar movimiento"
            detail="Una venta, compra o devolución con su hora; también sin señal"
            onPress={() => navigate({ to: '/movimientos/nuevo' })}
          />
        )}
        {identidad != null && REVISA_CONTEOS.includes(identidad.rol) && (
          <>
            <ListRow
              title="Por firmar"
              detail="Ajustes a mano y movimientos que llegaron después de aprobar"
              value={porFirmar > 0 ? porFirmar : undefined}
              onPress={() => navigate({ to: '/firmas' })}
            />
            <ListRow
              title="Periodos"
              detail="Hasta cuándo están cerrados los libros de cada tienda"
              onPress={() => navigate({ to: '/periodos' })}
            />
          </>
        )}
        {identidad != null && VE_EXISTENCIAS.includes(identidad.rol) && (
          <ListRow
            title="Importar"
            detail="Existencias, ventas, compras y catálogo desde Excel o CSV"
            onPress={() => navigate({ to: '/importar' })}
          />
        )}
        {identidad != null && VE_COSTOS.includes(identidad.rol) && (
          <ListRow
            title="Estadísticas"
            detail="Ventas, valor, cobertura, clases, merma y exactitud"
            onPress={() => navigate({ to: '/estadisticas' })}
          />
        )}
        {identidad != null && VE_COSTOS.includes(identidad.rol) && (
          <ListRow
            title="Existencia a una fecha"
            detail="Cuánto había y cuánto valía al cierre de un día"
            onPress={() => navigate({ to: '/existencias/valuadas' })}
          />
        )}
        {identidad != null && VE_COSTOS.includes(identidad.rol) && (
          <ListRow
            title="Catálogo"
            detail="Productos, categorías, proveedores, duplicados y cambios por decidir"
            onPress={() => navigate({ to: '/catalogo' })}
          />
        )}
        {jefe && (
          <ListRow
            title="Tiendas"
            detail="Tiendas, almacenes y ubicaciones"
            onPress={() => navigate({ to: '/mas/tiendas' })}
          />
        )}
        {identidad != null && IMPRIME_ETIQUETAS.includes(identidad.rol) && (
          <ListRow
            title="Etiquetas"
            detail="De productos y ubicaciones, en PDF para tu hoja o rollo"
            onPress={() => navigate({ to: '/etiquetas' })}
          />
        )}
        <ListRow
          title="Envíos"
          detail="Lo pendiente y lo que necesita que alguien decida"
          onPress={() => navigate({ to: '/mas/envios' })}
        />
        {jefe && (
          <ListRow
            title="Dispositivos"
            detail="Teléfonos, su versión y lo que no han enviado"
            onPress={() => navigate({ to: '/mas/dispositivos' })}
          />
        )}
        {identidad != null && TIENE_TOKENS.includes(identidad.rol) && (
          <ListRow
            title="API y tokens"
            detail="Para que la caja, el ERP y otros programas entren sin contraseña"
            onPress={() => navigate({ to: '/mas/api' })}
          />
        )}
        {identidad?.rol === 'admin' && (
          <>
            <ListRow
              title="Webhooks"
              detail="Avisar a otros programas de lo que va pasando"
              onPress={() => navigate({ to: '/mas/webhooks' })}
            />
            <ListRow
              title="Usuarios"
              detail="Invitar, cambiar rol y tiendas, dar de baja"
              onPress={() => navigate({ to: '/mas/usuarios' })}
            />
            <ListRow
              title="Empresa"
              detail="Qué lee la cámara, bloqueo y tolerancias; vale para todos"
              onPress={() => navigate({ to: '/mas/empresa' })}
            />
          </>
        )}
        <ListRow
          title="Practicar"
          detail="Las pantallas de verdad con productos inventados; nada se envía"
          onPress={() => navigate({ to: '/practica' })}
        />
        <ListRow
          title="Probar escáner"
          detail="Cámara, pistola y sonidos de este teléfono"
          onPress={() => navigate({ to: '/mas/escaner' })}
        />
        <ListRow
          title="Cambiar mi contraseña"
          detail="Con señal; en tus otros equipos habrá que entrar de nuevo"
          onPress={() => setCambiando(true)}
        />
        <ListRow
          title="Exportar pendientes"
          detail="Un archivo con lo que no se ha enviado"
          onPress={exporta}
        />
        <li className="row">
          <label className="row-main row-press">
            <span className="row-text">
              <span className="row-title">Importar pendientes</span>
              <span className="row-detail">Trae el archivo de otro teléfono; repetirlo no duplica nada</span>
            </span>
            <input
              type="file"
              accept="application/json,.json"
              className="sr-only"
              aria-label="Importar pendientes"
              onChange={(event) => {
                void importa(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </label>
        </li>
      </ul>
      <TarjetaAlmacenamiento />
      <Button block onClick={() => sal(false)}>
        Salir
      </Button>
      <p className="text-ink-soft">Versión {__APP_VERSION__}</p>
      <Dialog
        open={porSalir !== null}
        onClose={() => setPorSalir(null)}
        role="alertdialog"
        title={`Quedan ${plural(porSalir ?? 0, 'dato', 'datos')} sin enviar`}
        actions={
          <>
            <Button block onClick={() => setPorSalir(null)}>
              Quedarme
            </Button>
            <Button block onClick={exporta}>
              Exportar pendientes
            </Button>
            <Button block variant="danger" onClick={() => sal(true)}>
              Salir de todos modos
            </Button>
          </>
        }
      >
        <p>
          Si sales, siguen guardados en este teléfono y se envían cuando haya señal. Nadie los pierde. Tu PIN
          se quita de este teléfono.
        </p>
      </Dialog>
      <HojaContrasena
        open={cambiando}
        onClose={() => setCambiando(false)}
        onCambiada={() => {
          setCambiando(false);
          avisa('Contraseña cambiada.');
        }}
      />
      {identidad != null && (
        <HojaBloqueo
          open={pidiendoPin}
          persona={identidad}
          onClose={() => setPidiendoPin(false)}
          onAviso={avisa}
        />
      )}
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </Screen>
  );
}
