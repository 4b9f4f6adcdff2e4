import * as z from 'zod/mini';
import { rolProcedure, router } from '#server/trpc/init.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import {
  CodigoNuevo,
  ConsultaProductos,
  DecideConflicto,
  EdicionEnBloque,
  FotoDeProducto,
  Fusiona,
  GuardaProducto,
  ProveedorDeProducto,
} from '#shared/contracts/catalogo.ts';
import { AppError } from '#shared/errores.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { deshaceEdicion, editaEnBloque } from './bloque.ts';
import { conflictosPendientes, decideConflicto } from './conflictos.ts';
import { posiblesDuplicados, sonDistintos } from './duplicados.ts';
import { fichaDe } from './ficha.ts';
import { selectFusiones } from './fusion.sql.ts';
import { deshaceFusion, fusiona, vistaFusion } from './fusion.ts';
import { idsDe, listaProductos } from './lista.ts';
import * as producto from './producto.ts';

const ve = rolProcedure(...VE_COSTOS);
const edita = rolProcedure(...EDITA_PRODUCTOS);
const dirige = rolProcedure('admin', 'gerente');
const Par = z.object({ origenId: Uuid, destinoId: Uuid });

/** Most products of one edition. */
export const EDICION_MAXIMA = 2_000;

/** The catalogue of the office: everything that is not on the way to counting. */
export const productosRouter = router({
  lista: ve.input(ConsultaProductos).query(({ ctx, input }) => listaProductos(ctx.db, ctx.user.rol, input)),
  ficha: ve.input(z.object({ id: Uuid })).query(({ ctx, input }) => fichaDe(ctx.db, ctx.user, input.id)),
  guarda: edita
    .input(GuardaProducto)
    .mutation(({ ctx, input }) => producto.guardaProducto(ctx, ctx.user, input)),
  cambiaActivo: edita
    .input(z.object({ id: Uuid, activo: z.boolean(), confirmado: z.boolean() }))
    .mutation(({ ctx, input }) => producto.cambiaActivo(ctx, ctx.user, input)),

  agregaCodigo: edita
    .input(CodigoNuevo)
    .mutation(({ ctx, input }) => producto.agregaCodigo(ctx, ctx.user, input)),
  cambiaCodigo: edita
    .input(CodigoNuevo)
    .mutation(({ ctx, input }) => producto.cambiaCodigo(ctx, ctx.user, input)),
  quitaCodigo: edita
    .input(z.object({ productoId: Uuid, codigo: z.string() }))
    .mutation(({ ctx, input }) => producto.quitaCodigo(ctx, ctx.user, input)),
  ponUbicacion: dirige
    .input(z.object({ productoId: Uuid, ubicacionId: Uuid, esta: z.boolean() }))
    .mutation(({ ctx, input }) => producto.ponUbicacion(ctx, ctx.user, input)),
  ponProveedor: edita
    .input(ProveedorDeProducto)
    .mutation(({ ctx, input }) => producto.ponProveedor(ctx, ctx.user, input)),
  quitaProveedor: edita
    .input(z.object({ productoId: Uuid, proveedorId: Uuid }))
    .mutation(({ ctx, input }) => producto.quitaProveedor(ctx, ctx.user, input)),
  ponFoto: edita.input(FotoDeProducto).mutation(({ ctx, input }) => producto.ponFoto(ctx, ctx.user, input)),

  /** Ids of everything that the filters let through, to edit all of it. */
  idsDe: edita.input(ConsultaProductos).query(async ({ ctx, input }) => {
    const ids = await idsDe(ctx.db, input, EDICION_MAXIMA);
    if (ids.length > EDICION_MAXIMA)
      throw new AppError('ENTRADA_INVALIDA', { detalle: 'son más de 2,000 productos; filtra menos' });
    return { ids };
  }),
  editaEnBloque: edita
    .input(EdicionEnBloque)
    .mutation(({ ctx, input }) => editaEnBloque(ctx, ctx.user, input)),
  deshaceEdicion: edita
    .input(z.object({ id: Uuid }))
    .mutation(({ ctx, input }) => deshaceEdicion(ctx, ctx.user, input.id)),

  duplicados: ve.query(({ ctx }) => posiblesDuplicados(ctx)),
  sonDistintos: edita
    .input(Par)
    .mutation(({ ctx, input }) => sonDistintos(ctx, ctx.user, input.origenId, input.destinoId)),
  vistaFusion: ve.input(Par).query(({ ctx, input }) => vistaFusion(ctx, input.origenId, input.destinoId)),
  fusiona: edita.input(Fusiona).mutation(({ ctx, input }) => fusiona(ctx, ctx.user, input)),
  deshaceFusion: edita
    .input(z.object({ id: Uuid }))
    .mutation(({ ctx, input }) => deshaceFusion(ctx, ctx.user, input.id)),
  fusiones: ve.query(({ ctx }) =>
    ctx.db.asService(
      async (tx) =>
        (await selectFusiones(tx)).map((f) => ({
          id: f.id,
          origen: f.datos.origenCodigo,
          destino: f.datos.destinoCodigo,
          destinoId: f.destinoId,
          quien: f.quien,
          en: f.en.toISOString(),
        })),
      { readOnly: true },
    ),
  ),

  conflictos: ve.query(({ ctx }) => conflictosPendientes(ctx)),
  decideConflicto: edita
    .input(DecideConflicto)
    .mutation(({ ctx, input }) => decideConflicto(ctx, ctx.user, input)),
});
