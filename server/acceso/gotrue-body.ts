import { AUDIENCE } from './access-token.ts';
import type { Cuenta } from './cuentas.sql.ts';
import type { Sesion } from './sesiones.ts';

/** An account as supabase-js's `User`. Role and shops are not here: they are asked of the database each time. */
export function userBody(cuenta: Cuenta): Record<string, unknown> {
  const createdAt = cuenta.createdAt.toISOString();
  return {
    id: cuenta.id,
    aud: AUDIENCE,
    role: AUDIENCE,
    email: cuenta.email ?? '',
    email_confirmed_at: createdAt,
    confirmed_at: createdAt,
    phone: '',
    last_sign_in_at: cuenta.lastSignInAt?.toISOString() ?? createdAt,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: { nombre: cuenta.nombre, nombre_usuario: cuenta.nombreUsuario },
    identities: [],
    created_at: createdAt,
    updated_at: cuenta.updatedAt.toISOString(),
    is_anonymous: false,
  };
}

/** The answer of Supabase's token endpoint. */
export function sessionBody(sesion: Sesion): Record<string, unknown> {
  return {
    access_token: sesion.accessToken,
    token_type: 'bearer',
    expires_in: sesion.expiresIn,
    expires_at: sesion.expiresAt,
    refresh_token: sesion.refreshToken,
    user: userBody(sesion.cuenta),
  };
}
