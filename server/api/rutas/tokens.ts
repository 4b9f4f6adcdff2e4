import * as z from 'zod/mini';
import { ruta } from '#server/api/operacion.ts';
import { tokensRouter } from '#server/tokens/router.ts';
import { createCallerFactory } from '#server/trpc/init.ts';
import { CreaToken, TIENE_TOKENS, TokenCreado, TokenListado } from '#shared/contracts/api.ts';
import { Uuid } from '#shared/contracts/basicos.ts';

const llama = createCallerFactory(tokensRouter);
/** A token makes, sees and revokes no tokens. */
const acceso = { alcance: null, roles: TIENE_TOKENS } as const;

const lista = ruta({
  id: 'tokens',
  metodo: 'GET',
  ruta: '/api/tokens',
  grupo: 'Acceso',
  resumen: 'Tus tokens personales; un administrador ve los de todos',
  acceso,
  respuestas: { 200: { descripcion: 'Todos', esquema: z.object({ data: z.array(TokenListado) }) } },
  conEtag: true,
  maneja: async ({ ctx }) => ({ cuerpo: { data: await llama(ctx).lista() } }),
});

const crea = ruta({
  id: 'creaToken',
  metodo: 'POST',
  ruta: '/api/tokens',
  grupo: 'Acceso',
  resumen: 'Un token personal nuevo; `token` se dice solo esta vez',
  descripcion:
    'Nunca abre más que el puesto de su dueño, y deja de servir en cuanto se revoca o se desactiva a su dueño.',
  acceso,
  cuerpo: CreaToken,
  respuestas: { 201: { descripcion: 'Hecho', esquema: TokenCreado } },
  rechazos: [409],
  ejemplo: { cuerpo: { nombre: 'Caja 1', alcances: ['inventario:leer'], dias: 365 } },
  maneja: async ({ ctx, body }) => ({ status: 201, cuerpo: await llama(ctx).crea(body) }),
});

const revoca = ruta({
  id: 'revocaToken',
  metodo: 'DELETE',
  ruta: '/api/tokens/:id',
  grupo: 'Acceso',
  resumen: 'Revoca un token; desde la siguiente petición ya no abre nada',
  acceso,
  parametros: z.object({ id: Uuid }),
  respuestas: { 204: { descripcion: 'Revocado, ahora o desde antes' } },
  rechazos: [404],
  ejemplo: { parametros: { id: '01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11' } },
  async maneja({ ctx, params }) {
    await llama(ctx).revoca({ id: params.id });
    return { status: 204 };
  },
});

export const operacionesTokens = [lista, crea, revoca];
