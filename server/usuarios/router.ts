import * as z from 'zod/mini';
import { selectPendientes } from '#server/acceso/invitaciones.sql.ts';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import {
  EditaUsuario,
  Invita,
  InvitacionHecha,
  InvitacionListada,
  UsuarioListado,
} from '#shared/contracts/usuarios.ts';
import { editaUsuario } from './edita.ts';
import { cancelaInvitacion, invita, restableceContrasena } from './invita.ts';
import { selectUsuarios } from './usuarios.sql.ts';

const admin = rolProcedure('admin');
const Lista = z.object({ usuarios: z.array(UsuarioListado), invitaciones: z.array(InvitacionListada) });

/** The people of the company. */
export const usuariosRouter = router({
  /** An admin sees everybody and the pending invitations; a gerente the people of their shops, without limits. */
  lista: rolProcedure('admin', 'gerente')
    .output(Lista)
    .query(({ ctx }) =>
      ctx.db.asService(
        async (tx) => {
          if (ctx.user.rol !== 'admin') {
            const people = await selectUsuarios(tx, ctx.user.tiendaIds);
            return { usuarios: people.map((u) => ({ ...u, limiteAjuste: null })), invitaciones: [] };
          }
          const invitaciones = await selectPendientes(tx, ctx.clock.now());
          return {
            usuarios: await selectUsuarios(tx),
            invitaciones: invitaciones.map(({ id, nombre, correo, rol, expiraEn }) => {
              return { id, nombre, correo, rol, expiraEn: expiraEn.toISOString() };
            }),
          };
        },
        { readOnly: true },
      ),
    ),

  invita: admin
    .input(Invita)
    .output(InvitacionHecha)
    .mutation(({ ctx, input }) => invita(ctx, ctx.user.id, input)),

  restablece: admin
    .input(z.object({ id: Uuid }))
    .output(InvitacionHecha)
    .mutation(({ ctx, input }) => restableceContrasena(ctx, ctx.user.id, input.id)),

  cancelaInvitacion: admin
    .input(z.object({ id: Uuid }))
    .mutation(({ ctx, input }) => cancelaInvitacion(ctx, ctx.user.id, input.id)),

  edita: admin
    .input(EditaUsuario)
    .output(UsuarioListado)
    .mutation(({ ctx, input }) => editaUsuario(ctx, ctx.user.id, input)),
});
