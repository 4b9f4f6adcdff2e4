import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Deps } from '#server/platform/deps.ts';
import { AppError } from '#shared/errores.ts';
import { sessionBody } from './gotrue-body.ts';
import { limitesOf } from './limites.ts';
import { supabaseEmail } from './login.ts';
import { entra } from './sesiones.ts';
import { supabaseToken } from './supabase.ts';

const Body = z.object({
  email: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)),
  password: z.string().check(z.minLength(1), z.maxLength(1000)),
});

/** Answers Supabase's token endpoint for scripts, in both modes and under the same limits. */
async function tokenFor(
  deps: Deps,
  login: { email: string; password: string; ip: string; userAgent: string | null },
): Promise<Record<string, unknown>> {
  const { email, password, ip, userAgent } = login;
  const { supabase } = deps.env;
  if (supabase === undefined)
    return sessionBody(await entra(deps, { login: email, password, ip, userAgent }));
  const attempt = limitesOf(deps).begin(ip, email);
  try {
    const answer = await supabaseToken(supabase, supabaseEmail(email), password);
    attempt.succeeded();
    return answer;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CREDENCIALES_MALAS') attempt.undone();
    throw error;
  }
}

/** `POST /api/auth/token {email, password}`: an access token for scripts and integrators. */
export async function tokenRest(app: FastifyInstance, deps: Deps): Promise<void> {
  app.post('/api/auth/token', async (request, reply) => {
    const { email, password } = Body.parse(request.body);
    void reply.header('cache-control', 'no-store');
    try {
      return await tokenFor(deps, {
        email,
        password,
        ip: request.ip,
        userAgent: request.headers['user-agent'] ?? null,
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'DEMASIADAS_PETICIONES') {
        void reply.header('retry-after', String(error.data.segundos));
      }
      throw error;
    }
  });
}
