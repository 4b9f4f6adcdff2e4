import { Link, useNavigate } from '@tanstack/react-router';
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
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { pesos } from '#shared/formato.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { useArbol } from './use-categorias.ts';

type Conflicto = Awaited<ReturnType<typeof api.productos.conflictos.query>>[number];

/** Edits of phones that found another value: «Ana puso 120, Luis ya había puesto 115: ¿cuál queda?». */
export function CambiosScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const arbol = useArbol();
  const puede = identidad != null && VE_COSTOS.includes(identidad.rol);
  const edita = identidad != null && EDITA_PRODUCTOS.includes(identidad.rol);
  const consulta = useConsulta(['conflictos'], () => api.productos.conflictos.query(), { activa: puede });
  const decide = useOrden(
    ({ c, decision }: { c: Conflicto; decision: 'entra' | 'queda' }) =>
      api.productos.decideConflicto.mutate({
        parcheId: c.parcheId,
        campo: c.campo,
        decision,
        visto: c.ahora,
      }),
    ['conflictos'],
  );
  const dicho = (c: Conflicto, valor: string | null) => {
    if (valor === null || valor === '') return 'vacío';
    if (c.campo === 'categoriaId') return arbol.nombre(valor) ?? 'otra categoría';
    if (c.campo === 'precio') return pesos(toDecimal(valor, DINERO_ESCALA), { centavos: true });
    return c.campo.startsWith('código ') ? `×${valor}` : valor;
  };
  return (
    <Screen
      header={
        <AppHeader
          title="Por decidir"
          eyebrow="Catálogo"
          onBack={() => void navigate({ to: '/catalogo' })}
          status={<EstadoEnvio corto />}
        />
      }
    >
      {identidad !== undefined && !puede ? (
        <ForbiddenState>Estos cambios los deciden tu gerente y compras.</ForbiddenState>
      ) : (
        <div className="flex flex-col gap-4 pb-6">
          <FallaEnLinea consulta={consulta} orden={decide} sinSenal="Los cambios se deciden con señal." />
          {consulta.isPending && <Skeleton lines={5} look="rows" />}
          {consulta.data?.length === 0 && (
            <EmptyState title="No hay cambios por decidir">
              Cuando dos personas cambien el mismo dato sin verse, aquí se muestran los dos y se elige uno.
            </EmptyState>
          )}
          {consulta.data?.map((c) => (
            <Card
              key={`${c.parcheId}${c.campo}`}
              className="flex flex-col gap-3"
              title={`${c.nombreCampo}: ¿cuál queda?`}
              detail={
                <Link
                  to="/catalogo/$productoId"
                  params={{ productoId: c.productoId }}
                  className="inline-flex min-h-target items-center underline underline-offset-4"
                >
                  {c.nombre} · {c.codigo}
                </Link>
              }
            >
              <p>
                <strong>{c.quien}</strong> puso <strong>{dicho(c, c.valor)}</strong> en su teléfono (
                {fechaHoraAqui(c.en)}) cuando veía {dicho(c, c.base)};{' '}
                <strong>{c.encontradoQuien ?? 'alguien'}</strong> ya había puesto{' '}
                <strong>{dicho(c, c.encontrado)}</strong>.
                {c.ahora !== c.encontrado && ` Ahora dice ${dicho(c, c.ahora)}.`}
              </p>
              {edita && (
                <div className="flex flex-wrap gap-2">
                  <Button onClick={() => decide.mutate({ c, decision: 'entra' })}>
                    Poner {dicho(c, c.valor)}
                  </Button>
                  <Button onClick={() => decide.mutate({ c, decision: 'queda' })}>
                    Dejar {dicho(c, c.ahora)}
                  </Button>
                </div>
              )}
            </Card>
          ))}
        </div>
      )}
    </Screen>
  );
}
