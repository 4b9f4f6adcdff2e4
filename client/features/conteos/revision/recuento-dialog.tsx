import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { useAlmacenes, useConteo } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { CheckboxGroup } from '#client/ui/checkbox-group.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { plural } from '#shared/formato.ts';
import { NOMBRE_ROL, type Rol, VE_EXISTENCIAS } from '#shared/roles.ts';
import { variacionVista } from './textos-revision.ts';
import { useAsignables } from './use-asignables.ts';
import { paraRecontar } from './vista-revision.ts';

export type RecuentoDialogProps = {
  revision: Revision;
  /** null: closed. `[]`: let the person choose; else exactly these products. */
  pedidos: readonly string[] | null;
  onClose: () => void;
  onPedido: (mensaje: string) => void;
};

/** Chips drawn at most; beyond it the products outside tolerance go all together. */
const CHIPS = 60;

export function RecuentoDialog(props: RecuentoDialogProps) {
  return props.pedidos === null ? null : <Abierto {...props} pedidos={props.pedidos} />;
}

function useAlmacenDe({ conteo }: Revision): string | null {
  const enCache = useConteo(conteo.id);
  const almacenes = useAlmacenes();
  const porNombre = almacenes?.find((a) => a.nombre === conteo.almacen && a.tiendaNombre === conteo.tienda);
  return enCache?.almacenId ?? porNombre?.id ?? null;
}

function Abierto({
  revision,
  pedidos,
  onClose,
  onPedido,
}: RecuentoDialogProps & { pedidos: readonly string[] }) {
  const { conteo, productos } = revision;
  const inicial = paraRecontar(productos);
  const [elegidos, setElegidos] = useState<readonly string[]>(
    pedidos.length > 0 ? pedidos : inicial.marcados,
  );
  const [contadores, setContadores] = useState<readonly string[]>([]);
  const [motivo, setMotivo] = useState('');
  const [errores, setErrores] = useState<{ productos?: string; contadores?: string }>({});
  const [falla, setFalla] = useState<string>();
  const asignables = useAsignables(useAlmacenDe(revision));
  const orden = useOrden(
    () =>
      api.conteos.pideRecuento.mutate({
        conteoId: conteo.id,
        productoIds: [...elegidos],
        contadores: contadores.filter((id) => libres.some((libre) => libre.id === id)),
        motivo: motivo.trim() || null,
      }),
    ['revision', conteo.id],
  );

  // A recount by who counted it already would prove nothing; who sees the book cannot count blind.
  const deAntes = new Set(
    productos
      .filter((p) => elegidos.includes(p.productoId))
      .flatMap((p) => p.contadores.map((c) => c.usuarioId)),
  );
  const libres = (asignables.data ?? []).filter(
    ({ id, rol }) => !deAntes.has(id) && !(conteo.ciego && VE_EXISTENCIAS.includes(rol as Rol)),
  );

  const pide = () => {
    const quienes = contadores.filter((id) => libres.some((libre) => libre.id === id));
    const nuevos = {
      ...(elegidos.length === 0 ? { productos: 'Elige al menos un producto.' } : {}),
      ...(quienes.length === 0 ? { contadores: 'Elige quién lo cuenta otra vez.' } : {}),
    };
    setErrores(nuevos);
    if (Object.keys(nuevos).length > 0) return;
    orden.mutate(undefined, {
      onSuccess: () => {
        onPedido(`Se pidió recontar ${plural(elegidos.length, 'producto', 'productos')}.`);
        onClose();
      },
      onError: (error) => setFalla(errorDe(error).mensaje),
    });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Pedir recuento"
      actions={
        <>
          <Button variant="primary" busy={orden.isPending} onClick={pide}>
            {`Recontar ${plural(elegidos.length, 'producto', 'productos')}`}
          </Button>
          <Button onClick={onClose}>Regresar</Button>
        </>
      }
    >
      <p>Otra persona los cuenta de nuevo, a ciegas. Lo contado antes se conserva.</p>
      {asignables.isPending ? (
        <Skeleton lines={2} />
      ) : asignables.isError ? (
        <Banner
          tone="bad"
          title="No se pudo ver quién puede contar"
          role="alert"
          actions={<Button onClick={() => void asignables.refetch()}>Intentar otra vez</Button>}
        >
          {errorDe(asignables.error).mensaje}
        </Banner>
      ) : libres.length === 0 ? (
        <Banner tone="warn" title="No queda nadie más que pueda contarlos">
          Quien ya los contó no puede recontarlos
          {conteo.ciego && ', y quien ve existencias no cuenta a ciegas'}. Da de alta a otra persona en esta
          tienda.
        </Banner>
      ) : (
        <CheckboxGroup
          label="Contadores"
          options={libres.map(({ id, nombre, rol }) => ({
            value: id,
            label: rol === 'almacenista' ? nombre : `${nombre} (${NOMBRE_ROL[rol as Rol]})`,
          }))}
          value={contadores}
          onValue={setContadores}
          error={errores.contadores}
        />
      )}
      {pedidos.length > 0 ? (
        <p className="font-bold">
          {productos
            .filter((p) => pedidos.includes(p.productoId))
            .map((p) => p.nombre)
            .join(', ')}
        </p>
      ) : inicial.candidatos.length === 0 ? (
        <Banner tone="info" title="Nada que recontar">
          Todo lo que falta por decidir cuadra. Para recontar un producto, ábrelo en la tabla.
        </Banner>
      ) : inicial.candidatos.length > CHIPS ? (
        <Banner tone="info" title={`Van los ${inicial.marcados.length} fuera de tolerancia`}>
          Para recontar solo uno, ábrelo en la tabla.
        </Banner>
      ) : (
        <CheckboxGroup
          label="Productos"
          options={inicial.candidatos.map((p) => ({
            value: p.productoId,
            label: `${p.nombre} ${variacionVista(p)}`,
          }))}
          value={elegidos}
          onValue={setElegidos}
          error={errores.productos}
        />
      )}
      <TextArea label="Motivo" value={motivo} onValue={setMotivo} rows={2} maxLength={500} hint="Opcional." />
      {falla && (
        <Banner tone="bad" title="No se pidió el recuento" role="alert">
          {falla}
        </Banner>
      )}
    </Dialog>
  );
}
