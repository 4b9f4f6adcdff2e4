import type { Page } from '@playwright/test';

/** What the journal on the browser's disk holds. */
export interface Diario {
  readonly device: { readonly id: string; readonly nextMid: number } | null;
  readonly conteo: string | null;
  readonly lineas: readonly { id: string; productoId: string | null; cantidad: string }[];
  /** Not answered by a server. */
  readonly pendientes: number;
  /** Answered, and not applied as it was meant. */
  readonly noAplicadas: readonly { name: string; error: string }[];
}

/** Calls `anota` with each row of `Contado` that is on the screen, as soon as the page has it: code and pieces. */
export async function vigila(pagina: Page, anota: (codigo: string, piezas: number) => void): Promise<void> {
  await pagina.exposeFunction('anotaGuardado', anota);
  await pagina.evaluate(() => {
    const w = window as unknown as { anotaGuardado(codigo: string, piezas: number): void };
    const dichas = new Map<string, number>();
    const mira = () => {
      for (const renglon of document.querySelectorAll('ul[aria-label="Contado"] > li')) {
        const codigo = renglon.querySelector('.row-detail')?.textContent?.split(' · ')[0] ?? '';
        const piezas = Number.parseInt(renglon.querySelector('.row-value')?.textContent ?? '', 10);
        if (codigo === '' || Number.isNaN(piezas) || dichas.get(codigo) === piezas) continue;
        dichas.set(codigo, piezas);
        w.anotaGuardado(codigo, piezas);
      }
    };
    new MutationObserver(mira).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Rows of `Contado`: code → pieces. */
export async function enPantalla(pagina: Page): Promise<Map<string, number>> {
  const filas = await pagina.evaluate(() =>
    [...document.querySelectorAll('ul[aria-label="Contado"] > li')].map((renglon): [string, number] => [
      renglon.querySelector('.row-detail')?.textContent?.split(' · ')[0] ?? '',
      Number.parseInt(renglon.querySelector('.row-value')?.textContent ?? '', 10),
    ]),
  );
  return new Map(filas);
}

/** Reads the app's journal in its own browser, over a connection that is closed again. */
export function leeDiario(pagina: Page): Promise<Diario> {
  return pagina.evaluate(async () => {
    interface Fila {
      name: string;
      args: string;
      state: string;
      last_error: string | null;
      conteo: string | null;
    }
    const pide = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const db = await pide(indexedDB.open('journal'));
    const tx = db.transaction(['device', 'mutations']);
    const [device, filas] = await Promise.all([
      pide<{ id: string; nextMid: number } | undefined>(tx.objectStore('device').get('este')),
      pide<Fila[]>(tx.objectStore('mutations').getAll()),
    ]);
    db.close();
    const contadas = filas.filter(({ name }) => name === 'conteo.linea/1');
    return {
      device: device ? { id: device.id, nextMid: device.nextMid } : null,
      conteo: contadas[0]?.conteo ?? null,
      lineas: contadas.map(({ args }) => {
        const { id, productoId, cantidad } = JSON.parse(args);
        return { id, productoId, cantidad };
      }),
      pendientes: filas.filter(({ state }) => state === 'pendiente').length,
      noAplicadas: filas
        .filter(({ state }) => state !== 'pendiente' && state !== 'enviada')
        .map(({ name, state, last_error }) => ({ name, error: `${state} ${last_error ?? ''}` })),
    };
  });
}
