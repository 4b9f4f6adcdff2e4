import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { DataTable } from '#client/ui/data-table.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { type Valor, validaCampo } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO, CAMPOS_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { plural } from '#shared/formato.ts';
import { CampoEditable } from './campo-editable.tsx';
import { valorDicho } from './choques.tsx';
import { useArbol } from './use-categorias.ts';

type Vista = Awaited<ReturnType<typeof api.productos.editaEnBloque.mutate>>;
const ENBLOQUE = CAMPOS_PRODUCTO.filter((c) => c.enBloque);

/** One field on many products: what it would change is seen before, all change in one go, and it is undone as one. */
export function HojaBloque({ ids, onClose }: { ids: readonly string[]; onClose: (hecho: boolean) => void }) {
  const arbol = useArbol();
  const [campo, setCampo] = useState('categoriaId');
  const [valor, setValor] = useState<Valor>(null);
  const [vista, setVista] = useState<Vista | null>(null);
  const [edicionId] = useState(newId);
  const [error, setError] = useState<string>();
  const definido = CAMPO_PRODUCTO.get(campo)!;
  const edita = useOrden(
    (aplica: boolean) =>
      api.productos.editaEnBloque.mutate({
        id: edicionId,
        ids: [...ids],
        campos: { [campo]: valor ?? (definido.tipo === 'si_no' ? false : null) },
        aplica,
      }),
    ['catalogo'],
  );
  const deshace = useOrden(() => api.productos.deshaceEdicion.mutate({ id: edicionId }), ['catalogo']);
  const falla = edita.error ?? deshace.error;
  const aplicada = vista?.aplicada === true;
  const decir = (v: Valor) =>
    campo === 'categoriaId' && typeof v === 'string' ? (arbol.nombre(v) ?? 'otra') : valorDicho(v);
  const manda = (aplica: boolean) => {
    const validado = validaCampo(definido, valor ?? (definido.tipo === 'si_no' ? false : null));
    setError(validado.ok ? undefined : `${validado.frase}.`);
    if (validado.ok) edita.mutate(aplica, { onSuccess: setVista });
  };
  return (
    <Sheet
      open
      onClose={() => onClose(aplicada)}
      title={`Cambiar ${plural(ids.length, 'producto', 'productos')}`}
      actions={
        aplicada ? (
          <Button variant="primary" block tall onClick={() => onClose(true)}>
            Listo
          </Button>
        ) : vista === null ? (
          <Button variant="primary" block tall busy={edita.isPending} onClick={() => manda(false)}>
            Ver qué cambiaría
          </Button>
        ) : (
          <>
            <Button
              variant="primary"
              block
              tall
              busy={edita.isPending}
              disabled={vista.cambian.length === 0}
              onClick={() => manda(true)}
            >
              Cambiar {plural(vista.cambian.length, 'producto', 'productos')}
            </Button>
            <Button block onClick={() => setVista(null)}>
              Elegir otra cosa
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {falla !== null && (
          <Banner tone="bad" title="No se cambió nada" role="alert">
            {errorDe(falla).mensaje}
          </Banner>
        )}
        {vista === null && (
          <>
            <Select
              label="Qué cambiar"
              value={campo}
              onValue={(v) => {
                setCampo(v);
                setValor(null);
                setError(undefined);
              }}
              options={ENBLOQUE.map((c) => ({ value: c.campo, label: c.nombre }))}
            />
            <CampoEditable
              campo={definido}
              valor={valor}
              onValor={setValor}
              error={error}
              opciones={campo === 'categoriaId' ? arbol.opciones : undefined}
            />
          </>
        )}
        {vista !== null && !aplicada && (
          <>
            <p>
              {plural(vista.cambian.length, 'producto cambia', 'productos cambian')}
              {vista.iguales > 0 ? ` y ${plural(vista.iguales, 'ya está así', 'ya están así')}` : ''}. Todavía
              no se cambia nada.
            </p>
            <DataTable
              label="Vista previa"
              columns={[
                { key: 'codigo', header: 'Código', card: 'title', cell: (c) => c.codigo },
                { key: 'antes', header: 'Antes', cell: (c) => decir(c.campos[campo]?.antes ?? null) },
                { key: 'despues', header: 'Después', cell: (c) => decir(c.campos[campo]?.despues ?? null) },
              ]}
              rows={vista.cambian.slice(0, 200)}
              rowKey={(c) => c.id}
              empty="Todos están así ya."
            />
            {vista.cambian.length > 200 && <p>Y {plural(vista.cambian.length - 200, 'más', 'más')}.</p>}
          </>
        )}
        {aplicada && deshace.data === undefined && (
          <Banner
            tone="ok"
            role="status"
            title={`Se cambiaron ${plural(vista.cambian.length, 'producto', 'productos')}`}
            actions={
              <Button busy={deshace.isPending} onClick={() => deshace.mutate(undefined)}>
                Deshacer
              </Button>
            }
          >
            {definido.nombre}: {decir(valor)}.
          </Banner>
        )}
        {deshace.data !== undefined && (
          <Banner tone="info" role="status" title="Se deshizo">
            {plural(deshace.data.productos, 'producto quedó', 'productos quedaron')} como antes.
          </Banner>
        )}
      </div>
    </Sheet>
  );
}
