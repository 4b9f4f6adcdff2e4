import { empiezaPractica, reanudaPractica, type SiembraPractica } from '#client/offline/index.ts';

/** Names the build: the address of this chunk changes with whatever the app is made of. */
const VERSION = `${__APP_VERSION__} ${import.meta.url}`;

const siembra: SiembraPractica = async (bases) => {
  const { siembraPractica } = await import('#client/features/practica/siembra.ts');
  await siembraPractica(bases);
};

export const empieza = (): Promise<void> => empiezaPractica(VERSION, siembra);
export const reanuda = (): Promise<void> => reanudaPractica(VERSION);
