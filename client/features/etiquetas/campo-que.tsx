import X from 'lucide-react/icons/x';
import { EligeProducto } from '#client/features/transacciones/index.ts';
import type { FilaUbicacion, useAlmacenes } from '#client/offline/index.ts';
import { CheckboxGroup } from '#client/ui/checkbox-group.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import type { Pedido } from './pedido.ts';

export type CampoQueProps = {
  pedido: Pedido;
  onCambia: (cambios: Partial<Pedido>) => void;
  almacenes: ReturnType<typeof useAlmacenes>;
  ubicaciones: readonly FilaUbicacion[] | undefined;
  error: string | undefined;
};

/** What is labelled: things one names, or all that a zone holds. */
export function CampoQue({ pedido, onCambia, almacenes, ubicaciones, error }: CampoQueProps) {
  const zonas = new Map<string, number>();
  for (const { zona } of ubicaciones ?? []) if (zona !== '') zonas.set(zona, (zonas.get(zona) ?? 0) + 1);
  const deProducto = pedido.tipo === 'producto';
  const conAlmacen = pedido.origen === 'zona' || (!deProducto && (almacenes?.length ?? 0) > 1);
  return (
    <>
      <Segmented
        label="Etiquetas de"
        showLabel
        value={pedido.tipo}
        onValue={(tipo) => onCambia({ tipo: tipo as Pedido['tipo'] })}
        options={[
          { value: 'producto', label: 'Productos' },
          { value: 'ubicacion', label: 'Ubicaciones' },
        ]}
      />
      <Segmented
        label="Cuáles"
        showLabel
        value={pedido.origen}
        onValue={(origen) => onCambia({ origen: origen as Pedido['origen'] })}
        options={[
          { value: 'lista', label: 'Las que diga' },
          { value: 'zona', label: 'Todo de una zona' },
        ]}
      />
      {conAlmacen && (
        <Select
          label="Almacén"
          value={pedido.almacenId}
          onValue={(almacenId) => onCambia({ almacenId, zonas: [] })}
          placeholder={pedido.origen === 'zona' ? 'Elige un almacén' : 'Cualquiera'}
          options={(almacenes ?? []).map(({ id, nombre, tiendaNombre }) => ({
            value: id,
            label: `${nombre} · ${tiendaNombre}`,
          }))}
        />
      )}
      {pedido.origen === 'zona' && zonas.size > 0 && (
        <CheckboxGroup
          label="Zonas"
          hint="Sin elegir ninguna son todas."
          options={[...zonas].map(([zona, cuantas]) => ({ value: zona, label: `${zona} (${cuantas})` }))}
          value={pedido.zonas}
          onValue={(valor) => onCambia({ zonas: valor })}
        />
      )}
      {pedido.origen === 'lista' && deProducto && (
        <>
          <EligeProducto
            key={pedido.productos.length}
            label="Agregar producto"
            producto={null}
            enfoca={pedido.productos.length > 0}
            onProducto={(producto) => {
              if (producto === null || pedido.productos.some(({ id }) => id === producto.id)) return;
              const { id, codigo, nombre } = producto;
              onCambia({ productos: [...pedido.productos, { id, codigo, nombre }] });
            }}
          />
          {pedido.productos.length > 0 && (
            <ul className="list" aria-label="Productos por etiquetar">
              {pedido.productos.map(({ id, codigo, nombre }) => (
                <ListRow
                  key={id}
                  title={nombre}
                  detail={codigo}
                  actions={
                    <IconButton
                      label={`Quitar ${codigo}`}
                      icon={<X aria-hidden />}
                      onClick={() =>
                        onCambia({ productos: pedido.productos.filter((otro) => otro.id !== id) })
                      }
                    />
                  }
                />
              ))}
            </ul>
          )}
        </>
      )}
      {pedido.origen === 'lista' && (
        <TextArea
          label={deProducto ? 'O pega códigos, uno por renglón' : 'Códigos de ubicación, uno por renglón'}
          hint={deProducto ? 'El código de una caja da la etiqueta de la caja.' : undefined}
          value={pedido.codigos}
          onValue={(codigos) => onCambia({ codigos })}
          rows={deProducto ? 3 : 5}
          spellCheck={false}
          autoCapitalize="characters"
          placeholder={deProducto ? 'PH-2840' : 'A-03-2'}
        />
      )}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
