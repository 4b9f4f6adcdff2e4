import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observa } from './live.ts';

function base(name: string) {
  const db = new Dexie(name);
  db.version(1).stores({ filas: 'id' });
  return db;
}

describe('observa', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  it('reads again after a commit to either database, however deep the reads lie behind awaits', async () => {
    const [uno, dos] = [base('uno'), base('dos')];
    const cuenta = async (db: Dexie) => {
      for (let i = 0; i < 12; i += 1) await Promise.resolve();
      return db.table('filas').count();
    };
    const vistos: string[] = [];
    stops.push(
      observa(
        async () => `${await cuenta(uno)}/${await cuenta(dos)}`,
        (valor) => vistos.push(valor),
      ),
    );
    await vi.waitFor(() => expect(vistos.at(-1)).toBe('0/0'));
    await dos.table('filas').add({ id: 1 });
    await vi.waitFor(() => expect(vistos.at(-1)).toBe('0/1'));
    await uno.transaction('rw', uno.table('filas'), () => uno.table('filas').bulkAdd([{ id: 1 }, { id: 2 }]));
    await vi.waitFor(() => expect(vistos.at(-1)).toBe('2/1'));
  });

  it('a change during a read is not missed', async () => {
    const db = base('tres');
    const vistos: number[] = [];
    let primera = true;
    stops.push(
      observa(
        async () => {
          const n = await db.table('filas').count();
          if (primera) {
            primera = false;
            await db.table('filas').add({ id: 1 });
          }
          return n;
        },
        (n) => vistos.push(n),
      ),
    );
    await vi.waitFor(() => expect(vistos).toEqual([0, 1]));
  });

  it('starts again after a failed read, and is silent once stopped', async () => {
    vi.useFakeTimers();
    try {
      let falla = true;
      const vistos: string[] = [];
      const stop = observa(
        async () => {
          if (falla) throw new Error('dead handle');
          return 'bien';
        },
        (valor) => vistos.push(valor),
      );
      await vi.advanceTimersByTimeAsync(500);
      expect(vistos).toEqual([]);
      falla = false;
      await vi.advanceTimersByTimeAsync(1_000);
      expect(vistos).toEqual(['bien']);
      stop();
      Dexie.on.storagemutated.fire({});
      await vi.advanceTimersByTimeAsync(5_000);
      expect(vistos).toEqual(['bien']);
    } finally {
      vi.useRealTimers();
    }
  });
});
