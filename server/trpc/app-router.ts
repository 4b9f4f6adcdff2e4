import { accesoRouter } from '#server/acceso/router.ts';
import { syncRouter } from '#server/sync/router.ts';
import { dispositivosRouter } from '#server/usuarios/dispositivos-router.ts';
import { usuariosRouter } from '#server/usuarios/router.ts';
import { router } from './init.ts';

/** Every capability's procedures. Phones of the last twelve months call them: they change only by addition. */
export const appRouter = router({
  acceso: accesoRouter,
  dispositivos: dispositivosRouter,
  sync: syncRouter,
  usuarios: usuariosRouter,
});

export type AppRouter = typeof appRouter;
