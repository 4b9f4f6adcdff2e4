import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { cuenta } from '#shared/formato.ts';

const TRAMO = 50;

/** Asked for and counted by nobody. Never turned into zero by itself. */
export function SinContar({ productos }: { productos: Revision['sinContar'] }) {
  const [visibles, setVisibles] = useState(0);
  if (productos.length === 0) return null;
  const quedan = productos.length - visibles;
  return (
    <section aria-labelledby="sin-contar" className="flex flex-col">
      <h2 id="sin-contar" className="card-title p-gutter pb-1">
        Sin contar ({cuenta(productos.length)})
      </h2>
      <p className="px-gutter pb-2 text-sm text-ink-soft">
        Estaban en el alcance y nadie los contó. Aprobar no los toca: su existencia se queda como está.
      </p>
      {visibles > 0 && (
        <ul aria-labelledby="sin-contar" className="list">
          {productos.slice(0, visibles).map((p) => (
            <ListRow key={p.productoId} title={p.nombre} detail={p.codigo} />
          ))}
        </ul>
      )}
      {quedan > 0 && (
        <div className="flex flex-col px-gutter py-2 tablet:items-start">
          <Button onClick={() => setVisibles(visibles + TRAMO)}>
            {visibles === 0 ? 'Ver los que faltan' : `Ver ${Math.min(TRAMO, quedan)} más`}
          </Button>
        </div>
      )}
    </section>
  );
}
