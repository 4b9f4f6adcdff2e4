import * as z from 'zod/mini';
import { findAjustes, upsertAjuste } from '#server/ajustes/ajustes.sql.ts';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import { rolProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { PaginaEventos, RetencionEventos } from '#shared/contracts/api-eventos.ts';
import { AppError } from '#shared/errores.ts';
import { leeEventos, lugarDe, patronesDe } from './lee.ts';
import { CLAVE_RETENCION, retencionDe } from './olvida.ts';

const admin = rolProcedure('admin');

/** What happened in the business, for screens; programs read `GET /api/eventos/negocio`. */
export const eventosRouter = router({
  lee: userProcedure
    .input(
      z.object({
        desde: z.string().check(z.maxLength(80)),
        tipos: z.optional(z.string().check(z.maxLength(2000))),
        limite: z._default(z.int().check(z.gte(1), z.lte(500)), 100),
      }),
    )
    .output(PaginaEventos)
    .query(async ({ ctx, input }) => {
      const desde = input.desde === 'inicio' || input.desde === 'ahora' ? input.desde : lugarDe(input.desde);
      const { eventos, despues, perdido } = await leeEventos(ctx.db, ctx.claims, desde, {
        patrones: patronesDe(input.tipos),
        limite: input.limite,
      });
      return { eventos, despues, perdido };
    }),

  retencion: admin.output(z.extend(RetencionEventos, { version: z.int() })).query(async ({ ctx }) => {
    const ajustes = await ctx.db.withUser(ctx.claims, (tx) => findAjustes(tx, [CLAVE_RETENCION]), {
      readOnly: true,
    });
    return { dias: await retencionDe(ctx.db), version: ajustes.get(CLAVE_RETENCION)?.version ?? 0 };
  }),

  /** `version` is the one that was on the screen. */
  guardaRetencion: admin
    .input(z.extend(RetencionEventos, { version: z.int() }))
    .output(z.object({ version: z.int() }))
    .mutation(({ ctx, input: { dias, version } }) =>
      ctx.db.asService(async (tx) => {
        const en = ctx.clock.now();
        const nueva = await upsertAjuste(tx, {
          clave: CLAVE_RETENCION,
          valor: { dias },
          version,
          por: ctx.user.id,
          en,
        });
        if (nueva === undefined) throw new AppError('CAMBIO_ENTRETANTO');
        await audita(tx, {
          id: ctx.clock.newId(),
          en,
          usuarioId: ctx.user.id,
          accion: 'ajustes.guardado',
          entidad: 'configuracion',
          entidadId: CLAVE_RETENCION,
          tiendaId: null,
          datos: { dias, version: nueva },
        });
        return { version: nueva };
      }),
    ),
});
