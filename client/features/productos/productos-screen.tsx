import { useNavigate, useSearch } from '@tanstack/react-router';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { buscarCodigo, useEstadoEnvio, useIdentidad } from '#client/offline/index.ts';
import { signalScan, useWedge } from '#client/scanner/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { cuenta } from '#shared/formato.ts';
import { VE_COSTOS } from '#shared/roles.ts';
import { BuscadorProductos } from './buscador-productos.tsx';

/** The catalogue of this phone: a reading opens its product at once. */
export function ProductosScreen() {
  const navigate = useNavigate();
  const { q } = useSearch({ strict: false }) as { q?: string };
  const { catalogo } = useEstadoEnvio();
  const identidad = useIdentidad();
  const veCostos = identidad != null && VE_COSTOS.includes(identidad.rol);
  const abre = (id: string) => navigate({ to: '/productos/$productoId', params: { productoId: id } });
  useWedge(async (evento) => {
    const [unico, otro] = await buscarCodigo(evento.codigo, evento.simbologia);
    if (unico !== undefined && otro === undefined) {
      signalScan('exito');
      await abre(unico.producto.id);
      return;
    }
    signalScan(unico === undefined ? 'error' : 'desconocido');
    await navigate({ to: '/productos', search: { q: evento.codigo }, replace: true });
  });
  return (
    <Screen header={<AppHeader title="Productos" status={<EstadoEnvio />} />}>
      <BuscadorProductos
        key={q?.length === undefined ? 'nuevo' : undefined}
        inicial={q ?? ''}
        onTexto={(texto) =>
          navigate({ to: '/productos', search: texto === '' ? {} : { q: texto }, replace: true })
        }
        onElegir={(producto) => abre(producto.id)}
        vacio={
          <EmptyState
            title={`${cuenta(catalogo.productos)} productos en este teléfono`}
            actions={
              veCostos && <Button onClick={() => navigate({ to: '/catalogo' })}>Abrir el catálogo</Button>
            }
          >
            {catalogo.completo
              ? 'Busca sin señal: por código, por palabras sin acentos («balata jetta») o por medida («20555R16»).'
              : 'El catálogo todavía está bajando; lo que ya llegó se puede buscar.'}
          </EmptyState>
        }
      />
    </Screen>
  );
}
