import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { BuscadorProductos } from '#client/features/productos/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { Ficha } from './ficha-producto.tsx';

type Parte = NonNullable<Ficha['partes']>[number];

/** What one kit is made of: it is counted by its parts. */
export function PartesProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const partes = ficha.partes ?? [];
  const [abierta, setAbierta] = useState<Parte | 'nueva' | null>(null);
  const guarda = useOrden(
    (nuevas: readonly Pick<Parte, 'productoId' | 'cantidad'>[]) =>
      api.productos.guarda.mutate({
        id: ficha.id,
        nuevo: false,
        cambios: {},
        partes: nuevas.map(({ productoId, cantidad }) => ({ productoId, cantidad })),
      }),
    ['catalogo'],
  );
  const pon = (parte: Parte) =>
    guarda.mutate([...partes.filter((p) => p.productoId !== parte.productoId), parte], {
      onSuccess: () => setAbierta(null),
    });
  return (
    <Card
      title="Partes del juego"
      trailing={
        edita && (
          <Button aria-label="Agregar parte" onClick={() => setAbierta('nueva')}>
            Agregar
          </Button>
        )
      }
    >
      <ul className="list" aria-label="Partes del juego">
        {partes.map((p) => (
          <ListRow
            key={p.productoId}
            title={p.nombre}
            detail={p.codigo}
            value={p.cantidad}
            actions={
              edita && (
                <Button
                  aria-label={`Quitar ${p.codigo}`}
                  onClick={() => guarda.mutate(partes.filter((x) => x.productoId !== p.productoId))}
                >
                  Quitar
                </Button>
              )
            }
          />
        ))}
        {partes.length === 0 && (
          <ListRow title="Sin partes" detail="Mientras no tenga partes, el juego no se puede contar." />
        )}
      </ul>
      {guarda.error !== null && abierta === null && (
        <Banner tone="bad" title="No se cambió" role="alert">
          {errorDe(guarda.error).mensaje}
        </Banner>
      )}
      {abierta !== null && (
        <HojaParte
          falla={guarda.error === null ? null : errorDe(guarda.error).mensaje}
          ocupado={guarda.isPending}
          onClose={() => setAbierta(null)}
          onPon={pon}
        />
      )}
    </Card>
  );
}

function HojaParte({
  falla,
  ocupado,
  onClose,
  onPon,
}: {
  falla: string | null;
  ocupado: boolean;
  onClose: () => void;
  onPon: (parte: Parte) => void;
}) {
  const [elegido, setElegido] = useState<{ id: string; codigo: string; nombre: string } | null>(null);
  const [cantidad, setCantidad] = useState('1');
  return (
    <Sheet
      open
      onClose={onClose}
      title="Agregar parte"
      actions={
        elegido !== null && (
          <Button
            variant="primary"
            block
            tall
            busy={ocupado}
            onClick={() =>
              onPon({
                productoId: elegido.id,
                codigo: elegido.codigo,
                nombre: elegido.nombre,
                cantidad: cantidad.trim(),
              })
            }
          >
            Agregar
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {falla !== null && (
          <Banner tone="bad" title="No se agregó" role="alert">
            {falla}
          </Banner>
        )}
        {elegido === null ? (
          <BuscadorProductos onElegir={setElegido} />
        ) : (
          <>
            <p>
              <strong>{elegido.nombre}</strong> · {elegido.codigo}
            </p>
            <TextField
              label="Cuántas lleva el juego"
              inputMode="decimal"
              value={cantidad}
              onValue={setCantidad}
            />
            <Button onClick={() => setElegido(null)}>Elegir otro producto</Button>
          </>
        )}
      </div>
    </Sheet>
  );
}
