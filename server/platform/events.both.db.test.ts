import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { type Aviso, createEvents } from './events.ts';
import { createLogger } from './logger.ts';

const db = await testDb({ migrated: false });
const events = await createEvents(db, createLogger('silent'));

describe(`the event bus (${dbKind()})`, () => {
  test('says what committed, and nothing of what was rolled back', async () => {
    const heard: Aviso[] = [];
    const stop = events.subscribe((aviso) => heard.push(aviso));
    await expect(
      db.asService(async (tx) => {
        await events.publish(tx, { tipo: 'conteo.cerrado', datos: { id: 'no' } });
        throw new Error('roll back');
      }),
    ).rejects.toThrow('roll back');
    await db.asService((tx) => events.publish(tx, { tipo: 'conteo.cerrado', datos: { id: 'sí' } }));
    await expect.poll(() => heard).toEqual([{ tipo: 'conteo.cerrado', datos: { id: 'sí' } }]);
    stop();
    await db.asService((tx) => events.publish(tx, { tipo: 'otro' }));
    await db.pool.query('select 1');
    expect(heard).toHaveLength(1);
  });

  test('a stream gives them in order and ends with its signal', async () => {
    const abort = new AbortController();
    const got: string[] = [];
    const reading = (async () => {
      for await (const { tipo } of events.stream(abort.signal)) {
        // A notification of the test before may still be on its way.
        if (tipo.startsWith('prueba.')) got.push(tipo);
        if (got.length === 50) abort.abort();
      }
    })();
    await new Promise((resolve) => setImmediate(resolve));
    const tipos = Array.from({ length: 50 }, (_, i) => `prueba.${i}`);
    for (const tipo of tipos) await db.asService((tx) => events.publish(tx, { tipo }));
    await reading;
    expect(got).toEqual(tipos);
  });

  test('a reader that stops reading is told to look for itself', async () => {
    const abort = new AbortController();
    const stream = events.stream(abort.signal);
    const first = stream.next();
    let arrived = 0;
    const stop = events.subscribe(() => arrived++);
    await db.asService(async (tx) => {
      for (let i = 0; i < 1200; i++) await events.publish(tx, { tipo: `muchos.${i}` });
    });
    await expect.poll(() => arrived).toBe(1200);
    stop();
    const read = [await first, await stream.next()].map(({ value }) => value?.tipo);
    abort.abort();
    expect(read).toContain('perdido');
  });

  test('what would not fit is refused before it is sent', async () => {
    const large = db.asService((tx) => events.publish(tx, { tipo: 'x', datos: { t: 'y'.repeat(9000) } }));
    await expect(large).rejects.toThrow(RangeError);
  });

  test('a foreign payload on the channel harms nobody', async () => {
    const heard: Aviso[] = [];
    const stop = events.subscribe((aviso) => heard.push(aviso));
    await sql`select pg_notify('devcompras_eventos', 'not json')`.execute(db.kysely);
    await db.asService((tx) => events.publish(tx, { tipo: 'sigue' }));
    await expect.poll(() => heard).toEqual([{ tipo: 'sigue' }]);
    stop();
  });
});
