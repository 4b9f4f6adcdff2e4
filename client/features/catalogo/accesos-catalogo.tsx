import { Link } from '@tanstack/react-router';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { buttonClass } from '#client/ui/button-class.ts';

/** Ways from the catalogue to what belongs to it; what waits for a decision says how many. */
export function AccesosCatalogo() {
  const conflictos = useConsulta(['conflictos'], () => api.productos.conflictos.query(), { fresca: 30_000 });
  const esperan = conflictos.data?.length ?? 0;
  const clase = buttonClass({ variant: 'secondary' });
  return (
    <nav aria-label="Partes del catálogo" className="catalogo-accesos">
      <Link to="/catalogo/cambios" className={clase}>
        {esperan > 0 ? `Por decidir (${esperan})` : 'Por decidir'}
      </Link>
      <Link to="/catalogo/duplicados" className={clase}>
        Duplicados
      </Link>
      <Link to="/catalogo/categorias" className={clase}>
        Categorías
      </Link>
      <Link to="/catalogo/proveedores" className={clase}>
        Proveedores
      </Link>
    </nav>
  );
}
