import { type Azar, azar } from './azar.ts';
import { type Articulo, type Catalogo, codigosDeUbicacion, generaCatalogo } from './catalogo.ts';
import { TIENDAS } from './demo-fijos.ts';
import { almacenId, ubicacionId } from './identidad.ts';
import { type ClaseAbc, claseDe, type FilaMovimiento, generaHistoria, historiaFija } from './movimientos.ts';

const SEMILLA = 20260302;
/** How much of the catalogue each shop carries. */
const SURTIDO: Record<string, number> = { 'CDMX-01': 1, 'GDL-01': 0.6, 'MTY-01': 0.5 };
/** Products of zone A of CDMX-01 besides the fixed ones. */
const EN_ZONA_A = 48;

export interface Surtido {
  clases: { producto_id: string; almacen_id: string; clase_abc: ClaseAbc }[];
  lugares: { producto_id: string; ubicacion_id: string }[];
  movimientos: FilaMovimiento[];
}

/** What one shop carries: class, bins and 18 months of each product. */
function surte(tienda: string, articulos: readonly Articulo[], ahora: number, suerte: Azar): Surtido {
  const almacen = almacenId(tienda);
  const frente = codigosDeUbicacion().filter((u) => u.zona === 'A');
  const fondo = codigosDeUbicacion().filter((u) => u.zona !== 'A');
  const surtido: Surtido = { clases: [], lugares: [], movimientos: [] };
  let enFrente = 0;
  articulos.forEach((articulo, i) => {
    const clase = claseDe(articulo, suerte);
    const { fijo } = articulo;
    if (fijo === null && suerte.next() >= SURTIDO[tienda]!) return;
    const id = articulo.fila.id;
    surtido.clases.push({ producto_id: id, almacen_id: almacen, clase_abc: clase });
    let lugar: string;
    if (fijo !== null) lugar = fijo.ubicacion;
    else if (enFrente < EN_ZONA_A && i % 97 === 0) lugar = frente[enFrente++ % frente.length]!.codigo;
    else lugar = fondo[(i * 5 + suerte.entero(0, 3)) % fondo.length]!.codigo;
    const lugares = new Set([lugar]);
    // One in twenty lies in a second bin at the back.
    if (fijo === null && suerte.suerte(0.05)) lugares.add(suerte.de(fondo).codigo);
    for (const l of lugares) surtido.lugares.push({ producto_id: id, ubicacion_id: ubicacionId(tienda, l) });
    const historia =
      fijo !== null && tienda === 'CDMX-01'
        ? historiaFija(articulo, almacen, ahora, suerte)
        : generaHistoria(articulo, almacen, clase, ahora, suerte);
    for (const movimiento of historia) surtido.movimientos.push(movimiento);
  });
  return surtido;
}

/** Catalogue and shops of the demo company as it stands at `ahora` (ms). Pure: the same at every run but for the dates. */
export function generaDemo(ahora: number): { catalogo: Catalogo; surtidos: Surtido[] } {
  const suerte = azar(SEMILLA);
  const catalogo = generaCatalogo(suerte);
  return {
    catalogo,
    surtidos: TIENDAS.map(({ codigo }) => surte(codigo, catalogo.articulos, ahora, suerte)),
  };
}
