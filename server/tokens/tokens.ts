import { createHash, randomBytes } from 'node:crypto';
import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { Usuario } from '#server/trpc/usuario.sql.ts';
import {
  alcancesDe,
  type CreaToken,
  PREFIJO_TOKEN,
  TIENE_TOKENS,
  type TokenCreado,
  type TokenListado,
} from '#shared/contracts/api.ts';
import { AppError } from '#shared/errores.ts';
import {
  countVivos,
  insertToken,
  revokeToken,
  selectVivo,
  type TokenRow,
  type TokenVivo,
} from './tokens.sql.ts';

/** One person's tokens that open something. */
const MAX_VIVOS = 20;
const DIA_MS = 86_400_000;
/** 32 random bytes in base64url. */
const FORMA = new RegExp(`^${PREFIJO_TOKEN}[A-Za-z0-9_-]{43}$`);

/** 256 random bits need no slow hash: nobody guesses them. */
function huella(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function listado(row: TokenRow): TokenListado {
  return {
    id: row.id,
    nombre: row.nombre,
    pista: row.pista,
    alcances: row.alcances,
    de: { id: row.usuarioId, nombre: row.usuario },
    creadoEn: row.creadoEn.toISOString(),
    expiraEn: row.expiraEn?.toISOString() ?? null,
    usadoEn: row.usadoEn?.toISOString() ?? null,
    revocadoEn: row.revocadoEn?.toISOString() ?? null,
  };
}

/** A new token of this person, told this once. Throws PROHIBIDO, ALCANCE_AJENO, TOKENS_DEMASIADOS. */
export async function createToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  user: Usuario,
  { nombre, alcances, dias }: z.infer<typeof CreaToken>,
): Promise<z.infer<typeof TokenCreado>> {
  if (!TIENE_TOKENS.includes(user.rol)) throw new AppError('PROHIBIDO');
  const pedidos = [...new Set(alcances)];
  const ajenos = pedidos.filter((alcance) => !alcancesDe(user.rol).includes(alcance));
  if (ajenos.length > 0) throw new AppError('ALCANCE_AJENO', { alcances: ajenos.join(', ') });
  const token = `${PREFIJO_TOKEN}${randomBytes(32).toString('base64url')}`;
  const ahora = clock.now();
  const row: TokenRow = {
    id: clock.newId(),
    usuarioId: user.id,
    usuario: user.nombre,
    nombre,
    pista: token.slice(-4),
    alcances: pedidos,
    creadoEn: ahora,
    expiraEn: dias === null ? null : new Date(ahora.getTime() + dias * DIA_MS),
    usadoEn: null,
    revocadoEn: null,
  };
  await db.asService(async (tx) => {
    if ((await countVivos(tx, user.id, ahora)) >= MAX_VIVOS) {
      throw new AppError('TOKENS_DEMASIADOS', { maximo: MAX_VIVOS });
    }
    await insertToken(tx, { ...row, hash: huella(token) });
    await audita(tx, {
      id: clock.newId(),
      en: ahora,
      usuarioId: user.id,
      accion: 'token.creado',
      entidad: 'token',
      entidadId: row.id,
      tiendaId: null,
      datos: { nombre, alcances: pedidos, expiraEn: row.expiraEn },
    });
  });
  return { token, listado: listado(row) };
}

/** Own ones; an admin revokes anybody's. It opens nothing from the next request on. Throws NO_ENCONTRADO. */
export async function revocaToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  user: Usuario,
  id: string,
): Promise<void> {
  const en = clock.now();
  await db.asService(async (tx) => {
    const era = await revokeToken(tx, { id, por: user.id, deTodos: user.rol === 'admin', en });
    if (era === undefined) throw new AppError('NO_ENCONTRADO');
    if (era.antes !== null) return;
    await audita(tx, {
      id: clock.newId(),
      en,
      usuarioId: user.id,
      accion: 'token.revocado',
      entidad: 'token',
      entidadId: id,
      tiendaId: null,
      datos: { nombre: era.nombre, de: era.usuarioId },
    });
  });
}

/** True for what claims to be a personal token, whatever is in it. */
export function pareceToken(bearer: string): boolean {
  return bearer.startsWith(PREFIJO_TOKEN);
}

/** The token when it opens something; null when it is revoked, expired or nobody's. */
export async function verificaToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<TokenVivo | null> {
  if (!FORMA.test(token)) return null;
  return (await selectVivo(db, huella(token), clock.now())) ?? null;
}
