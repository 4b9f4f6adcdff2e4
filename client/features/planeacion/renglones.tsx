import { Checkbox } from '#client/ui/checkbox.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { RenglonPropuesto } from '#shared/contracts/planeacion.ts';

export type RenglonesProps = {
  titulo: string;
  detalle?: string;
  renglones: readonly RenglonPropuesto[];
  elegidos: ReadonlySet<string>;
  onElige: (productoId: string, entra: boolean) => void;
};

/** Part of the proposal: each product with where it lies and why it is asked for. Only who plans sees this. */
export function Renglones({ titulo, detalle, renglones, elegidos, onElige }: RenglonesProps) {
  if (renglones.length === 0) return null;
  return (
    <section aria-label={titulo} className="flex flex-col gap-1">
      <h2 className="text-lg font-bold">{titulo}</h2>
      {detalle && <p className="text-ink-soft">{detalle}</p>}
      <ul className="list">
        {renglones.map((r) => (
          <li key={r.productoId} className="row px-gutter">
            <Checkbox
              className="grow"
              label={r.nombre}
              checked={elegidos.has(r.productoId)}
              onChecked={(entra) => onElige(r.productoId, entra)}
              detail={
                <span className="flex flex-col gap-1">
                  <span>{r.porque}</span>
                  <span className="flex flex-wrap items-center gap-2">
                    <span>{r.codigo}</span>
                    <span>{r.ubicaciones.length === 0 ? 'sin ubicación' : r.ubicaciones.join(', ')}</span>
                    {r.claseAbc && <Tag>Clase {r.claseAbc}</Tag>}
                  </span>
                </span>
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
