import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { PrimerAdmin } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { insertUsuario, isLoginTaken } from './alta.sql.ts';
import { codigoInicial, sameCode } from './codigo-inicial.ts';
import { hashPassword } from './contrasenas.ts';
import { existsCuenta, insertCuenta } from './cuentas.sql.ts';
import { parseNombre } from './datos-persona.ts';
import { limitesOf } from './limites.ts';
import { existsTienda, existsUsuario, insertTiendaConAlmacen, lockPrimerAdmin } from './primer-admin.sql.ts';

export interface Solicitante {
  readonly ip: string;
  /** Whom the access token names: in Supabase mode the first admin has logged in there already. */
  readonly identity: { readonly sub: string; readonly email?: string | undefined } | null;
}

type Tienda = z.infer<typeof PrimerAdmin>['tienda'];

function parseTienda({ codigo, nombre, zonaHoraria }: Tienda): Tienda {
  const tienda = { codigo: codigo.trim(), nombre: nombre.trim(), zonaHoraria };
  if (tienda.codigo === '' || tienda.nombre === '') {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'a la tienda le falta el código o el nombre' });
  }
  try {
    new Intl.DateTimeFormat('es-MX', { timeZone: zonaHoraria });
  } catch {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'la zona horaria' });
  }
  return tienda;
}

/**
 * Makes the first person of an empty database, an admin, with the first shop and its general almacén. Needs the
 * set-up code. Rejects with `ACCESO_YA_INICIADO`, `CODIGO_INICIAL_MALO`, `DEMASIADAS_PETICIONES`, `TIENDA_REPETIDA`.
 */
export async function primerAdmin(
  deps: Pick<Deps, 'db' | 'clock' | 'env'>,
  { ip, identity }: Solicitante,
  entrada: z.infer<typeof PrimerAdmin>,
): Promise<{ usuarioId: string; tiendaId: string }> {
  const { db, clock, env } = deps;
  if (await db.asService(existsUsuario, { readOnly: true })) throw new AppError('ACCESO_YA_INICIADO');
  const attempt = limitesOf(deps).begin(ip, 'codigo-inicial');
  if (!sameCode(entrada.codigo, await codigoInicial(deps))) throw new AppError('CODIGO_INICIAL_MALO');
  attempt.succeeded();
  const nombreAdmin = parseNombre(entrada.nombre);
  const tienda = parseTienda(entrada.tienda);

  const conSupabase = env.supabase !== undefined;
  if (conSupabase && identity === null) throw new AppError('SESION_VENCIDA');
  const usuarioId = conSupabase && identity !== null ? identity.sub : clock.newId();
  const correo = (conSupabase ? identity?.email?.toLowerCase() : undefined) ?? entrada.correo;
  const passwordHash = conSupabase ? null : await hashPassword(entrada.contrasena);
  const { codigo, nombre, zonaHoraria } = tienda;
  const tiendaId = clock.newId();

  await db.asService(async (tx) => {
    const now = clock.now();
    await lockPrimerAdmin(tx);
    if (await existsUsuario(tx)) throw new AppError('ACCESO_YA_INICIADO');
    if (await existsTienda(tx, codigo)) throw new AppError('TIENDA_REPETIDA', { codigo });
    // Supabase's own database has the account already; another database needs a row for the foreign key.
    if (!(await existsCuenta(tx, usuarioId))) {
      if (await isLoginTaken(tx, { correo, nombreUsuario: null })) throw new AppError('USUARIO_REPETIDO');
      await insertCuenta(tx, { id: usuarioId, email: correo, passwordHash, at: now });
    }
    const almacenId = clock.newId();
    await insertTiendaConAlmacen(tx, { id: tiendaId, almacenId, codigo, nombre, zonaHoraria });
    await insertUsuario(tx, {
      id: usuarioId,
      correo,
      nombreUsuario: null,
      nombre: nombreAdmin,
      rol: 'admin',
      limiteAjuste: null,
      tiendaIds: [tiendaId],
    });
    await audita(tx, {
      id: clock.newId(),
      en: now,
      usuarioId,
      accion: 'usuario.primer_admin',
      entidad: 'usuario',
      entidadId: usuarioId,
      tiendaId,
      datos: { correo, tienda: codigo },
    });
  });
  return { usuarioId, tiendaId };
}
