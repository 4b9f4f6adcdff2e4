import { Banner } from '#client/ui/banner.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad, plural } from '#shared/formato.ts';
import { fraseComparado } from './textos-revision.ts';

/** What a test count is, and how it came out beside the real conteo that it was planned against. */
export function ComparacionPrueba({ revision }: { revision: Revision }) {
  const { conteo, productos } = revision;
  const contra = conteo.comparaCon ?? null;
  const comparados = productos.filter(({ comparado }) => comparado != null);
  const distintos = comparados.filter(({ comparado }) => toCantidad(comparado!.diferencia) !== 0n);
  const folio = contra?.folio ?? 'el otro conteo';
  return (
    <div className="flex flex-col gap-3 p-gutter">
      <Banner tone="info" title="Conteo de prueba">
        {conteo.estado === 'cerrado'
          ? 'Se guardó la comparación. No movió existencias.'
          : 'Se compara y se cierra: no se aprueba ni mueve existencias.'}
      </Banner>
      {contra !== null && (
        <section aria-labelledby="contra" className="flex flex-col gap-2">
          <h2 id="contra" className="card-title">{`Contra ${folio}`}</h2>
          <p className="text-ink-soft">
            {comparados.length === 0
              ? 'Ese conteo no contó ninguno de estos productos.'
              : distintos.length === 0
                ? `${plural(comparados.length, 'producto comparado: coincide', 'productos comparados: coinciden')}.`
                : `${distintos.length === 1 ? 'Difiere' : 'Difieren'} ${distintos.length} de ${plural(comparados.length, 'producto', 'productos')}.`}
          </p>
          {distintos.length > 0 && (
            <ul aria-labelledby="contra" className="list">
              {distintos.map((p) => {
                const diferencia = toCantidad(p.comparado!.diferencia);
                return (
                  <ListRow
                    key={p.productoId}
                    title={p.nombre}
                    detail={`${p.codigo} · ${fraseComparado(p, conteo.zonaHoraria)}`}
                    value={cantidadVista(diferencia, { signo: true })}
                    unit={nombreUnidad(p.unidad, diferencia)}
                  />
                );
              })}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}
