import { practicaba, practicando } from '#client/offline/index.ts';

/** Practice as the rest of the app starts and ends it. What it is made of is loaded by who practises. */

const NUESTRA = /^devcompras-practica/;

const ciclo = () => import('#client/offline/practica.ts');

/** Names the build: the address of this chunk changes with whatever the app is made of. */
const version = () => `${__APP_VERSION__} ${import.meta.url}`;

/** Starts it in this tab. Rejects when the browser keeps nothing. */
export async function empieza(): Promise<void> {
  const [{ empiezaPractica }, { siembraPractica }] = await Promise.all([
    ciclo(),
    import('#client/features/practica/siembra.ts'),
  ]);
  await empiezaPractica(version(), siembraPractica);
}

/** Once at the start, before anything is painted: goes on after a reload, and deletes what a closed tab left. */
export async function reanuda(): Promise<void> {
  // Without its chunk the app opens all the same, with what is real.
  if (practicaba())
    await ciclo().then(
      ({ reanudaPractica }) => reanudaPractica(version()),
      () => undefined,
    );
  else void limpia();
}

async function limpia(): Promise<void> {
  try {
    const bases = await indexedDB.databases();
    if (bases.some(({ name }) => NUESTRA.test(name ?? ''))) await (await ciclo()).reanudaPractica(version());
  } catch {
    // why: nobody sees what is left; the next start tries again
  }
}

/** Ends it in this tab, where it is: the person changes or leaves. */
export async function termina(): Promise<void> {
  if (practicando() || practicaba()) await (await ciclo()).terminaPractica();
}
