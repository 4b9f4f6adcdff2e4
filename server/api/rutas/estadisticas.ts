import * as z from 'zod/mini';
import { documenta, ruta } from '#server/api/operacion.ts';
import { exportMedida } from '#server/estadisticas/archivo.ts';
import { bytesDe } from '#server/estadisticas/rest.ts';
import { estadisticasRouter } from '#server/estadisticas/router.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { ORDENES_PRODUCTOS, PideArchivo, TIPOS_MOVIMIENTO } from '#shared/contracts/estadisticas.ts';
import { VE_COSTOS } from '#shared/roles.ts';

const llama = createCallerFactory(estadisticasRouter);
const LIMITE = 100;
const acceso = { alcance: 'inventario:leer', roles: VE_COSTOS } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** UUIDs separated by commas, as the plan has them. */
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const Tiendas = z.string().check(z.regex(new RegExp(`^${UUID}(,${UUID}){0,199}$`)));

export const ConsultaEstadistica = z.object({
  tipo: z.optional(z.enum(TIPOS_MOVIMIENTO)),
  tiendas: z.optional(Tiendas),
  categoria_id: z.optional(Uuid),
  date_from: z.optional(z.iso.date()),
  date_to: z.optional(z.iso.date()),
  orden: z.optional(z.enum(ORDENES_PRODUCTOS)),
  dir: z.optional(z.enum(['asc', 'desc'])),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(500))),
  despues: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
});

const cifras = {
  total_cantidad: z.string(),
  total_valor: z.string(),
  num_transacciones: z.int(),
  neto: z.string(),
  margen: z.nullable(z.string()),
};
const Fila = z.object({
  id: Uuid,
  codigo: z.string(),
  nombre: z.string(),
  precio: z.string(),
  promedio_cantidad: z.string(),
  num_tiendas: z.int(),
  fecha_primera_transaccion: z.nullable(z.string()),
  fecha_ultima_transaccion: z.nullable(z.string()),
  ...cifras,
});

/** The plan's names for what the statistics call otherwise. */
function nombra(c: {
  unidades: string;
  importe: string;
  movimientos: number;
  neto: string;
  margen: string | null;
}) {
  return {
    total_cantidad: c.unidades,
    total_valor: c.importe,
    num_transacciones: c.movimientos,
    neto: c.neto,
    margen: c.margen,
  };
}

export function filtroDe(query: z.infer<typeof ConsultaEstadistica>) {
  return {
    tiendaIds: query.tiendas?.split(',') ?? [],
    almacenId: null,
    categoriaId: query.categoria_id ?? null,
    desde: query.date_from ?? null,
    hasta: query.date_to ?? null,
    tipo: query.tipo ?? null,
    orden: query.orden ?? ('unidades' as const),
    dir: query.dir ?? ('desc' as const),
  };
}

const estadisticas = ruta({
  id: 'estadisticas',
  metodo: 'GET',
  ruta: '/api/statistics',
  grupo: 'Estadísticas',
  resumen: 'Sumas por producto, con los filtros de tipo, tiendas y fechas',
  descripcion:
    'Las fechas son días de cada tienda, los dos incluidos. Lo revertido no cuenta. `total` es de todo lo que cabe en el filtro, aunque la página traiga menos.',
  acceso,
  consulta: ConsultaEstadistica,
  respuestas: {
    200: {
      descripcion: 'Una página',
      esquema: z.object({
        data: z.array(Fila),
        total: z.object({ productos: z.int(), ...cifras }),
        frase: z.string(),
        pagination: z.object({ limit: z.int(), despues: z.nullable(z.string()) }),
      }),
    },
  },
  conEtag: true,
  ejemplo: { consulta: { tipo: 'venta', date_from: '2026-10-01', date_to: '2026-10-31', limit: '10' } },
  async maneja({ ctx, query }) {
    const limit = query.limit ?? LIMITE;
    const { filas, total, frase, siguiente } = await llama(ctx).productos({
      ...filtroDe(query),
      cursor: query.despues ?? null,
      limite: limit,
    });
    return {
      despues: siguiente,
      cuerpo: {
        data: filas.map((f) => ({
          id: f.productoId,
          codigo: f.codigo,
          nombre: f.nombre,
          precio: f.precio,
          promedio_cantidad: f.promedio,
          num_tiendas: f.tiendas,
          fecha_primera_transaccion: f.primera,
          fecha_ultima_transaccion: f.ultima,
          ...nombra(f),
        })),
        total: { productos: total.productos, ...nombra(total) },
        frase,
        pagination: { limit, despues: siguiente },
      },
    };
  },
});

const ConsultaArchivo = z.extend(z.omit(ConsultaEstadistica, { limit: true, despues: true }), {
  formato: z.optional(z.enum(['xlsx', 'csv'])),
});
const TIPO_ARCHIVO = { csv: 'text/csv; charset=utf-8', xlsx: XLSX } as const;

/** The same as a file. The plan asks for it by POST; a link in a browser, by GET. */
const exporta = (metodo: 'GET' | 'POST') =>
  ruta({
    id: metodo === 'GET' ? 'exportaEstadisticas' : 'exportaEstadisticasPorPost',
    metodo,
    ruta: '/api/statistics/export',
    grupo: 'Estadísticas',
    resumen: 'Lo mismo como archivo de Excel o CSV, con los filtros escritos en él',
    descripcion: 'Hasta 50,000 renglones; si hubo más, el archivo lo dice. `formato` es `xlsx` si falta.',
    acceso,
    consulta: ConsultaArchivo,
    respuestas: { 200: { descripcion: 'El archivo', tipos: [XLSX, 'text/csv'] } },
    rechazos: [413],
    ejemplo: { consulta: { tipo: 'venta', date_from: '2026-10-01', date_to: '2026-10-31', formato: 'csv' } },
    async maneja({ ctx, claims, user, query, reply }) {
      const { formato = 'xlsx', ...filtro } = query;
      const hoja = await exportMedida(
        { db: ctx.db, clock: ctx.clock, claims, rol: user.rol },
        'productos',
        JSON.stringify(filtroDe(filtro)),
      );
      const bytes = await bytesDe(hoja, formato);
      await reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="estadisticas.${formato}"`)
        .type(TIPO_ARCHIVO[formato])
        .send(bytes);
      return null;
    },
  });

const archivo = documenta({
  id: 'archivoDeMedida',
  metodo: 'GET',
  ruta: '/api/estadisticas/archivo',
  grupo: 'Estadísticas',
  resumen: 'Cualquier medida de la oficina como archivo, con el filtro de su pantalla',
  descripcion: '`filtro` es el JSON de la consulta de esa medida (`shared/contracts/estadisticas.ts`).',
  acceso,
  consulta: PideArchivo,
  respuestas: { 200: { descripcion: 'El archivo', tipos: [XLSX, 'text/csv'] } },
  rechazos: [413, 503],
  ejemplo: {
    consulta: {
      medida: 'grupos',
      formato: 'csv',
      filtro: JSON.stringify({
        tiendaIds: [],
        almacenId: null,
        categoriaId: null,
        desde: null,
        hasta: null,
        tipo: 'venta',
        por: 'mes',
      }),
    },
  },
});

export const operacionesEstadisticas = [estadisticas, exporta('GET'), exporta('POST'), archivo];
