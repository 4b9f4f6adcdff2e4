import type { Codigo } from '#shared/codes.ts';
import { AppError } from '#shared/errores.ts';
import { api } from './trpc.ts';

/** Who keeps the accounts (our server or Supabase), and how what it says reads here. */

const ACCESO = 'devcompras-acceso';

type Proveedor = { url: string; anonKey: string } | null;

/** `acceso.estado`, kept for the times without network. */
export async function estadoAcceso() {
  const estado = await api.acceso.estado.query();
  localStorage.setItem(ACCESO, JSON.stringify(estado.supabase));
  return estado;
}

export async function proveedor(): Promise<Proveedor> {
  const kept = localStorage.getItem(ACCESO);
  if (kept !== null) return JSON.parse(kept) as Proveedor;
  return (await estadoAcceso()).supabase;
}

/** Error codes of GoTrue → ours. */
const DE_GOTRUE: Record<string, Codigo> = {
  invalid_credentials: 'CREDENCIALES_MALAS',
  over_request_rate_limit: 'DEMASIADAS_PETICIONES',
  user_banned: 'USUARIO_DESACTIVADO',
  user_not_found: 'USUARIO_SIN_ALTA',
};

type FallaAuth = { status?: number | undefined; code?: string | undefined };

export function errorDeAuth(error: FallaAuth): AppError {
  const code = DE_GOTRUE[error.code ?? ''];
  if (code) return new AppError(code, code === 'DEMASIADAS_PETICIONES' ? { segundos: 60 } : {}, error);
  if (!error.status) return new AppError('SIN_SENAL', {}, error);
  return new AppError(error.status >= 500 ? 'SERVIDOR_OCUPADO' : 'CREDENCIALES_MALAS', {}, error);
}
