import { expect, test } from 'vitest';
import { createLanes, type LaneName, laneOf } from './lanes.ts';

test.each<[string, LaneName | null]>([
  ['/api/health', null],
  ['/', null],
  ['/assets/x.js', null],
  ['/auth/v1/token', 'login'],
  ['/api/trpc/sync.registra', 'login'],
  ['/api/trpc/acceso.primerAdmin', 'login'],
  ['/api/trpc/sync.push', 'push'],
  ['/api/trpc/sync%2Epush', 'push'],
  ['/api/trpc/conteos.lista,sync.push', 'push'],
  ['/api/trpc/sync.pull', 'pull'],
  ['/api/trpc/sync.verify', 'pull'],
  ['/api/trpc/sync.hello', 'hello'],
  ['/api/trpc/sync.rechazos', 'office'],
  ['/api/trpc/%', 'office'],
  ['/api/trpc/conteos.aprueba', 'office'],
  ['/api/sync/snapshot/catalogo/manifest', 'snapshot'],
  ['/api/archivos/abc', 'photos'],
  ['/api/eventos', 'hello'],
  ['/api/existencias', 'office'],
])('%s goes in the lane %s', (path, lane) => {
  expect(laneOf(path)).toBe(lane);
});

test('each lane has its share of the connections, at least one, and two are left to people, unless the environment says otherwise', () => {
  const ports = { mono: () => 0, random: () => 0 };
  const twelve = createLanes(12, { waitMs: 1, sizes: { pull: { running: 7, waiting: 9 } } }, ports);
  expect(twelve.push.limits).toMatchObject({ running: 3, waiting: 200, waitMs: 1 });
  expect(twelve.pull.limits).toMatchObject({ running: 7, waiting: 9 });
  const phones = ['push', 'hello', 'snapshot', 'photos'] as const;
  // With pull's own share of 3, two of twelve are left to people.
  expect(phones.reduce((total, name) => total + twelve[name].limits.running, 3)).toBe(10);
  for (const lane of Object.values(createLanes(1, { waitMs: 1, sizes: {} }, ports))) {
    expect(lane.limits.running).toBe(1);
  }
});
