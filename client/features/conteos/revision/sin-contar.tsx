import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { cuenta, plural } from '#shared/formato.ts';
import { CerosDialog } from './ceros-dialog.tsx';

const TRAMO = 50;

export type SinContarProps = {
  conteoId: string;
  productos: Revision['sinContar'];
  /** Only who decides may declare that there is none. */
  decide: boolean;
  enLinea: boolean;
  onHecho: (mensaje: string) => void;
};

/** Asked for and counted by nobody. Never turned into zero by itself: a manager picks which ones, and looks twice. */
export function SinContar({ conteoId, productos, decide, enLinea, onHecho }: SinContarProps) {
  const [visibles, setVisibles] = useState(0);
  const [elegidos, setElegidos] = useState<ReadonlySet<string>>(new Set());
  const [pedidos, setPedidos] = useState<readonly string[] | null>(null);
  if (productos.length === 0) return null;
  const quedan = productos.length - visibles;
  const vigentes = productos.filter(({ productoId }) => elegidos.has(productoId)).map((p) => p.productoId);
  const marca = (productoId: string, marcado: boolean) =>
    setElegidos((antes) => {
      const nuevos = new Set(antes);
      if (marcado) nuevos.add(productoId);
      else nuevos.delete(productoId);
      return nuevos;
    });
  return (
    <section aria-labelledby="sin-contar" className="flex flex-col">
      <h2 id="sin-contar" className="card-title p-gutter pb-1">
        Sin contar ({cuenta(productos.length)})
      </h2>
      <p className="px-gutter pb-2 text-sm text-ink-soft">
        Estaban en el alcance y nadie los contó. Aprobar no los toca: su existencia se queda como está.
      </p>
      {visibles > 0 && decide && (
        <div className="flex flex-col px-gutter">
          <Checkbox
            label={`Elegir los ${cuenta(productos.length)}`}
            checked={vigentes.length === productos.length}
            onChecked={(todos) => setElegidos(new Set(todos ? productos.map((p) => p.productoId) : []))}
          />
        </div>
      )}
      {visibles > 0 && (
        <ul aria-labelledby="sin-contar" className="list">
          {productos.slice(0, visibles).map((p) =>
            decide ? (
              <li key={p.productoId} className="px-gutter">
                <Checkbox
                  label={p.nombre}
                  detail={p.codigo}
                  checked={elegidos.has(p.productoId)}
                  onChecked={(marcado) => marca(p.productoId, marcado)}
                />
              </li>
            ) : (
              <ListRow key={p.productoId} title={p.nombre} detail={p.codigo} />
            ),
          )}
        </ul>
      )}
      <div className="flex flex-col gap-2 px-gutter py-2 tablet:flex-row tablet:items-start">
        {quedan > 0 && (
          <Button onClick={() => setVisibles(visibles + TRAMO)}>
            {visibles === 0 ? 'Ver los que faltan' : `Ver ${Math.min(TRAMO, quedan)} más`}
          </Button>
        )}
        {decide && vigentes.length > 0 && (
          <Button disabled={!enLinea} onClick={() => setPedidos(vigentes)}>
            {`Poner en cero ${plural(vigentes.length, 'producto', 'productos')}`}
          </Button>
        )}
      </div>
      <CerosDialog
        conteoId={conteoId}
        pedidos={pedidos}
        onClose={() => setPedidos(null)}
        onHecho={(mensaje) => {
          setElegidos(new Set());
          onHecho(mensaje);
        }}
      />
    </section>
  );
}
