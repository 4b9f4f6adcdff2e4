import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { FRASE_MOTIVO } from '#shared/domain/catalogo/duplicados.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { pesos, plural } from '#shared/formato.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { HojaFusion } from './hoja-fusion.tsx';
import './catalogo.css';

type Par = Awaited<ReturnType<typeof api.productos.duplicados.query>>['pares'][number];

/** Products that may be one, with the reason; joined after seeing them side by side, or told apart for good. */
export function DuplicadosScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const puede = identidad != null && VE_COSTOS.includes(identidad.rol);
  const edita = identidad != null && EDITA_PRODUCTOS.includes(identidad.rol);
  const consulta = useConsulta(['catalogo', 'duplicados'], () => api.productos.duplicados.query(), {
    activa: puede,
  });
  const fusiones = useConsulta(['catalogo', 'fusiones'], () => api.productos.fusiones.query(), {
    activa: puede,
  });
  const deshace = useOrden((id: string) => api.productos.deshaceFusion.mutate({ id }), ['catalogo']);
  const distintos = useOrden(
    (p: Par) => api.productos.sonDistintos.mutate({ origenId: p.a.id, destinoId: p.b.id }),
    ['catalogo'],
  );
  const [par, setPar] = useState<Par | null>(null);
  const { data } = consulta;
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title="Posibles duplicados"
          eyebrow="Catálogo"
          onBack={() => void navigate({ to: '/catalogo' })}
          status={<EstadoEnvio corto />}
        />
      }
    >
      {identidad !== undefined && !puede ? (
        <ForbiddenState>Los duplicados los revisan tu gerente y compras.</ForbiddenState>
      ) : (
        <div className="flex flex-col gap-4 pb-6">
          <FallaEnLinea
            consulta={consulta}
            orden={deshace.isError ? deshace : distintos}
            sinSenal="Los duplicados se buscan y se unen con señal."
          />
          {consulta.isPending && <Skeleton lines={8} look="rows" label="Buscando productos parecidos…" />}
          {data?.pares.length === 0 && (
            <EmptyState title="Ninguno parece repetido">
              Se comparan códigos de barras, códigos sin guiones y nombres con las mismas cifras.
            </EmptyState>
          )}
          {data !== undefined && data.pares.length > 0 && (
            <p role="status">
              {plural(data.total, 'par parece', 'pares parecen')} el mismo producto
              {data.total > data.pares.length ? `; aquí van los ${data.pares.length} más seguros` : ''}.
            </p>
          )}
          {data?.pares.map((p) => (
            <Card key={`${p.a.id}${p.b.id}`} className="flex flex-col gap-3">
              <p className="flex flex-wrap gap-2">
                {p.motivos.map((m) => (
                  <Tag key={m} tone={m === 'gtin' || m === 'codigo' ? 'warn' : 'info'}>
                    {FRASE_MOTIVO[m]}
                  </Tag>
                ))}
              </p>
              <div className="catalogo-lado">
                {[p.a, p.b].map((q) => (
                  <div key={q.id}>
                    <p className="font-bold">{q.nombre}</p>
                    <p className="text-ink-soft">{[q.codigo, q.marca].filter(Boolean).join(' · ')}</p>
                    <p className="text-ink-soft">
                      {plural(q.movimientos, 'movimiento', 'movimientos')} ·{' '}
                      {pesos(toDecimal(q.precio, DINERO_ESCALA), { centavos: true })}
                    </p>
                  </div>
                ))}
              </div>
              {edita && (
                <div className="flex flex-wrap gap-2">
                  <Button onClick={() => setPar(p)}>Comparar y unir</Button>
                  <Button variant="quiet" onClick={() => distintos.mutate(p)}>
                    Son distintos
                  </Button>
                </div>
              )}
            </Card>
          ))}
          {(fusiones.data?.length ?? 0) > 0 && (
            <Card
              title="Uniones hechas"
              detail="Se pueden deshacer mientras no pase nada más con el producto."
            >
              <ul className="list" aria-label="Uniones hechas">
                {fusiones.data?.map((f) => (
                  <ListRow
                    key={f.id}
                    title={`${f.origen} → ${f.destino}`}
                    detail={`${f.quien} · ${fechaHoraAqui(f.en)}`}
                    actions={
                      edita && (
                        <Button
                          aria-label={`Deshacer la unión de ${f.origen}`}
                          onClick={() => deshace.mutate(f.id)}
                        >
                          Deshacer
                        </Button>
                      )
                    }
                  />
                ))}
              </ul>
            </Card>
          )}
        </div>
      )}
      {par !== null && <HojaFusion a={par.a} b={par.b} onClose={() => setPar(null)} />}
    </Screen>
  );
}
