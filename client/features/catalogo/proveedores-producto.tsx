import { useState } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { Ficha } from './ficha-producto.tsx';

type Linea = Ficha['proveedores'][number];

/** Who sells it, how they call it, for how much and in what quantities; one of them preferred. */
export function ProveedoresProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const [abierta, setAbierta] = useState<Linea | 'nueva' | null>(null);
  return (
    <Card
      title="Proveedores"
      trailing={
        edita && (
          <Button aria-label="Agregar proveedor" onClick={() => setAbierta('nueva')}>
            Agregar
          </Button>
        )
      }
    >
      <ul className="list" aria-label="Proveedores del producto">
        {ficha.proveedores.map((p) => (
          <ListRow
            key={p.proveedorId}
            title={p.nombre}
            detail={
              <>
                {[
                  p.codigoProveedor,
                  p.minimoCompra === null ? null : `mínimo ${p.minimoCompra}`,
                  p.empaque === null ? null : `de ${p.empaque} en ${p.empaque}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                {p.preferido && <Tag tone="ok">preferido</Tag>}
                {!p.isActive && <Tag tone="warn">dado de baja</Tag>}
              </>
            }
            value={p.costo === null ? undefined : `$${p.costo}`}
            {...(edita ? { onPress: () => setAbierta(p) } : {})}
          />
        ))}
        {ficha.proveedores.length === 0 && (
          <ListRow title="Sin proveedor" detail="Las compras lo van a necesitar." />
        )}
      </ul>
      {abierta !== null && (
        <HojaLinea
          key={abierta === 'nueva' ? 'nueva' : abierta.proveedorId}
          productoId={ficha.id}
          linea={abierta === 'nueva' ? null : abierta}
          tiene={ficha.proveedores.map((p) => p.proveedorId)}
          onClose={() => setAbierta(null)}
        />
      )}
    </Card>
  );
}

function HojaLinea({
  productoId,
  linea,
  tiene,
  onClose,
}: {
  productoId: string;
  linea: Linea | null;
  tiene: readonly string[];
  onClose: () => void;
}) {
  const todos = useConsulta(['proveedores'], () => api.proveedores.lista.query());
  const [proveedorId, setProveedorId] = useState(linea?.proveedorId ?? '');
  const [codigo, setCodigo] = useState(linea?.codigoProveedor ?? '');
  const [costo, setCosto] = useState(linea?.costo ?? '');
  const [minimo, setMinimo] = useState(linea?.minimoCompra ?? '');
  const [empaque, setEmpaque] = useState(linea?.empaque ?? '');
  const [preferido, setPreferido] = useState(linea?.preferido ?? tiene.length === 0);
  const o = (texto: string) => texto.trim().replace(/^\$/, '') || null;
  const pone = useOrden(
    () =>
      api.productos.ponProveedor.mutate({
        productoId,
        proveedorId,
        codigoProveedor: o(codigo),
        costo: o(costo),
        minimoCompra: o(minimo),
        empaque: o(empaque),
        preferido,
      }),
    ['catalogo'],
  );
  const quita = useOrden(
    () => api.productos.quitaProveedor.mutate({ productoId, proveedorId }),
    ['catalogo'],
  );
  const falla = pone.error ?? quita.error;
  return (
    <Sheet
      open
      onClose={onClose}
      title={linea?.nombre ?? 'Agregar proveedor'}
      actions={
        <>
          <Button
            variant="primary"
            block
            tall
            busy={pone.isPending}
            disabled={proveedorId === ''}
            onClick={() => pone.mutate(undefined, { onSuccess: onClose })}
          >
            Guardar
          </Button>
          {linea !== null && (
            <Button block variant="danger" onClick={() => quita.mutate(undefined, { onSuccess: onClose })}>
              Quitar
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {falla !== null && (
          <Banner tone="bad" title="No se guardó" role="alert">
            {errorDe(falla).mensaje}
          </Banner>
        )}
        {linea === null && (
          <Select
            label="Proveedor"
            value={proveedorId}
            onValue={setProveedorId}
            options={(todos.data ?? [])
              .filter((p) => p.isActive && !tiene.includes(p.id))
              .map((p) => ({ value: p.id, label: p.nombre }))}
            placeholder={todos.data?.length === 0 ? 'Todavía no hay proveedores' : 'Elige uno'}
          />
        )}
        <TextField
          label="Cómo lo llama"
          value={codigo}
          onValue={setCodigo}
          hint="Su clave en la factura."
          autoComplete="off"
        />
        <TextField
          label="Costo"
          value={costo}
          onValue={setCosto}
          inputMode="decimal"
          leading="$"
          hint="Por unidad, sin IVA."
        />
        <TextField label="Compra mínima" value={minimo} onValue={setMinimo} inputMode="decimal" />
        <TextField
          label="Se compra de"
          value={empaque}
          onValue={setEmpaque}
          inputMode="decimal"
          hint="12 si solo vende cajas de 12."
        />
        <Checkbox label="Es el preferido" checked={preferido} onChecked={setPreferido} />
      </div>
    </Sheet>
  );
}
