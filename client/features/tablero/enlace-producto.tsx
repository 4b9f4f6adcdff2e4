import { Link } from '@tanstack/react-router';

/** A product by name and code; opens it, or its row in the review of a conteo. */
export function EnlaceProducto({
  id,
  codigo,
  nombre,
  conteo,
}: {
  id: string;
  codigo?: string;
  nombre: string;
  conteo?: string;
}) {
  const dicho = (
    <>
      <span className="block">{nombre}</span>
      {codigo !== undefined && <span className="block font-normal text-ink-soft">{codigo}</span>}
    </>
  );
  const clase = 'tablero-producto';
  return conteo === undefined ? (
    <Link to="/productos/$productoId" params={{ productoId: id }} className={clase}>
      {dicho}
    </Link>
  ) : (
    <Link
      to="/conteos/$conteoId/revision"
      params={{ conteoId: conteo }}
      search={{ q: codigo } as never}
      className={clase}
    >
      {dicho}
    </Link>
  );
}
