import { Correo } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';

/** Letters, digits, dot, hyphen and underscore; no `@`, so that it can't pass for an e-mail. */
const NOMBRE_USUARIO = /^[a-z0-9][a-z0-9._-]{2,49}$/;
/** Nobody receives mail there (RFC 2606): people without an e-mail still need one at Supabase. */
const SIN_CORREO = 'usuarios.invalid';

export interface Login {
  readonly correo: string | null;
  readonly nombreUsuario: string | null;
}

/** What a person chose to log in with: an e-mail, or a user name. Throws `ENTRADA_INVALIDA`. */
export function parseLogin(text: string): Login {
  const key = text.trim().toLowerCase();
  if (key.includes('@')) {
    const correo = Correo.safeParse(key);
    if (!correo.success) throw new AppError('ENTRADA_INVALIDA', { detalle: 'el correo' });
    return { correo: correo.data, nombreUsuario: null };
  }
  if (!NOMBRE_USUARIO.test(key)) {
    throw new AppError('ENTRADA_INVALIDA', {
      detalle: 'el usuario lleva de 3 a 50 letras sin acento, números, punto o guion',
    });
  }
  return { correo: null, nombreUsuario: key };
}

/** The e-mail of an account at Supabase, which knows no user names. */
export function supabaseEmail(text: string): string {
  const { correo, nombreUsuario } = parseLogin(text);
  return correo ?? `${nombreUsuario}@${SIN_CORREO}`;
}
