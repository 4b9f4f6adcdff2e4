import { ESTADOS_PRODUCTO, FALTAS_PRODUCTO, ORDENES_PRODUCTO } from '#shared/contracts/catalogo.ts';

export type BusquedaCatalogo = {
  q: string;
  categoria: string;
  estado: (typeof ESTADOS_PRODUCTO)[number];
  sin: (typeof FALTAS_PRODUCTO)[number] | '';
  orden: (typeof ORDENES_PRODUCTO)[number];
  proveedor: string;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function una<T extends string>(valor: unknown, todas: readonly T[], si: T): T {
  return todas.find((x) => x === valor) ?? si;
}

/** The filters of the list as the URL says them; what it says wrong is not said. */
export function leeBusqueda(search: Readonly<Record<string, unknown>>): BusquedaCatalogo {
  const id = (valor: unknown) => (typeof valor === 'string' && UUID.test(valor) ? valor : '');
  const { q } = search;
  return {
    q: typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200) : '',
    categoria: id(search.categoria),
    estado: una(search.estado, ESTADOS_PRODUCTO, 'activos'),
    sin: una<BusquedaCatalogo['sin']>(search.sin, ['', ...FALTAS_PRODUCTO], ''),
    orden: una(search.orden, ORDENES_PRODUCTO, 'nombre'),
    proveedor: id(search.proveedor),
  };
}

/** What the server is asked for. */
export function consultaDe(b: BusquedaCatalogo) {
  return {
    estado: b.estado,
    orden: b.orden,
    ...(b.q.trim() === '' ? {} : { q: b.q }),
    ...(b.categoria === '' ? {} : { categoriaId: b.categoria }),
    ...(b.sin === '' ? {} : { sin: b.sin }),
    ...(b.proveedor === '' ? {} : { proveedorId: b.proveedor }),
  };
}

export const NOMBRE_ESTADO = {
  activos: 'Vigentes',
  baja: 'Dados de baja',
  unidos: 'Unidos a otro',
  todos: 'Todos',
} as const;
export const NOMBRE_FALTA = {
  codigo: 'Sin código de barras',
  costo: 'Sin costo',
  foto: 'Sin foto',
  categoria: 'Sin categoría',
  ubicacion: 'Sin ubicación',
  proveedor: 'Sin proveedor',
} as const;
export const NOMBRE_ORDEN = { nombre: 'Nombre', codigo: 'Código', reciente: 'Cambiados hace poco' } as const;
