import * as z from 'zod/mini';
import { rolProcedure, router, userProcedure } from '#server/trpc/init.ts';
import { ActaVerificada, ResumenActa, VerificaActa } from '#shared/contracts/acta.ts';
import { Instante, Uuid } from '#shared/contracts/basicos.ts';
import * as contrato from '#shared/contracts/conteos.ts';
import { APRUEBA_CONTEOS, PLANEA_CONTEOS, PLANEA_PRUEBAS, REVISA_CONTEOS } from '#shared/roles.ts';
import { summarizeActa, verifyActa } from './acta/resume.ts';
import { approveProductos } from './aprueba.ts';
import { declareCeros } from './ceros.ts';
import { createConteo, listAsignables } from './crea.ts';
import * as decisiones from './decisiones.ts';
import { returnParte } from './devuelve.ts';
import { listFirmantes, requestFirma } from './firmantes.ts';
import { findAlmacenesDe, findHistorial } from './historial.sql.ts';
import { listVecesContado } from './historial-producto.ts';
import { closePrueba } from './prueba.ts';
import { reviewConteo } from './revision.ts';
import { createComplementario, listTardias } from './tardias.ts';

const planea = rolProcedure(...PLANEA_CONTEOS);
/** The conteo says the rest: an auditor decides on test counts only. */
const planeaPrueba = rolProcedure(...PLANEA_PRUEBAS);
const revisa = rolProcedure(...REVISA_CONTEOS);
const aprueba = rolProcedure(...APRUEBA_CONTEOS);

const Historial = z.object({
  estados: z.nullable(z.array(z.enum(['planeado', 'abierto', 'en_revision', 'cerrado', 'cancelado']))),
  antesDe: z.nullable(Instante),
  almacenId: z.optional(Uuid),
  proposito: z.optional(z.enum(['conteo', 'prueba'])),
  limite: z.int().check(z.gte(1), z.lte(200)),
});

export const conteosRouter = router({
  asignables: planeaPrueba
    .input(z.object({ almacenId: Uuid, proposito: z.optional(z.enum(['conteo', 'prueba'])) }))
    .output(z.array(contrato.Asignable))
    .query(({ ctx, input }) => listAsignables(ctx.db, ctx.user, input.almacenId, input.proposito)),

  crea: planeaPrueba
    .input(contrato.CreaConteo)
    .output(contrato.ConteoCreado)
    .mutation(({ ctx, input }) => createConteo(ctx.db, ctx.clock, ctx.user, input)),

  historial: userProcedure
    .input(Historial)
    .output(z.array(contrato.ResumenConteo))
    .query(async ({ ctx, input }) => {
      const rows = await ctx.db.withUser(ctx.claims, (tx) =>
        findHistorial(tx, {
          estados: input.estados,
          antesDe: input.antesDe === null ? null : new Date(input.antesDe),
          almacenId: input.almacenId ?? null,
          proposito: input.proposito ?? null,
          limite: input.limite,
          revisor: REVISA_CONTEOS.includes(ctx.user.rol),
        }),
      );
      const sinNombre = rows.flatMap((row) => (row.almacen === null ? [row.id] : []));
      const ajenos =
        sinNombre.length === 0
          ? new Map<string, string>()
          : await ctx.db.asService((tx) => findAlmacenesDe(tx, sinNombre));
      return rows.map((row) => ({
        id: row.id,
        folio: row.folio,
        nombre: row.nombre,
        almacen: row.almacen ?? ajenos.get(row.id) ?? '',
        almacenId: row.almacen_id,
        proposito: row.proposito,
        estado: row.estado,
        ciego: row.ciego,
        contadores: row.contadores,
        partes: row.partes,
        partesTotal: row.partes_total,
        abiertoEn: row.abierto_en.toISOString(),
        vence: row.vence?.toISOString() ?? null,
        cerradoEn: row.cerrado_en?.toISOString() ?? null,
        productosContados: row.productos_contados,
        aprobados: row.aprobados,
      }));
    }),

  revision: revisa
    .input(z.object({ conteoId: Uuid }))
    .output(contrato.Revision)
    .query(({ ctx, input }) => reviewConteo(ctx.db, ctx.user, input.conteoId)),

  vecesContado: revisa
    .input(z.object({ conteoId: Uuid, productoId: Uuid }))
    .output(z.array(contrato.VezContada))
    .query(({ ctx, input }) => listVecesContado(ctx.db, ctx.user, input)),

  acta: revisa
    .input(z.object({ conteoId: Uuid }))
    .output(ResumenActa)
    .query(({ ctx, input }) => summarizeActa(ctx.db, ctx.clock, ctx.user, input.conteoId)),

  verificaActa: revisa
    .input(VerificaActa)
    .output(ActaVerificada)
    .query(({ ctx, input }) => verifyActa(ctx.db, ctx.clock, ctx.user, input)),

  aprueba: aprueba
    .input(contrato.Aprueba)
    .output(contrato.Aprobacion)
    .mutation(({ ctx, input }) => approveProductos(ctx.db, ctx.clock, ctx.user, input)),

  cierraPartes: planeaPrueba
    .input(contrato.CierraPartes)
    .mutation(({ ctx, input }) => decisiones.closePartes(ctx.db, ctx.clock, ctx.user, input)),

  devuelveParte: planeaPrueba
    .input(contrato.DevuelveParte)
    .mutation(({ ctx, input }) => returnParte(ctx.db, ctx.clock, ctx.user, input)),

  declaraVacia: planeaPrueba
    .input(contrato.DeclaraVacia)
    .mutation(({ ctx, input }) => decisiones.declareVacia(ctx.db, ctx.clock, ctx.user, input)),

  declaraCeros: planeaPrueba
    .input(contrato.DeclaraCeros)
    .output(contrato.CerosDeclarados)
    .mutation(({ ctx, input }) => declareCeros(ctx.db, ctx.clock, ctx.user, input)),

  resuelveTraslape: planeaPrueba
    .input(contrato.ResuelveTraslape)
    .mutation(({ ctx, input }) => decisiones.resolveTraslape(ctx.db, ctx.clock, ctx.user, input)),

  liga: planeaPrueba
    .input(contrato.LigaCodigo)
    .mutation(({ ctx, input }) => decisiones.linkCodigos(ctx.db, ctx.clock, ctx.user, input)),

  pideRecuento: planeaPrueba
    .input(contrato.PideRecuento)
    .mutation(({ ctx, input }) => decisiones.requestRecuento(ctx.db, ctx.clock, ctx.user, input)),

  tardias: revisa
    .input(z.object({ conteoId: Uuid }))
    .output(contrato.Tardias)
    .query(({ ctx, input }) => listTardias(ctx.db, ctx.user, input.conteoId)),

  creaComplementario: planea
    .input(contrato.CreaComplementario)
    .output(contrato.ConteoCreado)
    .mutation(({ ctx, input }) => createComplementario(ctx.db, ctx.clock, ctx.user, input)),

  firmantesPosibles: planea
    .input(z.object({ conteoId: Uuid }))
    .output(z.array(contrato.FirmantePosible))
    .query(({ ctx, input }) => listFirmantes(ctx.db, ctx.user, input.conteoId)),

  pideFirma: planea
    .input(contrato.PideFirma)
    .mutation(({ ctx, input }) => requestFirma(ctx.db, ctx.clock, ctx.user, input)),

  cierraPrueba: planeaPrueba
    .input(contrato.CierraPrueba)
    .output(contrato.PruebaCerrada)
    .mutation(({ ctx, input }) => closePrueba(ctx.db, ctx.clock, ctx.user, input)),

  cancela: planeaPrueba
    .input(contrato.CancelaConteo)
    .mutation(({ ctx, input }) => decisiones.cancelConteo(ctx.db, ctx.clock, ctx.user, input)),
});
