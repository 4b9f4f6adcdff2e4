import { copyFile, mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { migratedPglite } from '#tests/db/pglite-cache.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { fixedClock } from '../clock.ts';
import { createLogger } from '../logger.ts';
import { createDb, type EmbeddedDb } from './create-db.ts';
import { listDumps, pgliteDir, restoreDump, startDumps, writeDump } from './dumps.ts';

const KEY = 'prueba.respaldo';

async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-datos-'));
  closeAtEnd(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function open(dataDir: string, fresh = false): Promise<EmbeddedDb> {
  const db = await createDb({
    kind: 'pglite',
    dataDir: pgliteDir(dataDir),
    dump: fresh ? await migratedPglite() : undefined,
  });
  closeAtEnd(() => db.close());
  return db;
}

async function write(db: EmbeddedDb, valor: string): Promise<void> {
  await db.kysely
    .insertInto('inventario.configuracion')
    .values({ clave: KEY, valor })
    .onConflict((conflict) => conflict.column('clave').doUpdateSet({ valor }))
    .execute();
}

async function read(db: EmbeddedDb): Promise<unknown> {
  const row = await db.kysely
    .selectFrom('inventario.configuracion')
    .select('valor')
    .where('clave', '=', KEY)
    .executeTakeFirst();
  return row?.valor;
}

describe('dumps of the embedded database', () => {
  test('what is written survives closing; a dump brings back its instant; a broken one changes nothing', async () => {
    const dir = await folder();
    const clock = fixedClock(new Date('2026-03-01T10:00:00Z'));
    const first = await open(dir, true);
    await write(first, '"antes"');
    const file = await writeDump(first, dir, 3, clock);
    expect(path.basename(file)).toBe('devcompras-20260301T100000Z.tar.gz');
    await write(first, '"después"');
    await first.close();

    const broken = path.join(dir, 'roto.tar.gz');
    await copyFile(file, broken);
    await truncate(broken, 100_000);
    await expect(restoreDump(dir, broken, clock)).rejects.toThrow();
    const second = await open(dir);
    expect(await read(second)).toBe('después');
    await second.close();

    const { migration, previous } = await restoreDump(dir, file, clock);
    expect(migration).toMatch(/^\d{4}_/);
    expect(previous).toContain('pglite-antes-de-20260301T100000Z');
    const third = await open(dir);
    expect(await read(third)).toBe('antes');
    await third.close();
  }, 60_000);

  test('only the newest are kept, and nothing is dumped when nothing changed', async () => {
    const dir = await folder();
    const clock = fixedClock(new Date('2026-03-01T10:00:00Z'));
    const db = await open(dir, true);
    const dumps = startDumps(db, {
      dataDir: dir,
      minutes: 0,
      keep: 2,
      clock,
      logger: createLogger('silent'),
    });
    for (const valor of ['1', '2', '3']) {
      await write(db, valor);
      await dumps.now();
      clock.advance(60_000);
    }
    const names = (await listDumps(dir)).map((file) => path.basename(file));
    expect(names).toEqual(['devcompras-20260301T100200Z.tar.gz', 'devcompras-20260301T100100Z.tar.gz']);
    await dumps.now();
    expect(await listDumps(dir)).toHaveLength(2);
    expect((await listDumps(dir))[0]).toContain('T100200Z');
    expect((await readdir(path.join(dir, 'respaldos'))).some((name) => name.endsWith('.parcial'))).toBe(
      false,
    );
    await dumps.stop();
    await db.close();
  });
});
