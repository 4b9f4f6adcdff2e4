import * as z from 'zod/mini';
import { documenta } from '#server/api/operacion.ts';
import { Sha256 } from '#shared/contracts/basicos.ts';
import { ManifiestoSnapshot } from '#shared/contracts/snapshot.ts';
import { ROLES } from '#shared/roles.ts';

const SinCuerpo = z.unknown();

const salud = documenta({
  id: 'salud',
  metodo: 'GET',
  ruta: '/api/health',
  grupo: 'Servidor',
  resumen: 'Si atiende y sobre qué base',
  acceso: 'publico',
  respuestas: {
    200: {
      descripcion: 'Atiende',
      esquema: z.object({
        status: z.literal('ok'),
        version: z.string(),
        database: z.object({ kind: z.enum(['pglite', 'postgres']), migration: z.nullable(z.string()) }),
        uptime_s: z.int(),
      }),
    },
    503: {
      descripcion: 'Arranca, o la base no contesta',
      esquema: z.object({
        status: z.enum(['starting', 'broken']),
        version: z.string(),
        reason: z.string(),
        uptime_s: z.int(),
      }),
    },
  },
});

const documento = documenta({
  id: 'documento',
  metodo: 'GET',
  ruta: '/api/openapi.json',
  grupo: 'Servidor',
  resumen: 'Este documento, en OpenAPI 3.1',
  acceso: 'publico',
  respuestas: { 200: { descripcion: 'El documento', esquema: z.looseObject({ openapi: z.string() }) } },
});

const pagina = (ruta: string, id: string, tipo: string, resumen: string) =>
  documenta({
    id,
    metodo: 'GET',
    ruta,
    grupo: 'Servidor',
    resumen,
    acceso: 'publico',
    respuestas: { 200: { descripcion: resumen, tipos: [tipo] } },
  });

const token = documenta({
  id: 'token',
  metodo: 'POST',
  ruta: '/api/auth/token',
  grupo: 'Acceso',
  resumen: 'Un token de sesión de una hora, con correo y contraseña',
  descripcion:
    'Para un programa que corre sin nadie delante es mejor un token personal (Más › API y tokens): lleva solo los alcances que necesita y se revoca sin cambiar la contraseña.',
  acceso: 'publico',
  cuerpo: z.object({
    email: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)),
    password: z.string().check(z.minLength(1), z.maxLength(1000)),
  }),
  respuestas: {
    200: {
      descripcion: 'El token',
      esquema: z.looseObject({ access_token: z.string(), token_type: z.string(), expires_in: z.int() }),
    },
  },
  rechazos: [401, 403, 503],
  ejemplo: { cuerpo: { email: 'admin@demo.mx', password: 'demo1234' } },
});

const Sha = z.object({ sha256: Sha256 });
const EJEMPLO_SHA = { parametros: { sha256: '0'.repeat(64) } };
const ponArchivo = documenta({
  id: 'ponArchivo',
  metodo: 'PUT',
  ruta: '/api/archivos/:sha256',
  grupo: 'Teléfonos',
  resumen: 'Una foto, con su SHA-256 por dirección; repetirla es inofensivo',
  acceso: 'equipo',
  parametros: Sha,
  cuerpo: { tipos: ['image/jpeg', 'image/png', 'image/webp'] },
  respuestas: {
    200: { descripcion: 'Ya estaba', esquema: z.object({ sha256: Sha256 }) },
    201: { descripcion: 'Guardada', esquema: z.object({ sha256: Sha256 }) },
  },
  rechazos: [409, 413, 415],
  ejemplo: EJEMPLO_SHA,
});
const archivo = documenta({
  id: 'archivo',
  metodo: 'GET',
  ruta: '/api/archivos/:sha256',
  grupo: 'Conteos',
  resumen: 'Una foto, para quien la subió o revisa el conteo de su línea',
  acceso: { alcance: 'conteos:leer', roles: ROLES },
  parametros: Sha,
  respuestas: { 200: { descripcion: 'La foto', tipos: ['image/jpeg', 'image/png', 'image/webp'] } },
  rechazos: [404],
  ejemplo: EJEMPLO_SHA,
});

const avisos = documenta({
  id: 'avisosDeSincronizacion',
  metodo: 'GET',
  ruta: '/api/eventos',
  grupo: 'Teléfonos',
  resumen: 'Avisos de «baja ahora» para los teléfonos; los eventos del negocio están en /api/eventos/negocio',
  acceso: { alcance: null, roles: ROLES },
  respuestas: { 200: { descripcion: 'Server-Sent Events', tipos: ['text/event-stream'] } },
});
const manifiesto = documenta({
  id: 'fotoDelCatalogo',
  metodo: 'GET',
  ruta: '/api/sync/snapshot/:scope/manifest',
  grupo: 'Teléfonos',
  resumen: 'El catálogo armado de antemano: la lista de sus trozos',
  acceso: 'equipo',
  parametros: z.object({ scope: z.string() }),
  consulta: z.object({ schema: z.coerce.number().check(z.int()) }),
  respuestas: { 200: { descripcion: 'La lista', esquema: ManifiestoSnapshot } },
  rechazos: [404, 426],
  ejemplo: { parametros: { scope: 'catalogo' }, consulta: { schema: '1' } },
});
const trozo = documenta({
  id: 'trozoDelCatalogo',
  metodo: 'GET',
  ruta: '/api/sync/snapshot/:scope/:sha256',
  grupo: 'Teléfonos',
  resumen: 'Un trozo del catálogo',
  acceso: 'equipo',
  parametros: z.object({ scope: z.string(), sha256: Sha256 }),
  respuestas: { 200: { descripcion: 'El trozo', esquema: SinCuerpo } },
  rechazos: [404, 426],
  ejemplo: { parametros: { scope: 'catalogo', sha256: '0'.repeat(64) } },
});

export const operacionesServidor = [
  token,
  archivo,
  ponArchivo,
  avisos,
  manifiesto,
  trozo,
  salud,
  documento,
  pagina('/api/docs', 'pagina', 'text/html', 'Este documento, para leerlo'),
  pagina('/api/docs/estilo.css', 'estiloDeLaPagina', 'text/css', 'Su hoja de estilo'),
  pagina('/api/docs/busca.js', 'buscadorDeLaPagina', 'text/javascript', 'Su buscador'),
];
