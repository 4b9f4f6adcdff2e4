import * as z from 'zod/mini';
import * as filas from '#server/api/catalogo.sql.ts';
import { documenta, ruta } from '#server/api/operacion.ts';
import {
  AlmacenApi,
  ConsultaInventario,
  ListaInventario,
  ProductosCargados,
  RamaCategoria,
  TiendaApi,
} from '#shared/contracts/api-inventario.ts';
import { ProductoNuevo } from '#shared/contracts/existencias.ts';
import { VE_EXISTENCIAS } from '#shared/roles.ts';
import { operacionesInventario } from './inventario.ts';

const lee = { alcance: 'inventario:leer', roles: VE_EXISTENCIAS } as const;
const Consulta = z.object({ only_active: z.optional(z.enum(['true', 'false', '1', '0'])) });

function soloActivos(query: z.infer<typeof Consulta>): boolean {
  return query.only_active !== 'false' && query.only_active !== '0';
}

const tiendas = ruta({
  id: 'tiendas',
  metodo: 'GET',
  ruta: '/api/tiendas',
  grupo: 'Catálogo',
  resumen: 'Las tiendas de quien pregunta',
  acceso: lee,
  consulta: Consulta,
  respuestas: { 200: { descripcion: 'Todas', esquema: z.object({ data: z.array(TiendaApi) }) } },
  conEtag: true,
  async maneja({ ctx, claims, query }) {
    const rows = await ctx.db.withUser(claims, (tx) => filas.findTiendas(tx, soloActivos(query)), {
      readOnly: true,
    });
    return { cuerpo: { data: rows.map((t) => ({ ...t, updated_at: t.updated_at.toISOString() })) } };
  },
});

const almacenes = ruta({
  id: 'almacenes',
  metodo: 'GET',
  ruta: '/api/almacenes',
  grupo: 'Catálogo',
  resumen: 'Los almacenes de esas tiendas',
  acceso: lee,
  consulta: Consulta,
  respuestas: { 200: { descripcion: 'Todos', esquema: z.object({ data: z.array(AlmacenApi) }) } },
  conEtag: true,
  async maneja({ ctx, claims, query }) {
    const data = await ctx.db.withUser(claims, (tx) => filas.findAlmacenes(tx, soloActivos(query)), {
      readOnly: true,
    });
    return { cuerpo: { data } };
  },
});

/** The tree of flat rows; a row whose parent is not among them stands at the top. */
export function arbol(rows: readonly filas.CategoriaFila[]): RamaCategoria[] {
  const ramas = new Map(rows.map((row) => [row.id, { ...row, children: [] as RamaCategoria[] }]));
  const raices: RamaCategoria[] = [];
  for (const rama of ramas.values()) {
    const arriba = rama.parent_id === null ? undefined : ramas.get(rama.parent_id);
    (arriba?.children ?? raices).push(rama);
  }
  const suma = (rama: RamaCategoria): number => {
    for (const hija of rama.children) rama.productos += suma(hija);
    return rama.productos;
  };
  for (const raiz of raices) suma(raiz);
  return raices;
}

const categorias = ruta({
  id: 'categorias',
  metodo: 'GET',
  ruta: '/api/categorias',
  grupo: 'Catálogo',
  resumen: 'Las categorías, como árbol',
  acceso: lee,
  consulta: Consulta,
  respuestas: { 200: { descripcion: 'El árbol', esquema: z.object({ data: z.array(RamaCategoria) }) } },
  conEtag: true,
  async maneja({ ctx, claims, query }) {
    const rows = await ctx.db.withUser(claims, (tx) => filas.findCategorias(tx, soloActivos(query)), {
      readOnly: true,
    });
    return { cuerpo: { data: arbol(rows) } };
  },
});

const inventario = operacionesInventario[0]!;
const productos = {
  ...inventario,
  id: 'listaProductos',
  ruta: '/api/productos',
  grupo: 'Catálogo',
  resumen: 'Productos, por página: lo mismo que /api/inventario',
  consulta: ConsultaInventario,
  respuestas: { 200: { descripcion: 'Una página', esquema: ListaInventario } },
} as const;

const carga = documenta({
  id: 'cargaProductos',
  metodo: 'POST',
  ruta: '/api/productos',
  grupo: 'Catálogo',
  resumen: 'Alta y cambio de hasta 1,000 productos por código; entran todos o ninguno',
  descripcion: 'Un campo ausente deja lo que había. Repetirlo no cambia nada.',
  acceso: { alcance: 'catalogo:escribir', roles: ['admin', 'comprador'] },
  cuerpo: z.union([
    z.object({ productos: z.array(ProductoNuevo).check(z.minLength(1), z.maxLength(1000)) }),
    z.array(ProductoNuevo).check(z.minLength(1), z.maxLength(1000)),
  ]),
  respuestas: { 200: { descripcion: 'Cuántos', esquema: ProductosCargados } },
  rechazos: [409, 413],
  ejemplo: {
    cuerpo: {
      productos: [
        {
          codigo: 'EJ-1',
          nombre: 'Producto de ejemplo',
          precio: '99.90',
          costo: '50.1',
          codigos: [
            { codigo: '7501000999995' },
            { codigo: 'CAJA-EJ-1', factor: '12', tipo: 'caja', nombre: 'caja' },
          ],
        },
      ],
    },
    respuesta: { nuevos: 1, cambiados: 0 },
  },
});

export const operacionesCatalogo = [productos, carga, categorias, tiendas, almacenes];
