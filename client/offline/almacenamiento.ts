/** What the browser says of this origin's storage. Numbers in bytes; null where it does not say. */
export type Almacenamiento = {
  /** The browser promised not to clear it by itself. */
  persistente: boolean | null;
  usado: number | null;
  cuota: number | null;
};

export async function leeAlmacenamiento(): Promise<Almacenamiento> {
  const storage = globalThis.navigator?.storage;
  const [persistente, estimate] = await Promise.all([
    storage?.persisted?.().catch(() => null) ?? null,
    storage?.estimate?.().catch(() => null) ?? null,
  ]);
  return { persistente, usado: estimate?.usage ?? null, cuota: estimate?.quota ?? null };
}

let asked = false;

/** Asks the browser once per start to keep this origin's data; called at the first count. Never throws. */
export async function pidePersistencia(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    await globalThis.navigator?.storage?.persist?.();
  } catch {
    // why: a browser without the promise still stores; the home screen shows the state
  }
}
