import { router } from './init.ts';

/** Every capability's procedures. Phones of the last twelve months call them: they change only by addition. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
