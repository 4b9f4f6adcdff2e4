import * as z from 'zod/mini';
import { VERSION } from '#server/platform/http/health.ts';
import { ALCANCES, Problema } from '#shared/contracts/api.ts';
import { esArchivo, GRUPOS, type Operacion, type Respuesta } from './operacion.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [clave: string]: Json };
export type ObjetoJson = { readonly [clave: string]: Json };

/** What each status of a refusal means here. */
const RECHAZOS: Readonly<Record<number, string>> = {
  400: 'Un dato no es válido; nada se guardó',
  401: 'Falta el token, venció o no sirve',
  403: 'El puesto o el token no puede hacer esto',
  404: 'No existe, o no es de tus tiendas',
  406: 'Esta dirección no contesta ese tipo',
  409: 'Choca con lo que hay; nada se guardó',
  412: 'Otra persona lo cambió mientras tanto',
  413: 'Es demasiado grande',
  415: 'El cuerpo no es del tipo que se pide',
  426: 'La versión de la app ya no puede recibir datos',
  429: 'Demasiadas peticiones; `Retry-After` dice cuánto esperar',
  503: 'Ocupado o arrancando; `Retry-After` dice cuánto esperar',
};

/** JSON Schema 2020-12 of a wire schema, without the marker that OpenAPI 3.1 has for the whole document. */
export function esquemaDe(esquema: z.ZodMiniType, io: 'input' | 'output'): ObjetoJson {
  const { $schema: _, ...json } = z.toJSONSchema(esquema, { io, unrepresentable: 'any' }) as Record<
    string,
    Json
  >;
  return recorta(json) as ObjetoJson;
}

/** zod writes `~standard` and its own ids; only what JSON Schema has stays. */
function recorta(json: Json): Json {
  if (Array.isArray(json)) return json.map(recorta);
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([clave]) => clave !== '~standard')
      .map(([clave, valor]) => [clave, recorta(valor)]),
  );
}

/** `$ref: '#…'` inside an embedded schema points into the document: recursive schemas stand among the components. */
function reubica(json: Json, a: string): Json {
  if (Array.isArray(json)) return json.map((uno) => reubica(uno, a));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json).map(([clave, valor]) => [
      clave,
      clave === '$ref' && typeof valor === 'string' && valor.startsWith('#')
        ? `${a}${valor.slice(1)}`
        : reubica(valor, a),
    ]),
  );
}

function parametros(o: Operacion): Json[] {
  const de = (
    esquema: z.ZodMiniObject | undefined,
    lugar: 'path' | 'query',
    valores: Record<string, string>,
  ) => {
    if (esquema === undefined) return [];
    const { properties = {}, required = [] } = esquemaDe(esquema, 'input') as {
      properties?: Record<string, ObjetoJson>;
      required?: readonly string[];
    };
    return Object.entries(properties).map(([name, schema]) => {
      const ejemplo = valores[name];
      return {
        name,
        in: lugar,
        required: lugar === 'path' || required.includes(name),
        schema,
        ...(ejemplo === undefined ? {} : { example: ejemplo }),
      };
    });
  };
  return [
    ...de(o.parametros, 'path', { ...o.ejemplo?.parametros }),
    ...de(o.consulta, 'query', { ...o.ejemplo?.consulta }),
    ...(o.conEtag === true
      ? [
          {
            name: 'If-None-Match',
            in: 'header',
            required: false,
            description: 'La `ETag` de la respuesta anterior: si nada cambió, 304 sin cuerpo.',
            schema: { type: 'string' },
          },
        ]
      : []),
    ...(o.conIfMatch === true
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: false,
            description: 'La `ETag` que viste: si otra persona lo cambió mientras tanto, 412.',
            schema: { type: 'string' },
          },
        ]
      : []),
  ];
}

function cuerpo(o: Operacion): ObjetoJson {
  if (o.cuerpo === undefined) return {};
  if (esArchivo(o.cuerpo)) {
    const content = Object.fromEntries(o.cuerpo.tipos.map((tipo) => [tipo, {}]));
    return { requestBody: { required: true, content } };
  }
  const ejemplo = o.ejemplo?.cuerpo;
  return {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: esquemaDe(o.cuerpo, 'input'),
          ...(ejemplo === undefined ? {} : { example: ejemplo as Json }),
        },
      },
    },
  };
}

function respuesta(o: Operacion, status: string, r: Respuesta): ObjetoJson {
  const encabezados: Record<string, Json> = {
    ...(o.conEtag === true && status === '200'
      ? { ETag: { description: 'Cambia cuando cambia la respuesta.', schema: { type: 'string' } } }
      : {}),
    ...(status === '200' &&
    o.consulta !== undefined &&
    'despues' in o.consulta.shape &&
    o.maneja !== undefined
      ? { Link: { description: 'La página siguiente, `rel="next"`.', schema: { type: 'string' } } }
      : {}),
  };
  const content: Record<string, Json> = {};
  if (r.esquema !== undefined) {
    const donde = `#/paths/${claveDe(o).replaceAll('~', '~0').replaceAll('/', '~1')}/${o.metodo.toLowerCase()}/responses/${status}/content/application~1json/schema`;
    const ejemplo = status.startsWith('2') ? o.ejemplo?.respuesta : undefined;
    content['application/json'] = {
      schema: reubica(esquemaDe(r.esquema, 'output'), donde),
      ...(ejemplo === undefined ? {} : { example: ejemplo as Json }),
    };
  }
  for (const tipo of r.tipos ?? []) content[tipo] = {};
  return {
    description: r.descripcion,
    ...(Object.keys(encabezados).length === 0 ? {} : { headers: encabezados }),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
}

/** The refusals that an operation may answer with, besides 500. */
export function rechazosDe(o: Operacion): number[] {
  const propios = [
    ...(o.parametros !== undefined || o.consulta !== undefined || o.cuerpo !== undefined ? [400] : []),
    ...(o.acceso === 'publico' ? [] : [401, 403]),
    ...(o.maneja === undefined ? [] : [406]),
    ...(o.cuerpo !== undefined && o.maneja !== undefined ? [413, 415] : []),
    ...(o.cuerpo !== undefined ? [413] : []),
    ...(o.conIfMatch === true ? [412] : []),
    429,
    503,
    ...(o.rechazos ?? []),
  ];
  const declarados = Object.keys(o.respuestas).map(Number);
  return [...new Set(propios)].filter((status) => !declarados.includes(status)).sort((a, b) => a - b);
}

function claveDe(o: Operacion): string {
  return o.ruta.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

function seguridad({ acceso }: Operacion): ObjetoJson {
  if (acceso === 'publico') return { security: [] };
  if (acceso === 'equipo') return { security: [{ sesion: [] }, { equipo: [], secretoDeEquipo: [] }] };
  return {
    security: [{ sesion: [] }, ...(acceso.alcance === null ? [] : [{ tokenPersonal: [acceso.alcance] }])],
  };
}

function descripcionDe(o: Operacion): string {
  const quien =
    typeof o.acceso === 'string'
      ? []
      : [
          `Puestos: ${o.acceso.roles.join(', ')}. ${
            o.acceso.alcance === null
              ? 'Con la sesión de una persona; ningún token personal lo abre.'
              : `Alcance del token: \`${o.acceso.alcance}\`.`
          }`,
        ];
  return [o.resumen.endsWith('.') ? o.resumen : `${o.resumen}.`, o.descripcion, ...quien]
    .filter(Boolean)
    .join('\n\n');
}

/** The OpenAPI 3.1 document of these operations. */
export function documentoDe(operaciones: readonly Operacion[]): ObjetoJson {
  const paths: Record<string, Record<string, Json>> = {};
  for (const o of operaciones) {
    const rechazos = Object.fromEntries(
      rechazosDe(o).map((status) => [
        String(status),
        {
          description: RECHAZOS[status] ?? 'Rechazo',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problema' } } },
        },
      ]),
    );
    const sinCambio = o.conEtag === true ? { 304: { description: 'Nada cambió' } } : {};
    const lista = parametros(o);
    const operacion = {
      operationId: o.id,
      tags: [o.grupo],
      summary: o.resumen,
      description: descripcionDe(o),
      ...seguridad(o),
      ...(lista.length === 0 ? {} : { parameters: lista }),
      ...cuerpo(o),
      responses: {
        ...Object.fromEntries(
          Object.entries(o.respuestas).map(([status, r]) => [status, respuesta(o, status, r)]),
        ),
        ...sinCambio,
        ...rechazos,
      },
    };
    const clave = claveDe(o);
    paths[clave] = { ...paths[clave], [o.metodo.toLowerCase()]: operacion as unknown as Json };
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'DevCompras',
      version: VERSION,
      summary: 'Existencias, movimientos, conteos y eventos para la caja, el ERP y tus programas.',
      description: [
        'Las cantidades y el dinero viajan como texto decimal, los instantes como ISO 8601 con zona y los identificadores como UUID en minúsculas.',
        'Un rechazo llega como `application/problem+json` (RFC 9457) con la frase en `title` y un código estable en `code`.',
        'Nada se quita ni cambia de sentido; un cambio incompatible irá en `/api/v2`.',
      ].join(' '),
    },
    servers: [{ url: '/' }],
    tags: Object.entries(GRUPOS).map(([name, description]) => ({ name, description })),
    paths: paths as unknown as ObjetoJson,
    components: {
      schemas: { Problema: esquemaDe(Problema, 'output') },
      securitySchemes: {
        sesion: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'El `access_token` de POST /api/auth/token; dura una hora.',
        },
        tokenPersonal: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'dc_',
          description: `Un token personal. Alcances: ${Object.entries(ALCANCES)
            .map(([clave, { detalle }]) => `\`${clave}\` (${detalle})`)
            .join('; ')}.`,
        },
        equipo: { type: 'apiKey', in: 'header', name: 'x-device-id' },
        secretoDeEquipo: { type: 'apiKey', in: 'header', name: 'x-device-secret' },
      },
    },
  };
}
