import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import {
  type FilaProducto,
  useAlmacenes,
  useCodigos,
  useExistencias,
  useIdentidad,
  useProducto,
  useUbicacionesDeProducto,
} from '#client/offline/index.ts';
import { conParches, useParchesPendientes } from '#client/offline/parches.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, nombreUnidad, pesos } from '#shared/formato.ts';
import { EDITA_PRODUCTOS, IMPRIME_ETIQUETAS, REGISTRA_MOVIMIENTOS, VE_EXISTENCIAS } from '#shared/roles.ts';

const HojaParche = lazy(() => import('./hoja-parche.tsx').then((m) => ({ default: m.HojaParche })));

const MovimientosRecientes = lazy(() => import('./movimientos-recientes.tsx'));

/** A product's card: what it is, its codes and places; stock only for roles that may see it. */
export function ProductoScreen({ productoId }: { productoId: string }) {
  const producto = useProducto(productoId);
  const navigate = useNavigate();
  return (
    <Screen
      header={
        <AppHeader title="Producto" onBack={() => navigate({ to: '/productos' })} status={<EstadoEnvio />} />
      }
    >
      {producto === undefined ? (
        <Skeleton />
      ) : producto === null ? (
        <EmptyState title="Ese producto no está en este teléfono">
          Puede que el catálogo siga bajando o que se haya dado de baja.
        </EmptyState>
      ) : (
        <Ficha producto={producto} />
      )}
    </Screen>
  );
}

function Ficha({ producto: bajado }: { producto: FilaProducto }) {
  const parches = useParchesPendientes(bajado.id) ?? [];
  const producto = conParches(bajado, parches);
  const [cambiando, setCambiando] = useState(false);
  const identidad = useIdentidad();
  const codigos = useCodigos(producto.id);
  const ubicaciones = useUbicacionesDeProducto(producto.id);
  const navigate = useNavigate();
  const veExistencias = identidad != null && VE_EXISTENCIAS.includes(identidad.rol);
  return (
    <>
      <Card
        title={producto.nombre}
        detail={[producto.codigo, producto.marca, producto.modelo].filter(Boolean).join(' · ')}
        trailing={!producto.isActive && <Tag tone="warn">dado de baja</Tag>}
      >
        <p>
          Se cuenta por <strong>{nombreUnidad(producto.unidad, 100_000n)}</strong> · precio{' '}
          <strong>{pesos(toDecimal(producto.precio, DINERO_ESCALA), { centavos: true })}</strong>
        </p>
      </Card>
      {parches.length > 0 && (
        <Banner tone="warn" title="Cambio guardado en este teléfono" role="status">
          Así queda para ti. Falta enviarlo; se envía solo cuando haya señal.
        </Banner>
      )}
      {veExistencias && <Existencias producto={producto} />}
      <Card title="Códigos">
        <ul className="list" aria-label="Códigos">
          {codigos?.map((codigo) => (
            <ListRow
              key={codigo.id}
              title={codigo.codigo}
              detail={codigo.nombre ?? codigo.tipo}
              value={codigo.factor === '1' ? undefined : `×${cantidadVista(toCantidad(codigo.factor))}`}
            />
          ))}
          {codigos?.length === 0 && (
            <ListRow title="Sin códigos de barras" detail="Búscalo por nombre o clave." />
          )}
        </ul>
      </Card>
      <Card title="Dónde está">
        <p>
          {ubicaciones === undefined
            ? '…'
            : ubicaciones.length === 0
              ? 'No tiene ubicación registrada.'
              : ubicaciones.map((u) => u.codigo).join(', ')}
        </p>
      </Card>
      {veExistencias && (
        <Suspense fallback={<Skeleton />}>
          <MovimientosRecientes productoId={producto.id} unidad={producto.unidad} />
        </Suspense>
      )}
      {identidad != null && EDITA_PRODUCTOS.includes(identidad.rol) && bajado.fusionadoEn === null && (
        <>
          <Button block onClick={() => setCambiando(true)}>
            Cambiar producto
          </Button>
          <Button
            block
            onClick={() => navigate({ to: '/catalogo/$productoId', params: { productoId: producto.id } })}
          >
            Abrir en el catálogo
          </Button>
        </>
      )}
      {cambiando && (
        <Suspense fallback={null}>
          <HojaParche
            producto={producto}
            onClose={() => setCambiando(false)}
            onGuardado={() => setCambiando(false)}
          />
        </Suspense>
      )}
      {identidad != null && REGISTRA_MOVIMIENTOS.includes(identidad.rol) && (
        <Button
          block
          onClick={() => navigate({ to: '/movimientos/nuevo', search: { producto: producto.id } })}
        >
          Registrar movimiento
        </Button>
      )}
      {identidad != null && IMPRIME_ETIQUETAS.includes(identidad.rol) && producto.isActive && (
        <Button block onClick={() => navigate({ to: '/etiquetas', search: { producto: producto.id } })}>
          Imprimir etiquetas
        </Button>
      )}
    </>
  );
}

function Existencias({ producto }: { producto: FilaProducto }) {
  const existencias = useExistencias(producto.id);
  const almacenes = useAlmacenes();
  const nombre = new Map(almacenes?.map((a) => [a.id, a.nombre]));
  return (
    <Card title="Existencia">
      <ul className="list" aria-label="Existencias">
        {existencias?.map((existencia) => {
          const cantidad = existencia.cantidad === null ? null : toCantidad(existencia.cantidad);
          return (
            <ListRow
              key={existencia.almacenId}
              title={nombre.get(existencia.almacenId) ?? 'Almacén'}
              detail={
                !existencia.tieneBase
                  ? 'sin base: nunca se ha contado'
                  : cantidad !== null && cantidad < 0n
                    ? 'negativa: falta registrar una entrada'
                    : undefined
              }
              value={cantidad === null ? '—' : cantidadVista(cantidad)}
              unit={cantidad === null ? undefined : nombreUnidad(producto.unidad, cantidad)}
            />
          );
        })}
        {existencias?.length === 0 && <ListRow title="Sin movimientos en tus almacenes" />}
      </ul>
    </Card>
  );
}
