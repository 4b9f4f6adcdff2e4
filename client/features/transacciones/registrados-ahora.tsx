import { ListRow } from '#client/ui/list-row.tsx';

export type Registrado = { id: string; nombre: string; detalle: string };

/** What was saved since the screen opened, last one first. */
export function RegistradosAhora({ filas }: { filas: readonly Registrado[] }) {
  if (filas.length === 0) return null;
  return (
    <section aria-labelledby="movimientos-ahora" className="flex flex-col gap-2">
      <h2 id="movimientos-ahora" className="card-title">
        Registrado ahora
      </h2>
      <ul className="list">
        {filas.map(({ id, nombre, detalle }) => (
          <ListRow key={id} title={nombre} detail={detalle} fresh />
        ))}
      </ul>
    </section>
  );
}
