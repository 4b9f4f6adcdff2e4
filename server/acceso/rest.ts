import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Deps } from '#server/platform/deps.ts';
import { toAppError } from '#server/platform/errors.ts';
import { bearerOf } from '#server/trpc/context.ts';
import type { Codigo } from '#shared/codes.ts';
import { AppError, mensajeDe } from '#shared/errores.ts';
import { cambiaContrasena, cierraSesion, cuentaDeSesion } from './cuenta-propia.ts';
import { sessionBody, userBody } from './gotrue-body.ts';
import { llavesOf } from './llaves.ts';
import { entra, renueva } from './sesiones.ts';
import { type AccessClaims, createOwnVerifier } from './verify.ts';

/**
 * How supabase-js must take each code: HTTP status and GoTrue's error code. It ends the person's session on any
 * 4xx of a renewal, so a renewal answers 4xx only when the session is truly dead; all else is 5xx: "try again".
 */
const GOTRUE: Partial<Record<Codigo, readonly [status: number, errorCode: string]>> = {
  CONTRASENA_IGUAL: [422, 'same_password'],
  CONTRASENA_MALA: [422, 'weak_password'],
  CREDENCIALES_MALAS: [400, 'invalid_credentials'],
  CUERPO_MUY_GRANDE: [413, 'validation_failed'],
  DEMASIADAS_PETICIONES: [429, 'over_request_rate_limit'],
  ENTRADA_INVALIDA: [400, 'validation_failed'],
  NO_ENCONTRADO: [404, 'validation_failed'],
  REGISTRO_POR_INVITACION: [422, 'signup_disabled'],
  SERVIDOR_OCUPADO: [503, 'unexpected_failure'],
  SESION_REUSADA: [400, 'refresh_token_already_used'],
  SESION_TERMINADA: [400, 'refresh_token_not_found'],
  SESION_VENCIDA: [403, 'bad_jwt'],
  USUARIO_DESACTIVADO: [400, 'user_banned'],
  USUARIO_SIN_ALTA: [400, 'user_not_found'],
};

/** What these mean when a token is shown, not renewed. */
const GOTRUE_USER: typeof GOTRUE = {
  SESION_TERMINADA: [403, 'session_not_found'],
  USUARIO_DESACTIVADO: [403, 'user_banned'],
  USUARIO_SIN_ALTA: [403, 'user_not_found'],
};

const PasswordGrant = z.object({
  email: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)),
  password: z.string().check(z.minLength(1), z.maxLength(1000)),
});
const RefreshGrant = z.object({ refresh_token: z.string().check(z.maxLength(200)) });
const GrantQuery = z.object({ grant_type: z.enum(['password', 'refresh_token']) });
const LogoutQuery = z.object({ scope: z._default(z.enum(['global', 'local', 'others']), 'global') });
const UserUpdate = z.object({
  password: z.optional(z.string()),
  current_password: z.optional(z.string()),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
});

function errorBody(error: AppError, path: string): { status: number; body: Record<string, unknown> } {
  const forRoute = path.endsWith('/user') ? GOTRUE_USER[error.code] : undefined;
  const [status, errorCode] = forRoute ?? GOTRUE[error.code] ?? [500, 'unexpected_failure'];
  const msg = mensajeDe(error.code, error.data);
  const weak = error.code === 'CONTRASENA_MALA' ? { weak_password: { reasons: ['length'] } } : {};
  return { status, body: { code: status, error_code: errorCode, msg, ...weak } };
}

/**
 * The part of Supabase's auth API that supabase-js uses for people who log in with a password, over our own
 * accounts. Registered only when there is no `SUPABASE_URL`. Sign-up is by invitation.
 */
export async function accesoRest(app: FastifyInstance, deps: Deps): Promise<void> {
  if (deps.env.supabase !== undefined) return;
  const llaves = await llavesOf(deps);
  const verify = createOwnVerifier(llaves, deps.clock);

  async function claimsOf(request: FastifyRequest): Promise<AccessClaims> {
    const bearer = bearerOf(request);
    const claims = bearer === undefined ? null : await verify(bearer);
    if (claims === null) throw new AppError('SESION_VENCIDA');
    return claims;
  }

  await app.register(
    async (auth) => {
      auth.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      });
      auth.setErrorHandler(async (error, request, reply) => {
        const app = toAppError(error);
        const invalid = app.code === 'ERROR_INTERNO' && (error as { statusCode?: number }).statusCode === 400;
        const known = invalid ? new AppError('ENTRADA_INVALIDA', { detalle: 'no se pudo leer' }, error) : app;
        const path = request.url.split('?')[0] ?? '';
        const { status, body } = errorBody(known, path);
        if (status === 500) deps.logger.error({ err: known.cause ?? known, path }, 'auth request failed');
        if (status === 429) void reply.header('retry-after', String(known.data.segundos ?? 1));
        return reply.code(status).send(body);
      });

      // The server's general limit would answer 429 to a renewal, and supabase-js would end the session.
      auth.post('/token', { config: { rateLimit: false } }, async (request) => {
        const { grant_type: grant } = GrantQuery.parse(request.query);
        if (grant === 'refresh_token') {
          const { refresh_token: token } = RefreshGrant.parse(request.body);
          return sessionBody(await renueva(deps, token));
        }
        const { email, password } = PasswordGrant.parse(request.body);
        const userAgent = request.headers['user-agent'] ?? null;
        return sessionBody(await entra(deps, { login: email, password, ip: request.ip, userAgent }));
      });

      auth.post('/signup', async () => {
        throw new AppError('REGISTRO_POR_INVITACION');
      });

      auth.post('/logout', async (request, reply) => {
        const { scope } = LogoutQuery.parse(request.query);
        await cierraSesion(deps, await claimsOf(request), scope);
        return reply.code(204).send();
      });

      auth.get('/user', async (request) => {
        return userBody(await cuentaDeSesion(deps, await claimsOf(request)));
      });

      auth.put('/user', async (request) => {
        const { password, current_password: current, email, phone } = UserUpdate.parse(request.body);
        if (email !== undefined || phone !== undefined) {
          throw new AppError('ENTRADA_INVALIDA', { detalle: 'el correo lo cambia tu administrador' });
        }
        const claims = await claimsOf(request);
        return userBody(
          password === undefined
            ? await cuentaDeSesion(deps, claims)
            : await cambiaContrasena(deps, claims, { password, current, ip: request.ip }),
        );
      });

      // What we lack (reset by mail, OAuth, factors) must not fall through to the app's page with status 200.
      auth.setNotFoundHandler(async () => {
        throw new AppError('NO_ENCONTRADO');
      });

      auth.get('/.well-known/jwks.json', async (_request, reply) => {
        void reply.header('cache-control', 'public, max-age=600');
        return llaves.jwks();
      });
      auth.get('/health', async () => ({ name: 'GoTrue', version: 'devcompras', description: 'devcompras' }));
      auth.get('/settings', async () => ({
        external: { email: true, phone: false, anonymous_users: false },
        disable_signup: true,
        mailer_autoconfirm: true,
        phone_autoconfirm: false,
        sms_provider: '',
        saml_enabled: false,
      }));
    },
    { prefix: '/auth/v1' },
  );
}
