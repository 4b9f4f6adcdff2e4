import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import type { api } from '#client/app/trpc.ts';
import { useArbol } from '#client/features/catalogo/index.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { aplana, arbolDe } from '#shared/domain/catalogo/arbol.ts';
import { cuenta } from '#shared/formato.ts';
import { EDITA_PRODUCTOS } from '#shared/roles.ts';
import { HojaCategoria } from './hoja-categoria.tsx';

export type Categoria = Awaited<ReturnType<typeof api.categorias.lista.query>>[number];

/** The tree of categories: each with its products; make, rename, move, join, put out of use. */
export function CategoriasScreen() {
  const navigate = useNavigate();
  const rol = useIdentidad()?.rol;
  const edita = rol !== undefined && EDITA_PRODUCTOS.includes(rol);
  const { consulta, todas } = useArbol();
  const [abierta, setAbierta] = useState<Categoria | 'nueva' | null>(null);
  const nodos = aplana(arbolDe(todas));
  return (
    <Screen
      header={
        <AppHeader
          title="Categorías"
          eyebrow="Catálogo"
          onBack={() => void navigate({ to: '/catalogo' })}
          status={<EstadoEnvio corto />}
        />
      }
      actions={
        edita && (
          <Button
            variant="primary"
            block
            tall
            disabled={consulta.data === undefined}
            onClick={() => setAbierta('nueva')}
          >
            Nueva categoría
          </Button>
        )
      }
    >
      <FallaEnLinea consulta={consulta} sinSenal="Las categorías se cambian con señal." />
      {consulta.isPending && <Skeleton lines={8} look="rows" />}
      {consulta.data?.length === 0 && (
        <EmptyState title="Todavía no hay categorías">
          Sirven para contar por partes, filtrar y leer estadísticas.
        </EmptyState>
      )}
      {nodos.length > 0 && (
        <ul className="list" aria-label="Categorías">
          {nodos.map(({ rama, nivel }) => (
            <ListRow
              key={rama.id}
              item={{ style: { paddingInlineStart: `${nivel * 1.25}rem` } }}
              title={rama.nombre}
              detail={
                rama.isActive ? (
                  nivel === 0 ? undefined : (
                    <span className="sr-only">nivel {nivel + 1}</span>
                  )
                ) : (
                  <Tag tone="warn">dada de baja</Tag>
                )
              }
              value={rama.productos > 0 ? cuenta(rama.productos) : undefined}
              {...(edita ? { onPress: () => setAbierta(rama) } : {})}
            />
          ))}
        </ul>
      )}
      {abierta !== null && (
        <HojaCategoria
          key={abierta === 'nueva' ? 'nueva' : abierta.id}
          categoria={abierta === 'nueva' ? null : abierta}
          todas={todas}
          onClose={() => setAbierta(null)}
        />
      )}
    </Screen>
  );
}
