import { SignJWT } from 'jose';
import { ALG, type Signer } from './llaves.ts';

/** Life of an access token: one hour, as Supabase's default. */
export const ACCESS_SECONDS = 3600;
/** Issuer of our own access tokens. Turnos have another, so that neither passes for the other. */
export const ISSUER = 'devcompras/auth';
/** Audience and role that Supabase gives to people's tokens. */
export const AUDIENCE = 'authenticated';

export interface AccessTokenInput {
  readonly userId: string;
  readonly email: string | null;
  readonly sessionId: string;
  readonly loggedInAt: Date;
  readonly now: Date;
}

/** A signed access token with the claims that supabase-js and `auth.jwt()` know; no role of ours, no shops. */
export async function signAccessToken(signer: Signer, input: AccessTokenInput): Promise<string> {
  const iat = Math.floor(input.now.getTime() / 1000);
  return new SignJWT({
    role: AUDIENCE,
    email: input.email ?? '',
    phone: '',
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: {},
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: Math.floor(input.loggedInAt.getTime() / 1000) }],
    session_id: input.sessionId,
    is_anonymous: false,
  })
    .setProtectedHeader({ alg: ALG, kid: signer.kid, typ: 'JWT' })
    .setSubject(input.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(iat)
    .setExpirationTime(iat + ACCESS_SECONDS)
    .sign(signer.key);
}
