import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { errorDe } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import {
  type FilaProducto,
  proponerAjuste,
  registrarMovimiento,
  useAlmacenes,
  useIdentidad,
} from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { absoluto } from '#shared/domain/decimal.ts';
import { cantidadNatural, fechaHoraVista, nombreUnidad } from '#shared/formato.ts';
import { REGISTRA_MOVIMIENTOS } from '#shared/roles.ts';
import { CampoSentido } from './campo-sentido.tsx';
import { CamposAjuste } from './campos-ajuste.tsx';
import { EligeProducto } from './elige-producto.tsx';
import {
  AJUSTE,
  type Borrador,
  EFECTO,
  EFECTO_AJUSTE,
  type ErroresMovimiento,
  esTipo,
  TIPOS,
  type TipoElegido,
  validaAjuste,
  validaMovimiento,
} from './movimiento.ts';
import { nombreDeAlmacen, unicoAlmacen } from './nombre-de-almacen.ts';
import { type Registrado, RegistradosAhora } from './registrados-ahora.tsx';
import { useZonaDeTienda } from './use-zona-de-tienda.ts';
import { aCampoLocal } from './zona-hora.ts';

const FORM = 'form-movimiento';

/** A movement by hand: saved on the phone, sent when there is signal. */
export function MovimientoScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const almacenes = useAlmacenes();
  const puede = identidad && REGISTRA_MOVIMIENTOS.includes(identidad.rol);
  const [guardando, setGuardando] = useState(false);
  return (
    <Screen
      header={
        <AppHeader
          title="Registrar movimiento"
          onBack={() => void navigate({ to: '/' })}
          status={<EstadoEnvio />}
        />
      }
      actions={
        puede &&
        almacenes !== undefined &&
        almacenes.length > 0 && (
          <Button variant="primary" type="submit" form={FORM} busy={guardando}>
            Guardar
          </Button>
        )
      }
    >
      {identidad === undefined || almacenes === undefined ? (
        <Skeleton lines={6} look="rows" />
      ) : !puede ? (
        <ForbiddenState>Los movimientos los registra un gerente o un administrador.</ForbiddenState>
      ) : almacenes.length === 0 ? (
        <EmptyState title="Todavía no hay almacenes en este teléfono">
          Se bajan solos la primera vez que hay señal.
        </EmptyState>
      ) : (
        <Formulario almacenes={almacenes} guardando={guardando} onGuardando={setGuardando} />
      )}
    </Screen>
  );
}

type Almacenes = NonNullable<ReturnType<typeof useAlmacenes>>;

function Formulario({
  almacenes,
  guardando,
  onGuardando,
}: {
  almacenes: Almacenes;
  guardando: boolean;
  onGuardando: (guardando: boolean) => void;
}) {
  const [producto, setProducto] = useState<FilaProducto | null>(null);
  const [empaque, setEmpaque] = useState<string | null>(null);
  const [datos, setDatos] = useState<Omit<Borrador, 'producto'>>({
    almacenId: unicoAlmacen(almacenes),
    tipo: 'venta',
    cantidad: '',
    costo: '',
    fechaHora: null,
    referencia: '',
    notas: '',
    sentido: '',
    motivo: '',
  });
  const [errores, setErrores] = useState<ErroresMovimiento>({});
  const [falla, setFalla] = useState<string>();
  const [registrados, setRegistrados] = useState<Registrado[]>([]);
  const [aviso, setAviso] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  // State alone lets a second press of the same frame through.
  const enCurso = useRef(false);
  const almacen = almacenes.find(({ id }) => id === datos.almacenId);
  const zona = useZonaDeTienda(almacen?.tiendaId);
  const pon = (cambios: Partial<typeof datos>) => setDatos((antes) => ({ ...antes, ...cambios }));
  const tipo: TipoElegido | null = esTipo(datos.tipo) ? datos.tipo : null;
  const ajuste = datos.tipo === AJUSTE;

  /** Saves what stands there; says what it was, or null when a field asks for something. */
  const escribe = async (ahora: number) => {
    if (ajuste) {
      const salida = validaAjuste({ ...datos, producto }, zona, ahora);
      setErrores(salida.ok ? {} : salida.errores);
      if (!salida.ok) return null;
      const id = await proponerAjuste(salida.value);
      const nombre = datos.sentido === 'faltan' ? 'Faltante' : 'Sobrante';
      return { id, nombre, value: salida.value, espera: ' · espera otra firma' };
    }
    const salida = validaMovimiento({ ...datos, producto }, zona, ahora);
    setErrores(salida.ok ? {} : salida.errores);
    if (!salida.ok || tipo === null) return null;
    const id = await registrarMovimiento(salida.value);
    return { id, nombre: TIPOS[tipo].nombre, value: salida.value, espera: '' };
  };

  const guarda = async () => {
    if (enCurso.current) return;
    enCurso.current = true;
    onGuardando(true);
    setFalla(undefined);
    try {
      const ahora = now().getTime();
      const hecho = await escribe(ahora);
      if (hecho === null || producto === null) {
        setTimeout(() =>
          form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-falta] input')?.focus(),
        );
        return;
      }
      const cantidad = cantidadNatural(absoluto(toCantidad(hecho.value.cantidad)), producto.unidad);
      const hora = fechaHoraVista(Date.parse(hecho.value.ocurridaEn), zona, ahora);
      const detalle = `${hecho.nombre} · ${cantidad} · ${hora} · ${almacen?.nombre ?? ''}${hecho.espera}`;
      setRegistrados((antes) => [{ id: hecho.id, nombre: producto.nombre, detalle }, ...antes].slice(0, 20));
      setAviso(`${hecho.nombre} de ${cantidad}: guardado en este teléfono${hecho.espera}.`);
      setProducto(null);
      setEmpaque(null);
      pon({ cantidad: '', costo: '', fechaHora: null, notas: '', sentido: '', motivo: '' });
      form.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      enCurso.current = false;
      onGuardando(false);
    }
  };

  return (
    <>
      <form
        id={FORM}
        ref={form}
        aria-label="Movimiento"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void guarda();
        }}
      >
        {falla && (
          <Banner tone="bad" title="No se guardó" role="alert">
            {falla}
          </Banner>
        )}
        <EligeProducto
          label="Producto"
          producto={producto}
          onProducto={(elegido, hallazgo) => {
            setProducto(elegido);
            setEmpaque(hallazgo.factor === '1' ? null : `${hallazgo.empaque ?? 'caja'} (${hallazgo.factor})`);
          }}
          error={errores.producto}
        />
        {empaque && producto && (
          <Banner tone="info" title={`Leíste un empaque: ${empaque}`}>
            Escribe la cantidad en {nombreUnidad(producto.unidad, 0n)}, no en empaques.
          </Banner>
        )}
        <div className="grid gap-4 tablet:grid-cols-2">
          <Select
            label="Almacén"
            value={datos.almacenId}
            onValue={(almacenId) => pon({ almacenId })}
            options={almacenes.map((uno) => ({ value: uno.id, label: nombreDeAlmacen(uno) }))}
            placeholder="Elige un almacén"
            error={errores.almacen}
          />
          <Select
            label="Tipo"
            value={datos.tipo}
            onValue={(elegido) => pon({ tipo: elegido })}
            options={[
              ...Object.entries(TIPOS).map(([value, { nombre }]) => ({ value, label: nombre })),
              { value: AJUSTE, label: 'Ajuste' },
            ]}
            error={errores.tipo}
            hint={ajuste ? EFECTO_AJUSTE : tipo === null ? undefined : EFECTO[tipo]}
          />
          {ajuste && (
            <CampoSentido
              sentido={datos.sentido}
              onSentido={(sentido) => pon({ sentido })}
              error={errores.sentido}
            />
          )}
          <NumberField
            label="Cantidad"
            value={datos.cantidad}
            onValue={(cantidad) => pon({ cantidad })}
            decimals={producto?.decimales ?? 3}
            unit={producto === null ? undefined : nombreUnidad(producto.unidad, 0n)}
            error={errores.cantidad}
          />
          {tipo === 'compra' && (
            <NumberField
              label="Costo unitario"
              value={datos.costo}
              onValue={(costo) => pon({ costo })}
              decimals={6}
              unit="pesos"
              hint="Sin IVA. Déjalo vacío si no lo sabes."
              error={errores.costo}
            />
          )}
          <TextField
            type="datetime-local"
            label="Fecha y hora"
            value={datos.fechaHora ?? aCampoLocal(now().getTime(), zona)}
            onValue={(fechaHora) => pon({ fechaHora })}
            max={aCampoLocal(now().getTime(), zona)}
            hint={
              almacen ? `Hora de ${almacen.tiendaNombre}: cuándo pasó.` : 'Cuándo pasó, en hora de la tienda.'
            }
            error={errores.fechaHora}
          />
          {!ajuste && (
            <TextField
              label="Referencia"
              value={datos.referencia}
              onValue={(referencia) => pon({ referencia })}
              maxLength={255}
              hint="Folio, factura o ticket."
              autoComplete="off"
            />
          )}
        </div>
        {ajuste ? (
          <CamposAjuste motivo={datos.motivo} onMotivo={(motivo) => pon({ motivo })} error={errores.motivo} />
        ) : (
          <TextArea
            label="Notas"
            value={datos.notas}
            onValue={(notas) => pon({ notas })}
            maxLength={500}
            rows={2}
          />
        )}
      </form>
      <RegistradosAhora filas={registrados} />
      <Toast
        message={guardando ? undefined : aviso}
        toastKey={registrados[0]?.id}
        onDismiss={() => setAviso(undefined)}
      />
    </>
  );
}
