import * as z from 'zod/mini';
import { documenta, ruta } from '#server/api/operacion.ts';
import { conteosRouter } from '#server/conteos/router.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { Instante, Uuid } from '#shared/contracts/basicos.ts';
import { ResumenConteo } from '#shared/contracts/conteos.ts';
import { PideEtiquetas } from '#shared/contracts/etiquetas.ts';
import { IMPRIME_ETIQUETAS, REVISA_CONTEOS, ROLES } from '#shared/roles.ts';

const llama = createCallerFactory(conteosRouter);
const lee = { alcance: 'conteos:leer', roles: REVISA_CONTEOS } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const Id = z.object({ id: Uuid });
const EJEMPLO = { parametros: { id: '01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11' } };
const ESTADOS = ['planeado', 'abierto', 'en_revision', 'cerrado', 'cancelado'] as const;

const LIMITE = 50;

const lista = ruta({
  id: 'conteos',
  metodo: 'GET',
  ruta: '/api/conteos',
  grupo: 'Conteos',
  resumen: 'Conteos, del más nuevo al más viejo',
  acceso: lee,
  consulta: z.object({
    /** One state or several, separated by commas. */
    estado: z.optional(
      z.string().check(z.regex(new RegExp(`^(${ESTADOS.join('|')})(,(${ESTADOS.join('|')}))*$`))),
    ),
    almacenId: z.optional(Uuid),
    proposito: z.optional(z.enum(['conteo', 'prueba'])),
    limite: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(200))),
    despues: z.optional(Instante),
  }),
  respuestas: {
    200: {
      descripcion: 'Una página',
      esquema: z.object({ conteos: z.array(ResumenConteo), despues: z.nullable(Instante) }),
    },
  },
  conEtag: true,
  ejemplo: { consulta: { estado: 'cerrado,en_revision', limite: '20' } },
  async maneja({ ctx, query }) {
    const limite = query.limite ?? LIMITE;
    const conteos = await llama(ctx).historial({
      estados: query.estado === undefined ? null : (query.estado.split(',') as (typeof ESTADOS)[number][]),
      antesDe: query.despues ?? null,
      limite,
      ...(query.almacenId === undefined ? {} : { almacenId: query.almacenId }),
      ...(query.proposito === undefined ? {} : { proposito: query.proposito }),
    });
    const despues = conteos.length === limite ? (conteos.at(-1)?.abiertoEn ?? null) : null;
    return { cuerpo: { conteos, despues }, despues };
  },
});

const acta = (extension: 'pdf' | 'csv' | 'xlsx' | 'json', tipo: string) =>
  documenta({
    id: `acta${extension[0]!.toUpperCase()}${extension.slice(1)}`,
    metodo: 'GET',
    ruta: `/api/conteos/:id/acta.${extension}`,
    grupo: 'Conteos',
    resumen: `El acta de un conteo en ${extension.toUpperCase()}`,
    acceso: lee,
    parametros: Id,
    ...(extension === 'csv'
      ? { consulta: z.object({ tabla: z.optional(z.enum(['productos', 'intentos', 'lineas'])) }) }
      : {}),
    respuestas: {
      200:
        extension === 'json'
          ? { descripcion: 'El acta', esquema: z.looseObject({ conteo: z.looseObject({ id: Uuid }) }) }
          : { descripcion: 'El acta', tipos: [tipo] },
    },
    rechazos: [404, 413, 503],
    ejemplo: EJEMPLO,
  });

const hoja = documenta({
  id: 'hojaDeConteo',
  metodo: 'GET',
  ruta: '/api/conteos/:id/hoja.pdf',
  grupo: 'Conteos',
  resumen: 'La hoja ciega para contar en papel',
  acceso: { alcance: null, roles: ROLES },
  parametros: Id,
  consulta: z.object({ paginas: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(40))) }),
  respuestas: { 200: { descripcion: 'La hoja', tipos: ['application/pdf'] } },
  rechazos: [404, 409, 413, 503],
  ejemplo: EJEMPLO,
});

const tabla = documenta({
  id: 'tablaDeHoja',
  metodo: 'POST',
  ruta: '/api/hojas/tabla',
  grupo: 'Conteos',
  resumen: 'Las filas de un .xlsx contado en papel, como texto; no guarda nada',
  acceso: { alcance: null, roles: ROLES },
  cuerpo: { tipos: [XLSX] },
  respuestas: {
    200: {
      descripcion: 'Las filas',
      esquema: z.object({ filas: z.array(z.object({ fila: z.int(), celdas: z.array(z.string()) })) }),
    },
  },
  rechazos: [413, 415, 503],
});

const etiquetas = documenta({
  id: 'etiquetas',
  metodo: 'POST',
  ruta: '/api/etiquetas',
  grupo: 'Conteos',
  resumen: 'Etiquetas de productos o ubicaciones en PDF',
  acceso: { alcance: null, roles: IMPRIME_ETIQUETAS },
  cuerpo: PideEtiquetas,
  respuestas: { 200: { descripcion: 'Las etiquetas', tipos: ['application/pdf'] } },
  rechazos: [404, 409, 413, 503],
  ejemplo: { cuerpo: { tipo: 'producto', codigos: ['AM-1001'], formato: 'carta-30', copias: 3, desde: 8 } },
});

export const operacionesConteos = [
  lista,
  acta('pdf', 'application/pdf'),
  acta('csv', 'text/csv'),
  acta('xlsx', XLSX),
  acta('json', 'application/json'),
  hoja,
  tabla,
  etiquetas,
];
