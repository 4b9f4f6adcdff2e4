import * as z from 'zod/mini';
import { publicProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import {
  AceptaInvitacion,
  EstadoAcceso,
  InvitacionVista,
  PrimerAdmin,
  Rol,
} from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { aceptaInvitacion, veInvitacion } from './invitaciones.ts';
import { existsUsuario } from './primer-admin.sql.ts';
import { primerAdmin } from './primer-admin.ts';
import { selectPersona } from './registra.sql.ts';

const Yo = z.object({
  usuarioId: Uuid,
  nombre: z.string(),
  /** E-mail, or the user name of who has none. */
  correo: z.nullable(z.string()),
  rol: Rol,
  tiendaIds: z.array(Uuid),
  limiteAjuste: z.nullable(z.string()),
});
const Token = z.object({ token: z.string().check(z.minLength(1), z.maxLength(200)) });

/** What happens before, and right after, somebody is in. */
export const accesoRouter = router({
  /** What the log-in screen needs to know. */
  estado: publicProcedure.output(EstadoAcceso).query(async ({ ctx }) => {
    const { supabase, demo } = ctx.env;
    return {
      sinUsuarios: !(await ctx.db.asService(existsUsuario, { readOnly: true })),
      demo,
      supabase: supabase === undefined ? null : { url: supabase.url, anonKey: supabase.anonKey },
    };
  }),

  primerAdmin: publicProcedure
    .input(PrimerAdmin)
    .output(z.object({ usuarioId: Uuid, tiendaId: Uuid }))
    .mutation(({ ctx, input }) => primerAdmin(ctx, ctx, input)),

  invitacion: publicProcedure
    .input(Token)
    .output(InvitacionVista)
    .query(({ ctx, input }) => veInvitacion(ctx, ctx.ip, input.token)),

  aceptaInvitacion: publicProcedure
    .input(AceptaInvitacion)
    .output(z.object({ usuarioId: Uuid }))
    .mutation(({ ctx, input }) =>
      // Somebody who is here already opened another's invitation: it is not for their own account.
      aceptaInvitacion(ctx, { ip: ctx.ip, identity: ctx.user === null ? ctx.identity : null }, input),
    ),

  /** The person of the access token as the database says now. */
  yo: userProcedure.output(Yo).query(async ({ ctx }) => {
    const persona = await ctx.db.asService((tx) => selectPersona(tx, ctx.user.id), { readOnly: true });
    if (persona === undefined) throw new AppError('USUARIO_SIN_ALTA');
    const { id: usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste } = persona;
    return { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste };
  }),
});
