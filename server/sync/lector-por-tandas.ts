/** Keys read in one go: a read that takes too long would keep everybody else's waiting. */
const POR_TANDA = 50;

interface Espera<T> {
  readonly promesa: Promise<T>;
  resuelve(valor: T): void;
  rechaza(error: unknown): void;
}

function nueva<T>(): Espera<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promesa: promise, resuelve: resolve, rechaza: reject };
}

/**
 * Makes one read of many: what is asked for while a read runs waits for the next, and the same key is read once for all
 * who wait. One read at a time. An answer is never older than its question. `lee` answers for every key.
 */
export function lectorPorTandas<T>(
  lee: (claves: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (clave: string) => Promise<T> {
  const esperan = new Map<string, Espera<T>>();
  let leyendo = false;

  async function vacia(): Promise<void> {
    leyendo = true;
    // Whoever asks in the same moment comes along.
    await Promise.resolve();
    while (esperan.size > 0) {
      const tanda = [...esperan].slice(0, POR_TANDA);
      for (const [clave] of tanda) esperan.delete(clave);
      try {
        const leido = await lee(tanda.map(([clave]) => clave));
        for (const [clave, { resuelve }] of tanda) resuelve(leido.get(clave)!);
      } catch (error) {
        for (const [, { rechaza }] of tanda) rechaza(error);
      }
    }
    leyendo = false;
  }

  return (clave) => {
    const espera = esperan.get(clave) ?? nueva<T>();
    esperan.set(clave, espera);
    if (!leyendo) void vacia();
    return espera.promesa;
  };
}
