import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { useAlmacenes, useIdentidad, useUbicaciones } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import type { Ficha } from './ficha-producto.tsx';

/** Where it lies in the shops of who looks; who manages a shop says so. */
export function LugaresProducto({ ficha, edita }: { ficha: Ficha; edita: boolean }) {
  const rol = useIdentidad()?.rol;
  const puede = edita && (rol === 'admin' || rol === 'gerente');
  const [abierto, setAbierto] = useState(false);
  const pone = useOrden(
    (a: { ubicacionId: string; esta: boolean }) =>
      api.productos.ponUbicacion.mutate({ productoId: ficha.id, ...a }),
    ['catalogo'],
  );
  return (
    <Card
      title="Dónde está"
      trailing={
        puede && (
          <Button aria-label="Agregar ubicación" onClick={() => setAbierto(true)}>
            Agregar
          </Button>
        )
      }
    >
      <ul className="list" aria-label="Ubicaciones">
        {ficha.lugares.map((l) => (
          <ListRow
            key={l.ubicacionId}
            title={l.codigo}
            detail={l.almacen}
            actions={
              puede && (
                <Button
                  aria-label={`Quitar ${l.codigo}`}
                  onClick={() => pone.mutate({ ubicacionId: l.ubicacionId, esta: false })}
                >
                  Quitar
                </Button>
              )
            }
          />
        ))}
        {ficha.lugares.length === 0 && <ListRow title="No tiene ubicación registrada" />}
      </ul>
      {pone.error !== null && (
        <Banner tone="bad" title="No se cambió" role="alert">
          {errorDe(pone.error).mensaje}
        </Banner>
      )}
      {abierto && (
        <HojaLugar
          onClose={() => setAbierto(false)}
          onElige={(ubicacionId) => {
            setAbierto(false);
            pone.mutate({ ubicacionId, esta: true });
          }}
        />
      )}
    </Card>
  );
}

function HojaLugar({ onClose, onElige }: { onClose: () => void; onElige: (ubicacionId: string) => void }) {
  const almacenes = useAlmacenes() ?? [];
  const [almacenId, setAlmacenId] = useState('');
  const [ubicacionId, setUbicacionId] = useState('');
  const elegido = almacenId || almacenes[0]?.id || '';
  const ubicaciones = useUbicaciones(elegido || null) ?? [];
  return (
    <Sheet
      open
      onClose={onClose}
      title="Agregar ubicación"
      actions={
        <Button
          variant="primary"
          block
          tall
          disabled={ubicacionId === ''}
          onClick={() => onElige(ubicacionId)}
        >
          Agregar
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label="Almacén"
          value={elegido}
          onValue={(v) => {
            setAlmacenId(v);
            setUbicacionId('');
          }}
          options={almacenes.map((a) => ({ value: a.id, label: a.nombre }))}
        />
        <Select
          label="Ubicación"
          value={ubicacionId}
          onValue={setUbicacionId}
          options={ubicaciones.map((u) => ({ value: u.id, label: u.codigo }))}
          placeholder={ubicaciones.length === 0 ? 'Ese almacén no tiene ubicaciones' : 'Elige una'}
        />
      </div>
    </Sheet>
  );
}
