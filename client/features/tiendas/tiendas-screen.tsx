import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TIPOS_ALMACEN, ZONAS_MEXICO } from '#shared/domain/catalogo/campos-tienda.ts';
import { plural } from '#shared/formato.ts';
import { HojaAlmacen } from './hoja-almacen.tsx';
import { HojaTienda } from './hoja-tienda.tsx';

type Lista = Awaited<ReturnType<typeof api.tiendas.lista.query>>;
export type Tienda = Lista['tiendas'][number];
export type Almacen = Lista['almacenes'][number];

const zona = (z: string) => ZONAS_MEXICO.find((x) => x.value === z)?.label ?? z;
const tipo = (t: string) => TIPOS_ALMACEN.find((x) => x.value === t)?.label ?? t;

/** Shops with their almacenes; each almacén opens its bins. An admin changes them, a gerente the bins of their own. */
export function TiendasScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const admin = identidad?.rol === 'admin';
  const puede = admin || identidad?.rol === 'gerente';
  const lista = useConsulta(['tiendas'], () => api.tiendas.lista.query(), { activa: puede });
  const [tienda, setTienda] = useState<Tienda | 'nueva' | null>(null);
  const [almacen, setAlmacen] = useState<{ de: Tienda; almacen: Almacen | null } | null>(null);
  return (
    <Screen
      header={
        <AppHeader
          title="Tiendas"
          onBack={() => void navigate({ to: '/mas' })}
          status={<EstadoEnvio corto />}
        />
      }
      actions={
        admin && (
          <Button
            variant="primary"
            block
            tall
            disabled={lista.data === undefined}
            onClick={() => setTienda('nueva')}
          >
            Nueva tienda
          </Button>
        )
      }
    >
      {identidad !== undefined && !puede ? (
        <ForbiddenState>Las tiendas las cambia un administrador; las ubicaciones, tu gerente.</ForbiddenState>
      ) : (
        <div className="flex flex-col gap-4 pb-6">
          <FallaEnLinea consulta={lista} sinSenal="Las tiendas se cambian con señal." />
          {lista.isPending && <Skeleton lines={8} look="rows" />}
          {lista.data?.tiendas.map((t) => (
            <Card
              key={t.id}
              title={t.nombre}
              detail={[t.codigo, t.ciudad, zona(t.zonaHoraria)].filter(Boolean).join(' · ')}
              trailing={
                t.isActive ? (
                  admin && (
                    <Button aria-label={`Cambiar ${t.nombre}`} onClick={() => setTienda(t)}>
                      Cambiar
                    </Button>
                  )
                ) : (
                  <>
                    <Tag tone="warn">dada de baja</Tag>
                    {admin && <Button onClick={() => setTienda(t)}>Ver</Button>}
                  </>
                )
              }
            >
              <ul className="list" aria-label={`Almacenes de ${t.nombre}`}>
                {lista.data.almacenes
                  .filter((a) => a.tiendaId === t.id)
                  .map((a) => (
                    <ListRow
                      key={a.id}
                      title={a.nombre}
                      detail={
                        <>
                          {[
                            tipo(a.tipo),
                            a.codigo,
                            plural(a.ubicaciones, 'ubicación', 'ubicaciones'),
                            a.conExistencia > 0
                              ? `${plural(a.conExistencia, 'producto', 'productos')} con existencia`
                              : null,
                          ]
                            .filter(Boolean)
                            .join(' · ')}
                          {!a.isActive && <Tag tone="warn">dado de baja</Tag>}
                        </>
                      }
                      onPress={() => setAlmacen({ de: t, almacen: a })}
                    />
                  ))}
              </ul>
              {admin && t.isActive && (
                <Button className="mt-3" onClick={() => setAlmacen({ de: t, almacen: null })}>
                  Agregar almacén
                </Button>
              )}
            </Card>
          ))}
        </div>
      )}
      {tienda !== null && (
        <HojaTienda
          key={tienda === 'nueva' ? 'nueva' : tienda.id}
          tienda={tienda === 'nueva' ? null : tienda}
          onClose={() => setTienda(null)}
        />
      )}
      {almacen !== null && (
        <HojaAlmacen
          key={almacen.almacen?.id ?? 'nuevo'}
          tienda={almacen.de}
          almacen={almacen.almacen}
          admin={admin}
          onClose={() => setAlmacen(null)}
        />
      )}
    </Screen>
  );
}
