import { accesoRouter } from '#server/acceso/router.ts';
import { ajustesRouter } from '#server/ajustes/router.ts';
import { categoriasRouter } from '#server/categorias/router.ts';
import { conteosRouter } from '#server/conteos/router.ts';
import { estadisticasRouter } from '#server/estadisticas/router.ts';
import { eventosRouter } from '#server/eventos/router.ts';
import { existenciasRouter } from '#server/existencias/router.ts';
import { firmasRouter } from '#server/firmas/router.ts';
import { importarRouter } from '#server/importar/router.ts';
import { mermasRouter } from '#server/mermas/router.ts';
import { periodosRouter } from '#server/periodos/router.ts';
import { planeacionRouter } from '#server/planeacion/router.ts';
import { productosRouter } from '#server/productos/router.ts';
import { proveedoresRouter } from '#server/proveedores/router.ts';
import { syncRouter } from '#server/sync/router.ts';
import { tableroRouter } from '#server/tablero/router.ts';
import { tiendasRouter } from '#server/tiendas/router.ts';
import { tokensRouter } from '#server/tokens/router.ts';
import { transaccionesRouter } from '#server/transacciones/router.ts';
import { dispositivosRouter } from '#server/usuarios/dispositivos-router.ts';
import { usuariosRouter } from '#server/usuarios/router.ts';
import { webhooksRouter } from '#server/webhooks/router.ts';
import { router } from './init.ts';

/** Every capability's procedures. Phones of the last twelve months call them: they change only by addition. */
export const appRouter = router({
  acceso: accesoRouter,
  ajustes: ajustesRouter,
  categorias: categoriasRouter,
  conteos: conteosRouter,
  dispositivos: dispositivosRouter,
  estadisticas: estadisticasRouter,
  eventos: eventosRouter,
  existencias: existenciasRouter,
  firmas: firmasRouter,
  importar: importarRouter,
  mermas: mermasRouter,
  periodos: periodosRouter,
  productos: productosRouter,
  proveedores: proveedoresRouter,
  planeacion: planeacionRouter,
  sync: syncRouter,
  tablero: tableroRouter,
  tokens: tokensRouter,
  tiendas: tiendasRouter,
  transacciones: transaccionesRouter,
  usuarios: usuariosRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
