import * as z from 'zod/mini';
import * as filas from '#server/api/catalogo.sql.ts';
import { documenta, ruta } from '#server/api/operacion.ts';
import {
  ConsultaInventario,
  ListaInventario,
  ProductoDetalle,
  RespuestaTransacciones,
  TransaccionesRegistradas,
} from '#shared/contracts/api-inventario.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import {
  ConsultaExistencias,
  ConsultaTransacciones,
  TransaccionNueva,
} from '#shared/contracts/existencias.ts';
import { lookupKeys } from '#shared/domain/codigos.ts';
import { AppError } from '#shared/errores.ts';
import { REGISTRA_MOVIMIENTOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { RespuestaExistencias } from './existencias-esquema.ts';

const LIMITE = 100;
const MOVIMIENTOS = 50;
const lee = { alcance: 'inventario:leer', roles: VE_EXISTENCIAS } as const;

function aProducto(fila: filas.ProductoFila) {
  return { ...fila, updated_at: fila.updated_at.toISOString() };
}

function aExistencia({ producto_id: _, ...fila }: filas.ExistenciaFila) {
  return fila;
}

const EJEMPLO_ID = '76650781-8aa2-5b16-bd2f-3f2a4f8dfc3e';

const lista = ruta({
  id: 'listaInventario',
  metodo: 'GET',
  ruta: '/api/inventario',
  grupo: 'Inventario',
  resumen: 'Productos, por página',
  descripcion:
    'En orden de código. Para la página siguiente repite con `despues`, o sigue el encabezado `Link`. `page` también sirve, pero se salta o repite productos si el catálogo cambia entre páginas. Con `tienda_id` cada producto trae su existencia en los almacenes de esa tienda.',
  acceso: lee,
  consulta: ConsultaInventario,
  respuestas: { 200: { descripcion: 'Una página', esquema: ListaInventario } },
  conEtag: true,
  ejemplo: { consulta: { search: 'aceite', limit: '2' } },
  async maneja({ ctx, claims, query }) {
    const busca = query.search?.trim() || null;
    const limit = query.limit ?? LIMITE;
    const page = query.despues === undefined ? (query.page ?? 1) : 1;
    const filtro = {
      busca,
      claves: busca === null ? [] : lookupKeys(busca),
      categoriaId: query.categoria_id ?? null,
      soloActivos: query.only_active !== 'false' && query.only_active !== '0',
    };
    const { productos, total, existencias } = await ctx.db.withUser(
      claims,
      async (tx) => {
        const encontrados = await filas.findProductos(tx, {
          ...filtro,
          tras: query.despues ?? null,
          salta: (page - 1) * limit,
          limite: limit + 1,
        });
        const ids = encontrados.slice(0, limit).map(({ id }) => id);
        return {
          productos: encontrados,
          total: await filas.countProductos(tx, filtro),
          existencias:
            query.tienda_id === undefined ? [] : await filas.findExistenciasDe(tx, ids, query.tienda_id),
        };
      },
      { readOnly: true },
    );
    const hasMore = productos.length > limit;
    const deEsta = productos.slice(0, limit);
    const despues = hasMore ? (deEsta.at(-1)?.codigo ?? null) : null;
    const porProducto = Map.groupBy(existencias, ({ producto_id }) => producto_id);
    return {
      despues,
      cuerpo: {
        data: deEsta.map((fila) => ({
          ...aProducto(fila),
          ...(query.tienda_id === undefined
            ? {}
            : { existencias: (porProducto.get(fila.id) ?? []).map(aExistencia) }),
        })),
        pagination: {
          limit,
          ...(query.page === undefined || query.despues !== undefined ? {} : { page }),
          total,
          pages: Math.ceil(total / limit),
          hasMore,
          despues,
        },
      },
    };
  },
});

const uno = ruta({
  id: 'productoDeInventario',
  metodo: 'GET',
  ruta: '/api/inventario/:id',
  grupo: 'Inventario',
  resumen: 'Un producto con sus códigos, su existencia y sus últimos movimientos',
  acceso: lee,
  parametros: z.object({ id: Uuid }),
  respuestas: { 200: { descripcion: 'El producto', esquema: ProductoDetalle } },
  rechazos: [404],
  conEtag: true,
  ejemplo: { parametros: { id: EJEMPLO_ID } },
  async maneja({ ctx, claims, params }) {
    const cuerpo = await ctx.db.withUser(
      claims,
      async (tx) => {
        const fila = await filas.findProducto(tx, params.id);
        if (fila === undefined) throw new AppError('NO_ENCONTRADO');
        const movimientos = await filas.findMovimientosDe(tx, params.id, MOVIMIENTOS);
        return {
          ...aProducto(fila),
          codigos: await filas.findCodigosDe(tx, params.id),
          existencias: (await filas.findExistenciasDe(tx, [params.id], null)).map(aExistencia),
          transacciones: movimientos.map((m) => ({ ...m, ocurrida_en: m.ocurrida_en.toISOString() })),
        };
      },
      { readOnly: true },
    );
    return { cuerpo };
  },
});

const existencias = documenta({
  id: 'existencias',
  metodo: 'GET',
  ruta: '/api/existencias',
  grupo: 'Inventario',
  resumen: 'Existencia por producto y almacén, ahora o valuada a una fecha',
  descripcion: 'Con `al`, valuada y con totales por almacén; con `formato` además, como archivo.',
  acceso: lee,
  consulta: ConsultaExistencias,
  respuestas: {
    200: {
      descripcion: 'Los renglones',
      esquema: RespuestaExistencias,
      tipos: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    },
  },
  rechazos: [413, 503],
  ejemplo: { consulta: { codigo: '7501000000012', almacen: 'CDMX-01' } },
});

const transacciones = documenta({
  id: 'listaTransacciones',
  metodo: 'GET',
  ruta: '/api/transacciones',
  grupo: 'Inventario',
  resumen: 'Movimientos, del más nuevo al más viejo',
  descripcion: 'Para la página siguiente repite con el `despues` que llegó, tal cual; `null` es el final.',
  acceso: lee,
  consulta: ConsultaTransacciones,
  respuestas: { 200: { descripcion: 'Una página', esquema: RespuestaTransacciones } },
  ejemplo: { consulta: { codigo: 'AM-1001', tipo: 'venta', limite: '10' } },
});

const registra = documenta({
  id: 'registraTransacciones',
  metodo: 'POST',
  ruta: '/api/transacciones',
  grupo: 'Inventario',
  resumen: 'Registra un movimiento o hasta 1,000; entran todos o ninguno',
  descripcion:
    'Con `origen` y `origenId` mandarlo otra vez no lo duplica: la segunda vez contesta 200 con el mismo id en `repetidas`.',
  acceso: { alcance: 'movimientos:escribir', roles: REGISTRA_MOVIMIENTOS },
  cuerpo: z.union([TransaccionNueva, z.array(TransaccionNueva).check(z.minLength(1), z.maxLength(1000))]),
  respuestas: {
    200: { descripcion: 'Ya estaban todos', esquema: TransaccionesRegistradas },
    201: { descripcion: 'Registrados', esquema: TransaccionesRegistradas },
  },
  rechazos: [409, 413],
  ejemplo: {
    cuerpo: [
      {
        codigo: 'AM-1001',
        almacen: 'CDMX-01',
        tipo: 'venta',
        cantidad: '2',
        ocurridaEn: '2026-11-20T18:30:00-06:00',
        precio: '219.00',
        referencia: 'T-1042',
        origen: 'caja-1',
        origenId: 'T-1042/1',
      },
    ],
  },
});

export const operacionesInventario = [lista, uno, existencias, transacciones, registra];
