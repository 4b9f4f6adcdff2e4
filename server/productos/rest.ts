import * as z from 'zod/mini';
import type { RestPlugin } from '#server/http.ts';
import { requireUser } from '#server/trpc/rest-user.ts';
import { ProductoNuevo } from '#shared/contracts/existencias.ts';
import { upsertProductos } from './escribe.ts';

const Cuerpo = z.union([
  z.object({ productos: z.array(ProductoNuevo).check(z.minLength(1), z.maxLength(1000)) }),
  z.array(ProductoNuevo).check(z.minLength(1), z.maxLength(1000)),
]);

/** `POST /api/productos`: bulk upsert by `codigo`, at most 1,000 at a time. */
export const productosRest: RestPlugin = async (app, deps) => {
  app.post('/api/productos', async (request, reply) => {
    const { user } = await requireUser(deps, request, ['admin', 'comprador']);
    const cuerpo = Cuerpo.parse(request.body);
    const productos = Array.isArray(cuerpo) ? cuerpo : cuerpo.productos;
    return reply.send(await upsertProductos(deps.db, deps.clock, user, productos));
  });
};
