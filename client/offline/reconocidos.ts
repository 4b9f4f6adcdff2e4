import { cantidadTexto, toCantidad, UNA_UNIDAD } from '#shared/domain/cantidad.ts';
import { proponerLiga } from './acciones.ts';
import { elCache } from './bases.ts';
import { catalogoMeta } from './cache-db.ts';
import { leeLectura } from './lecturas.ts';
import type { FilaProducto, LineaVista } from './modelo.ts';
import { leeConteo } from './vista-conteos.ts';

/** A code that nobody knew when it was read and that is now the code of exactly one product. */
export type Reconocido = {
  codigo: string;
  producto: FilaProducto;
  /** Units that one reading stands for, decimal text. */
  factor: string;
  lineas: LineaVista[];
};

type Resuelto = { producto: FilaProducto; factor: string } | null;

/** What each raw code is in one state of the catalogue: asked for after every scan, looked up once. */
let sabido: { estado: string; codigos: Map<string, Promise<Resuelto>> } = { estado: '', codigos: new Map() };

/**
 * My unknown codes of a conteo that this phone's catalogue knows by now: it was incomplete when they were read, or the
 * product came later. Only where the code stands for exactly one product that is counted; several are a person's to
 * choose. Nothing while the catalogue comes down, nor of a conteo that ended, nor of what came late to its approval.
 */
export async function leeReconocidos(conteoId: string, usuarioId: string): Promise<Reconocido[]> {
  const conteo = await leeConteo(conteoId, usuarioId);
  if (!conteo || conteo.estado === 'cerrado' || conteo.estado === 'cancelado') return [];
  const porCodigo = new Map<string, LineaVista[]>();
  for (const linea of conteo.lineas) {
    if (!esDesconocida(linea) || linea.intento !== conteo.intento) continue;
    const codigo = linea.codigoCrudo!;
    porCodigo.set(codigo, [...(porCodigo.get(codigo) ?? []), linea]);
  }
  if (porCodigo.size === 0) return [];
  const meta = await catalogoMeta(elCache().db);
  if (!meta.completo) return [];
  const { serie, siguiente } = meta.lados[meta.activa];
  const estado = `${elCache().db.name}:${meta.activa}:${serie}:${siguiente}`;
  if (sabido.estado !== estado) sabido = { estado, codigos: new Map() };
  const { codigos } = sabido;
  const found: Reconocido[] = [];
  for (const [codigo, lineas] of porCodigo) {
    let resuelto = codigos.get(codigo);
    if (!resuelto) {
      resuelto = resuelve(codigo, lineas[0]!);
      codigos.set(codigo, resuelto);
      resuelto.catch(() => codigos.delete(codigo));
    }
    const uno = await resuelto;
    if (uno !== null) found.push({ codigo, ...uno, lineas });
  }
  return found;
}

function esDesconocida(linea: LineaVista): boolean {
  return (
    linea.tipo === 'suma' &&
    !linea.anulada &&
    linea.productoId === null &&
    linea.codigoCrudo !== null &&
    linea.liga === null &&
    linea.estado !== 'rechazada' &&
    linea.estado !== 'tardia'
  );
}

async function resuelve(codigo: string, { simbologia, fuente }: LineaVista): Promise<Resuelto> {
  const separa = fuente === 'camara' || fuente === 'foto';
  const { hallados, etiqueta } = await leeLectura({ codigo, simbologia, separa });
  const [hallado, otro] = hallados;
  if (hallado === undefined || otro !== undefined) return null;
  const { producto } = hallado;
  if (producto.esServicio || (producto.esJuego && !producto.partes?.length)) return null;
  if (etiqueta === null) return { producto, factor: hallado.factor };
  const { cuantoDice } = await import('#shared/domain/gs1/etiqueta.ts');
  const { cantidad, factor } = cuantoDice(etiqueta, producto.unidad, toCantidad(hallado.factor));
  return { producto, factor: cantidadTexto((cantidad * factor) / UNA_UNIDAD) };
}

/** Proposes each as what it is; a gerente confirms. Pieces that were typed on the pad stay pieces. Returns how many codes. */
export async function proponeReconocidos(
  reconocidos: readonly Reconocido[],
  conteoId: string,
): Promise<number> {
  for (const { lineas, producto, factor } of reconocidos) {
    for (const linea of lineas) {
      const tecleada = linea.fuente === 'manual' && linea.cantidad !== UNA_UNIDAD;
      await proponerLiga({
        lineaId: linea.id,
        conteoId,
        productoId: producto.id,
        factor: tecleada ? null : factor,
        motivo: 'El código ya está en el catálogo',
      });
    }
  }
  return reconocidos.length;
}
