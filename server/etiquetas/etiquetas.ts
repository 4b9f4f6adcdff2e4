import type { Tx } from '#server/platform/db/db.ts';
import type { PideEtiquetas } from '#shared/contracts/etiquetas.ts';
import { limpiaCodigo } from '#shared/domain/codigos.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import {
  ETIQUETAS_MAXIMO,
  FORMATOS_ETIQUETA,
  porPagina,
  type Simbolo,
  simboloDe,
} from '#shared/domain/etiqueta.ts';
import { comparaNatural } from '#shared/domain/hoja-conteo.ts';
import { AppError } from '#shared/errores.ts';
import { nombreUnidad, pesos } from '#shared/formato.ts';
import {
  type CodigoHallado,
  findCodigos,
  findProductosPorId,
  findProductosPorZona,
  findUbicaciones,
  type ProductoEtiqueta,
  type UbicacionEtiqueta,
} from './etiquetas.sql.ts';

/** What one label says. */
export interface Etiqueta {
  readonly tipo: 'producto' | 'ubicacion';
  /** What the bars say: exactly what a reading gives. */
  readonly barras: string;
  readonly simbolo: Simbolo;
  /** In large print: the product's code or the bin's. */
  readonly codigo: string;
  /** In at most two lines. */
  readonly texto: string;
  /** Pack, unit, almacén; smaller. */
  readonly detalle: string;
  readonly precio: string | null;
}

/** Reasons that stop the request, each with what it holds for; all of them are told at once. */
class Problemas {
  readonly #por = new Map<string, string[]>();

  agrega(motivo: string, que: string): void {
    const lista = this.#por.get(motivo) ?? [];
    lista.push(que);
    this.#por.set(motivo, lista);
  }

  /** The sentence names the first ten of each; `data` has all of them. */
  revisa(): void {
    if (this.#por.size === 0) return;
    const partes = [...this.#por].map(([motivo, cuales]) => {
      const resto = cuales.length > 10 ? ` y ${cuales.length - 10} más` : '';
      return `${motivo}: ${cuales.slice(0, 10).join(', ')}${resto}`;
    });
    throw new AppError('ETIQUETAS_MALAS', {
      detalle: partes.join('; '),
      malas: [...this.#por].flatMap(([motivo, cuales]) => cuales.map((que) => `${motivo}: ${que}`)),
    });
  }
}

function deProducto(producto: ProductoEtiqueta, pide: PideEtiquetas, hallado?: CodigoHallado): Etiqueta {
  const barras = hallado?.barras ?? producto.barras ?? producto.codigo;
  const caja = hallado !== undefined && hallado.factor !== '1';
  const unidad = nombreUnidad(producto.unidad, 200_000n);
  return {
    tipo: 'producto',
    barras: limpiaCodigo(barras),
    simbolo: simboloDe(barras) ?? 'qr',
    codigo: producto.codigo,
    texto: producto.nombre,
    detalle: caja ? `${hallado.empaque ?? 'Caja'} · ${hallado.factor} ${unidad}` : '',
    // The price is of one piece.
    precio:
      pide.precio && !caja ? pesos(toDecimal(producto.precio, DINERO_ESCALA), { centavos: true }) : null,
  };
}

function deUbicacion(ubicacion: UbicacionEtiqueta): Etiqueta {
  const detalle = [ubicacion.zona === '' ? '' : `Zona ${ubicacion.zona}`, ubicacion.almacen];
  return {
    tipo: 'ubicacion',
    barras: limpiaCodigo(ubicacion.codigo),
    simbolo: simboloDe(ubicacion.codigo) ?? 'qr',
    codigo: ubicacion.codigo,
    texto: ubicacion.nombre ?? '',
    detalle: detalle.filter(Boolean).join(' · '),
    precio: null,
  };
}

async function productos(tx: Tx, pide: PideEtiquetas, problemas: Problemas): Promise<Etiqueta[]> {
  const pedidos = [...new Set(pide.codigos.map(limpiaCodigo))];
  if (pide.ids.length === 0 && pedidos.length === 0) {
    if (pide.almacenId === null) return [];
    const filas = await findProductosPorZona(tx, pide.almacenId, pide.zonas);
    return filas.map((fila) => deProducto(fila, pide));
  }
  const porPedido = Map.groupBy(await findCodigos(tx, pedidos), (fila) => fila.pedido);
  const ids = new Set([
    ...pide.ids,
    ...[...porPedido.values()].flatMap((filas) => filas.map(({ productoId }) => productoId)),
  ]);
  const porId = new Map((await findProductosPorId(tx, [...ids])).map((fila) => [fila.id, fila]));
  const salida: Etiqueta[] = [];
  const agrega = (id: string, pedido: string, hallado?: CodigoHallado): void => {
    const producto = porId.get(id);
    if (producto === undefined) problemas.agrega('no existen', pedido);
    else if (!producto.vigente) problemas.agrega('dados de baja', producto.codigo);
    else salida.push(deProducto(producto, pide, hallado));
  };
  for (const id of pide.ids) agrega(id, id);
  for (const pedido of pedidos) {
    const filas = porPedido.get(pedido) ?? [];
    const [unica] = filas;
    if (unica === undefined) problemas.agrega('no existen', pedido === '' ? '(vacío)' : pedido);
    else if (filas.length > 1) problemas.agrega('son de varios productos', pedido);
    else agrega(unica.productoId, pedido, unica);
  }
  return salida;
}

async function ubicaciones(tx: Tx, pide: PideEtiquetas, problemas: Problemas): Promise<Etiqueta[]> {
  const pedidos = [...new Set(pide.codigos.map((codigo) => limpiaCodigo(codigo).toUpperCase()))];
  const nombradas = pide.ids.length > 0 || pedidos.length > 0;
  if (!nombradas && pide.almacenId === null) return [];
  const filas = await findUbicaciones(tx, {
    ids: pide.ids,
    codigos: pedidos,
    almacenId: pide.almacenId,
    zonas: nombradas ? null : pide.zonas,
  });
  const salida: Etiqueta[] = [];
  const agrega = (fila: UbicacionEtiqueta): void => {
    if (!fila.vigente) problemas.agrega('dadas de baja', fila.codigo);
    else if (fila.esProducto)
      problemas.agrega('su código también es de un producto y el escáner leería el producto', fila.codigo);
    else salida.push(deUbicacion(fila));
  };
  if (!nombradas) {
    const enOrden = filas.sort(
      (a, b) => comparaNatural(a.zona, b.zona) || comparaNatural(a.codigo, b.codigo),
    );
    for (const fila of enOrden) agrega(fila);
    return salida;
  }
  const porId = new Map(filas.map((fila) => [fila.id, fila]));
  for (const id of pide.ids) {
    const fila = porId.get(id);
    if (fila === undefined) problemas.agrega('no existen', id);
    else agrega(fila);
  }
  const porCodigo = Map.groupBy(filas, (fila) => fila.codigo.toUpperCase());
  for (const pedido of pedidos) {
    const mismas = porCodigo.get(pedido) ?? [];
    const vigentes = mismas.filter((fila) => fila.vigente);
    if (mismas.length === 0) problemas.agrega('no existen', pedido === '' ? '(vacío)' : pedido);
    else if (vigentes.length > 1) problemas.agrega('están en varios almacenes; di en cuál', pedido);
    else agrega(vigentes[0] ?? mismas[0]!);
  }
  return salida;
}

/**
 * The labels of a request, without copies. Throws ETIQUETAS_MALAS with everything that is wrong at once,
 * ETIQUETAS_NINGUNA, ETIQUETAS_DEMASIADAS (more than 5,000 with their copies) or ETIQUETAS_DESDE. Under row-level security.
 */
export async function listEtiquetas(tx: Tx, pide: PideEtiquetas): Promise<Etiqueta[]> {
  const caben = porPagina(FORMATOS_ETIQUETA[pide.formato]);
  if (pide.desde > caben) throw new AppError('ETIQUETAS_DESDE', { caben, desde: pide.desde });
  const problemas = new Problemas();
  const lista = await (pide.tipo === 'producto' ? productos : ubicaciones)(tx, pide, problemas);
  problemas.revisa();
  if (lista.length === 0) throw new AppError('ETIQUETAS_NINGUNA');
  const total = lista.length * pide.copias;
  if (total > ETIQUETAS_MAXIMO)
    throw new AppError('ETIQUETAS_DEMASIADAS', { total, maximo: ETIQUETAS_MAXIMO });
  return lista;
}
