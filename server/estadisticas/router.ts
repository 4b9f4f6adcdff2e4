import { rolProcedure, router } from '#server/trpc/init.ts';
import * as contrato from '#shared/contracts/estadisticas.ts';
import { REVISA_CONTEOS, VE_COSTOS } from '#shared/roles.ts';
import { measureExactitud, measureMerma, measureRecuentos } from './conteos.ts';
import * as medidas from './medidas.ts';
import { measureGrupos, measureProductos } from './productos.ts';
import { requestMedida } from './trabajo.ts';

/** The roles that see costs see stock too. */
const ve = rolProcedure(...VE_COSTOS);
/** What was counted is for who reviews counts. */
const revisa = rolProcedure(...REVISA_CONTEOS);

export const estadisticasRouter = router({
  productos: ve
    .input(contrato.PideProductos)
    .output(contrato.EstadisticaProductos)
    .query(({ ctx, input }) => measureProductos(ctx.db, ctx.claims, input)),

  grupos: ve
    .input(contrato.PideGrupos)
    .output(contrato.EstadisticaGrupos)
    .query(({ ctx, input }) => measureGrupos(ctx.db, ctx.claims, input)),

  valor: ve
    .input(contrato.PideValor)
    .output(contrato.MedidaValor)
    .query(({ ctx, input }) => medidas.measureValor(ctx.db, ctx.clock, ctx.claims, input)),

  valorGrupos: ve
    .input(contrato.PideValorGrupos)
    .output(contrato.MedidaValorGrupos)
    .query(({ ctx, input }) => medidas.measureValorGrupos(ctx.db, ctx.clock, ctx.claims, input)),

  cobertura: ve
    .input(contrato.PideCobertura)
    .output(contrato.MedidaCobertura)
    .query(({ ctx, input }) => medidas.measureCobertura(ctx.db, ctx.clock, ctx.claims, input)),

  abc: ve
    .input(contrato.PideAbc)
    .output(contrato.MedidaAbc)
    .query(({ ctx, input }) => medidas.measureAbc(ctx.db, ctx.clock, ctx.claims, input)),

  sinVenta: ve
    .input(contrato.PideSinVenta)
    .output(contrato.MedidaSinVenta)
    .query(({ ctx, input }) => medidas.measureSinVenta(ctx.db, ctx.clock, ctx.claims, input)),

  sinConteo: ve
    .input(contrato.PideSinConteo)
    .output(contrato.MedidaSinConteo)
    .query(({ ctx, input }) => medidas.measureSinConteo(ctx.db, ctx.clock, ctx.claims, input)),

  merma: ve
    .input(contrato.PideMerma)
    .output(contrato.MedidaMerma)
    .query(({ ctx, input }) => measureMerma(ctx.db, ctx.claims, input)),

  exactitud: revisa
    .input(contrato.PideExactitud)
    .output(contrato.MedidaExactitud)
    .query(({ ctx, input }) => measureExactitud(ctx.db, ctx.claims, input)),

  recuentos: revisa
    .input(contrato.PideRecuentos)
    .output(contrato.MedidaRecuentos)
    .query(({ ctx, input }) => measureRecuentos(ctx.db, ctx.claims, input)),

  mide: ve
    .input(contrato.PideMide)
    .output(contrato.Midiendo)
    .mutation(async ({ ctx, input }) => ({ encargado: await requestMedida(ctx, input.almacenId) })),
});
