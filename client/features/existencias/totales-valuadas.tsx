import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { Stats } from '#client/ui/stats.tsx';
import type { AlmacenValuado } from '#shared/contracts/valuadas.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos, plural } from '#shared/formato.ts';
import { Dinero } from './dinero.tsx';
import { type Filtro, totalGeneral } from './vista-valuadas.ts';

const dinero = (texto: string) => pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true });

const COLUMNAS: TableColumn<AlmacenValuado>[] = [
  {
    key: 'almacen',
    header: 'Almacén',
    card: 'title',
    cell: (a) => (
      <>
        <span className="block">{a.nombre}</span>
        {!a.nombre.includes(a.tienda) && (
          <span className="text-sm font-normal text-ink-soft">{a.tienda}</span>
        )}
      </>
    ),
  },
  { key: 'productos', header: 'Productos', align: 'end', cell: (a) => cuenta(a.totales.productos) },
  {
    key: 'negativos',
    header: 'Falta entrada',
    align: 'end',
    cell: (a) =>
      a.totales.negativos === 0
        ? '0'
        : `${cuenta(a.totales.negativos)} (${dinero(a.totales.valorNegativos)})`,
  },
  { key: 'sinCosto', header: 'Sin costo', align: 'end', cell: (a) => cuenta(a.totales.sinCosto) },
  {
    key: 'valor',
    header: 'Valor',
    align: 'end',
    card: 'hero',
    cell: (a) => (
      <>
        <Dinero centavos={toDecimal(a.totales.valor, DINERO_ESCALA)} />
        {a.tipo === 'ajeno' && <span className="block text-sm font-normal text-ink-soft">no es tuyo</span>}
      </>
    ),
  },
];

/** What is there at cost, and what the figure leaves out; then each almacén. */
export function TotalesValuadas({
  almacenes,
  productos,
  filtro,
  onFiltro,
}: {
  almacenes: readonly AlmacenValuado[];
  /** Different ones: a product in three almacenes is one. */
  productos: number;
  filtro: Filtro;
  onFiltro: (filtro: Filtro) => void;
}) {
  const t = totalGeneral(almacenes);
  const conAlgo = almacenes.filter((a) => a.totales.productos > 0);
  return (
    <>
      <Stats
        label="Totales"
        className="border-t border-line"
        items={[
          { label: 'valor a costo, sin IVA', value: pesos(t.valor, { centavos: true }) },
          { label: productos === 1 ? 'producto' : 'productos', value: cuenta(productos) },
        ]}
      />
      {(t.negativos > 0 || t.sinCosto > 0 || t.ajenos > 0) && (
        <div className="flex flex-col gap-2 p-gutter">
          {t.negativos > 0 && (
            <Banner
              tone="warn"
              title={`${plural(t.negativos, 'producto está en negativo: falta registrar una entrada', 'productos están en negativo: falta registrar una entrada')}`}
              actions={
                filtro !== 'negativos' && <Button onClick={() => onFiltro('negativos')}>Ver cuáles</Button>
              }
            >
              {t.negativos === 1 ? 'Vale' : 'Valen'} {pesos(t.valorNegativos, { centavos: true })} y no{' '}
              {t.negativos === 1 ? 'está' : 'están'} en el total: lo que falta registrar no resta de lo que sí
              hay.
            </Banner>
          )}
          {t.sinCosto > 0 && (
            <p className="text-ink-soft">
              {plural(t.sinCosto, 'producto no tiene', 'productos no tienen')} costo conocido en esa fecha: su
              valor no se sabe y no está en el total.
            </p>
          )}
          {t.ajenos > 0 && (
            <p className="text-ink-soft">El total no suma los almacenes de mercancía ajena.</p>
          )}
        </div>
      )}
      {conAlgo.length > 1 && (
        <DataTable label="Totales por almacén" columns={COLUMNAS} rows={conAlgo} rowKey={(a) => a.id} />
      )}
    </>
  );
}
