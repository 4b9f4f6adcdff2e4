import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos } from '#shared/formato.ts';
import { type BusquedaRevision, NOMBRE_FILTRO } from './vista-revision.ts';

/** Filters by money, place and person; what the URL says of them is not trusted. */
export type FiltrosRevision = {
  /** Whole pesos, digits only; '' = no filter. */
  pesos: string;
  zona: string;
  ubicacion: string;
  contador: string;
};

const textoDe = (valor: unknown) =>
  typeof valor === 'string' || typeof valor === 'number' ? String(valor).slice(0, 200) : '';

export function leeFiltros(search: Record<string, unknown>): FiltrosRevision {
  const monto = textoDe(search.pesos);
  return {
    pesos: /^\d{1,9}$/.test(monto) && Number(monto) > 0 ? monto : '',
    zona: textoDe(search.zona),
    ubicacion: textoDe(search.ubicacion),
    contador: textoDe(search.contador),
  };
}

/** Variance worth at least so many pesos either way; one without cost has no worth to compare. */
function pasaPesos(p: ProductoRevisado, minimo: string): boolean {
  if (minimo === '') return true;
  if (p.valor === null) return false;
  const valor = toDecimal(p.valor, DINERO_ESCALA);
  return (valor < 0n ? -valor : valor) >= toDecimal(minimo, DINERO_ESCALA);
}

export function pasaFiltros(p: ProductoRevisado, f: FiltrosRevision): boolean {
  return (
    pasaPesos(p, f.pesos) &&
    (f.zona === '' || p.contadores.some(({ zona }) => zona === f.zona)) &&
    (f.ubicacion === '' || p.contadores.some(({ ubicacion }) => ubicacion === f.ubicacion)) &&
    (f.contador === '' || p.contadores.some(({ usuarioId }) => usuarioId === f.contador))
  );
}

type Opcion = [valor: string, texto: string];
export type Opciones = { zonas: Opcion[]; ubicaciones: Opcion[]; contadores: Opcion[] };

/** Zones, places (of the chosen zone) and people that counted something here, each with how many products. */
export function opcionesDe(productos: readonly ProductoRevisado[], enZona = ''): Opciones {
  const zonas = new Map<string, Set<string>>();
  const lugares = new Map<string, Set<string>>();
  const personas = new Map<string, { nombre: string; ids: Set<string> }>();
  for (const p of productos) {
    for (const { ubicacion, zona, usuarioId, nombre } of p.contadores) {
      if (zona) zonas.set(zona, (zonas.get(zona) ?? new Set()).add(p.productoId));
      if (ubicacion !== null && (enZona === '' || zona === enZona))
        lugares.set(ubicacion, (lugares.get(ubicacion) ?? new Set()).add(p.productoId));
      const persona = personas.get(usuarioId) ?? { nombre, ids: new Set<string>() };
      persona.ids.add(p.productoId);
      personas.set(usuarioId, persona);
    }
  }
  const orden = new Intl.Collator('es-MX', { numeric: true });
  const deLugares = (grupos: Map<string, Set<string>>, nombre: string): Opcion[] =>
    [...grupos]
      .sort(([a], [b]) => orden.compare(a, b))
      .map(([codigo, ids]) => [codigo, `${nombre}${codigo} (${cuenta(ids.size)})`]);
  return {
    zonas: deLugares(zonas, 'Zona '),
    ubicaciones: deLugares(lugares, ''),
    contadores: [...personas]
      .sort(([, a], [, b]) => orden.compare(a.nombre, b.nombre))
      .map(([id, { nombre, ids }]) => [id, `${nombre} (${cuenta(ids.size)})`]),
  };
}

/** "Fuera de tolerancia, de $500 o más, en A-03-2, contado por Ana": all filters in one sentence. */
export function fraseFiltros(
  b: Pick<BusquedaRevision, 'filtro' | 'q'>,
  f: FiltrosRevision,
  productos: readonly ProductoRevisado[],
): string {
  const quien = productos
    .flatMap(({ contadores }) => contadores)
    .find(({ usuarioId }) => usuarioId === f.contador)?.nombre;
  return [
    NOMBRE_FILTRO[b.filtro],
    f.pesos && `de ${pesos(toDecimal(f.pesos, DINERO_ESCALA))} o más`,
    f.zona && `en la zona ${f.zona}`,
    f.ubicacion && `en ${f.ubicacion}`,
    f.contador && `contado por ${quien ?? 'alguien que no contó aquí'}`,
    b.q.trim() && `con «${b.q.trim()}»`,
  ]
    .filter(Boolean)
    .join(', ');
}
