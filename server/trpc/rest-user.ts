import type { FastifyRequest } from 'fastify';
import type { Deps } from '#server/platform/deps.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import { createContext } from './context.ts';

/** The active person behind a REST request, with one of the roles. Throws SESION_VENCIDA or PROHIBIDO. */
export async function requireUser(deps: Deps, request: FastifyRequest, roles?: readonly Rol[]) {
  const context = await createContext(deps, request);
  if (context.user === null || context.claims === null)
    throw context.authError ?? new AppError('SESION_VENCIDA');
  if (roles !== undefined && !roles.includes(context.user.rol)) throw new AppError('PROHIBIDO');
  return { user: context.user, claims: context.claims };
}
