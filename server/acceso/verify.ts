import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims } from '#server/platform/db/db.ts';
import { MigrationError } from '#server/platform/db/migrate.ts';
import type { Deps } from '#server/platform/deps.ts';
import { AppError } from '#shared/errores.ts';
import { AUDIENCE, ISSUER } from './access-token.ts';
import { hasOwnAuth } from './cuentas.sql.ts';
import type { AccesoDeps } from './deps.ts';
import { ALG, type Llaves, llavesOf } from './llaves.ts';

/** Claims of a verified access token. */
export interface AccessClaims extends Claims {
  /** `session_id`: absent only in Supabase's oldest tokens. */
  readonly sessionId: string | undefined;
  readonly expiresAt: Date;
}

/**
 * The claims of a person's access token; null when it is expired, forged, of another server, or a token for
 * something else, such as a turno. Rejects with AppError `SERVIDOR_OCUPADO` when Supabase's keys can't be
 * fetched: that says nothing about the token, and must not look like a dead session.
 */
export type VerifyAccess = (token: string) => Promise<AccessClaims | null>;

/** Clocks of two servers differ by seconds. */
const TOLERANCE_S = 5;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function claimsOf(payload: JWTPayload): AccessClaims | null {
  const { sub, exp, email, role, session_id: sessionId } = payload;
  // Supabase's anon and service keys are JWTs of the same issuer; only people have a subject and this role.
  if (sub === undefined || !UUID.test(sub) || exp === undefined || role !== AUDIENCE) return null;
  return {
    sub,
    role,
    email: typeof email === 'string' && email !== '' ? email : undefined,
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
    expiresAt: new Date(exp * 1000),
  };
}

/** True for what is wrong with the token itself, as against what is wrong with fetching the keys. */
export function isTokenFault(error: unknown): boolean {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}

async function verifying(verify: () => Promise<{ payload: JWTPayload }>): Promise<AccessClaims | null> {
  try {
    return claimsOf((await verify()).payload);
  } catch (error) {
    if (isTokenFault(error)) return null;
    throw new AppError('SERVIDOR_OCUPADO', {}, error);
  }
}

function optionsAt(clock: Clock, issuer: string): JWTVerifyOptions {
  return {
    issuer,
    audience: AUDIENCE,
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: TOLERANCE_S,
    currentDate: clock.now(),
  };
}

/** Verifies the tokens that this server signed. */
export function createOwnVerifier(llaves: Llaves, clock: Clock): VerifyAccess {
  const getKey: JWTVerifyGetKey = async ({ kid }) => {
    const key = kid === undefined ? undefined : await llaves.publicKey(kid, 'acceso');
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  };
  return (token) =>
    verifying(() => jwtVerify(token, getKey, { ...optionsAt(clock, ISSUER), algorithms: [ALG] }));
}

export interface SupabaseVerifierConfig {
  /** `SUPABASE_URL`, without a slash at the end. */
  readonly url: string;
  /** `SUPABASE_JWT_SECRET` of projects that still sign with HS256. */
  readonly jwtSecret?: string | undefined;
}

/** Verifies Supabase's tokens by its published keys, cached by jose; HS256 only when its secret is given. */
export function createSupabaseVerifier(config: SupabaseVerifierConfig, clock: Clock): VerifyAccess {
  const issuer = `${config.url}/auth/v1`;
  const remote = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
    timeoutDuration: 5_000,
    cooldownDuration: 10_000,
  });
  const secret = config.jwtSecret === undefined ? undefined : new TextEncoder().encode(config.jwtSecret);
  return (token) =>
    verifying(() => {
      const options = optionsAt(clock, issuer);
      return secret !== undefined && algOf(token) === 'HS256'
        ? jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })
        : jwtVerify(token, remote, { ...options, algorithms: ['ES256', 'RS256', 'EdDSA'] });
    });
}

/**
 * The verifier of the mode that the environment asks for. Opens the keys, which sign the turnos in both modes.
 * Rejects with MigrationError when the database brings Supabase's own accounts and no `SUPABASE_URL` is set.
 */
export async function createVerifyAccess(deps: AccesoDeps & Pick<Deps, 'env'>): Promise<VerifyAccess> {
  const { supabase } = deps.env;
  const llaves = await llavesOf(deps);
  if (supabase === undefined && !(await deps.db.asService(hasOwnAuth, { readOnly: true }))) {
    throw new MigrationError(
      'La base de datos trae las cuentas de Supabase. Define SUPABASE_URL y SUPABASE_ANON_KEY y arranca otra vez.',
    );
  }
  return supabase === undefined
    ? createOwnVerifier(llaves, deps.clock)
    : createSupabaseVerifier(supabase, deps.clock);
}

function algOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}
