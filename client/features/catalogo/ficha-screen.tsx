import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { FichaProducto } from './ficha-producto.tsx';
import { FormaProducto } from './forma-producto.tsx';
import './catalogo.css';

const NUEVO = {
  unidad: 'PZA',
  decimales: '0',
  precio: '0',
  ivaTasa: '16',
  precioConIva: true,
  pideLote: false,
  pideCaducidad: false,
  esServicio: false,
  esJuego: false,
};

/** A product as the office edits it, with everything that belongs to it; `nuevo` begins an empty one. */
export function FichaScreen({ productoId }: { productoId: string }) {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const nuevo = productoId === 'nuevo';
  const [idNuevo] = useState(newId);
  const puede = identidad != null && VE_COSTOS.includes(identidad.rol);
  const edita = identidad != null && EDITA_PRODUCTOS.includes(identidad.rol);
  const ficha = useConsulta(
    ['catalogo', 'ficha', productoId],
    () => api.productos.ficha.query({ id: productoId }),
    {
      activa: puede && !nuevo,
    },
  );
  const codigo = String(ficha.data?.valores.codigo ?? 'Producto');
  const vuelve = () => void navigate({ to: '/catalogo' });
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title={
            nuevo ? (
              'Nuevo producto'
            ) : (
              <span className={codigo.length > 14 ? 'break-all' : 'whitespace-nowrap'}>{codigo}</span>
            )
          }
          eyebrow="Catálogo"
          onBack={vuelve}
          status={<EstadoEnvio corto />}
        />
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={6} />
      ) : !puede || (nuevo && !edita) ? (
        <ForbiddenState>Los productos los cambian tu gerente y compras.</ForbiddenState>
      ) : nuevo ? (
        <FormaProducto
          id={idNuevo}
          nuevo
          leido={NUEVO}
          edita
          onGuardado={(id) =>
            void navigate({ to: '/catalogo/$productoId', params: { productoId: id }, replace: true })
          }
        />
      ) : (
        <>
          <FallaEnLinea
            consulta={ficha}
            sinSenal="Todos los datos de un producto se cambian con señal. En Productos puedes cambiar lo básico sin señal."
          />
          {ficha.isPending && <Skeleton lines={8} />}
          {ficha.data !== undefined && <FichaProducto ficha={ficha.data} edita={edita} />}
        </>
      )}
    </Screen>
  );
}
