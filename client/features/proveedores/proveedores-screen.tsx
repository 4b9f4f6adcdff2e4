import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { HojaCampos } from '#client/features/catalogo/index.ts';
import { newId } from '#client/offline/clock.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { pliega } from '#shared/domain/busqueda.ts';
import { CAMPOS_PROVEEDOR } from '#shared/domain/catalogo/campos-proveedor.ts';
import { validaRfc } from '#shared/domain/catalogo/rfc.ts';
import { plural } from '#shared/formato.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';

type Proveedor = Awaited<ReturnType<typeof api.proveedores.lista.query>>[number];

/** Whom the company buys from, with RFC checked and days of delivery. */
export function ProveedoresScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const puede = identidad != null && VE_COSTOS.includes(identidad.rol);
  const edita = identidad != null && EDITA_PRODUCTOS.includes(identidad.rol);
  const { q = '' } = useSearch({ strict: false }) as { q?: string };
  const lista = useConsulta(['proveedores'], () => api.proveedores.lista.query(), { activa: puede });
  const [abierto, setAbierto] = useState<Proveedor | 'nuevo' | null>(null);
  const busca = pliega(String(q)).split(/\s+/).filter(Boolean);
  const filas = (lista.data ?? []).filter((p) => {
    const texto = pliega([p.codigo, p.nombre, p.rfc, p.correo].filter(Boolean).join(' '));
    return busca.every((palabra) => texto.includes(palabra));
  });
  return (
    <Screen
      header={
        <AppHeader
          title="Proveedores"
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
            disabled={lista.data === undefined}
            onClick={() => setAbierto('nuevo')}
          >
            Nuevo proveedor
          </Button>
        )
      }
    >
      {identidad !== undefined && !puede ? (
        <ForbiddenState>Los proveedores los ven tu gerente y compras.</ForbiddenState>
      ) : (
        <>
          <FallaEnLinea consulta={lista} sinSenal="Los proveedores se consultan con señal." />
          {lista.isPending && <Skeleton lines={6} look="rows" />}
          {lista.data?.length === 0 && (
            <EmptyState title="Todavía no hay proveedores">
              Las compras sugeridas usan sus costos, mínimos y días de entrega.
            </EmptyState>
          )}
          {(lista.data?.length ?? 0) > 0 && (
            <>
              <FilterBar
                label="Filtros de proveedores"
                search={{
                  label: 'Buscar proveedor',
                  value: String(q),
                  onValue: (texto) =>
                    void navigate({
                      to: '/catalogo/proveedores',
                      replace: true,
                      search: texto === '' ? {} : { q: texto },
                    }),
                }}
                result={plural(filas.length, 'proveedor', 'proveedores')}
              />
              <ul className="list" aria-label="Proveedores">
                {filas.map((p) => (
                  <ListRow
                    key={p.id}
                    title={p.nombre}
                    detail={
                      <>
                        {[
                          p.codigo,
                          p.rfc,
                          p.diasEntrega === null
                            ? null
                            : `entrega en ${plural(Number(p.diasEntrega), 'día', 'días')}`,
                          p.telefono,
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                        {!p.isActive && <Tag tone="warn">dado de baja</Tag>}
                      </>
                    }
                    value={p.productos > 0 ? p.productos : undefined}
                    unit={p.productos > 0 ? (p.productos === 1 ? 'producto' : 'productos') : undefined}
                    {...(edita ? { onPress: () => setAbierto(p) } : {})}
                  />
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {abierto !== null && (
        <Hoja
          key={abierto === 'nuevo' ? 'nuevo' : abierto.id}
          proveedor={abierto === 'nuevo' ? null : abierto}
          onClose={() => setAbierto(null)}
        />
      )}
    </Screen>
  );
}

function Hoja({ proveedor, onClose }: { proveedor: Proveedor | null; onClose: () => void }) {
  const [id] = useState(() => proveedor?.id ?? newId());
  const guarda = useOrden(
    (cambios: Parameters<typeof api.proveedores.guarda.mutate>[0]['cambios']) =>
      api.proveedores.guarda.mutate({ id, nuevo: proveedor === null, cambios }),
    ['proveedores'],
  );
  const activa = useOrden(
    (activo: boolean) => api.proveedores.cambiaActivo.mutate({ id, activo }),
    ['proveedores'],
  );
  const { rfc } = proveedor ?? {};
  return (
    <HojaCampos
      titulo={proveedor?.nombre ?? 'Nuevo proveedor'}
      campos={CAMPOS_PROVEEDOR}
      leido={
        proveedor === null
          ? {}
          : Object.fromEntries(
              CAMPOS_PROVEEDOR.map((c) => [c.campo, proveedor[c.campo as keyof Proveedor] as string | null]),
            )
      }
      onClose={onClose}
      guarda={guarda.mutateAsync}
      hints={{
        rfc:
          rfc && validaRfc(rfc) === 'digito'
            ? 'Su último dígito no cuadra; revísalo con su constancia.'
            : 'Con o sin guiones.',
        diasEntrega: 'De que se pide a que llega.',
      }}
      {...(proveedor === null ? {} : { activo: { es: proveedor.isActive, cambia: activa.mutateAsync } })}
    />
  );
}
