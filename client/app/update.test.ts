import { describe, expect, it, vi } from 'vitest';
import { createUpdater, type UpdateWorld } from './update.ts';

/** Web Locks of one browser, shared by its tabs: enough of it for shared, exclusive and ifAvailable. */
function browserLocks({ grantedAfter = 0 } = {}) {
  let shared = 0;
  const lock: UpdateWorld['lock'] = async (mode, work, ifAvailable) => {
    if (mode === 'exclusive') {
      if (shared > 0 && ifAvailable) return false;
      await work();
      return true;
    }
    if (grantedAfter > 0) await new Promise((done) => setTimeout(done, grantedAfter));
    shared += 1;
    await work();
    shared -= 1;
    return true;
  };
  return lock;
}

function tab(lock: UpdateWorld['lock'] = browserLocks()) {
  let time = 0;
  const world = {
    check: vi.fn(async () => undefined),
    takeOver: vi.fn(),
    reload: vi.fn(),
    lock,
    now: () => time,
  };
  return { world, updater: createUpdater(world), pass: (ms: number) => (time += ms) };
}

const settle = () => new Promise((done) => setTimeout(done, 0));

describe('update of the app', () => {
  it('starts only when accepted, and reloads once the new worker governs', async () => {
    const { world, updater } = tab();
    expect(await updater.apply()).toBe(false);
    updater.onWaiting();
    expect(updater.getState().available).toBe(true);
    expect(world.takeOver).not.toHaveBeenCalled();
    expect(await updater.apply()).toBe(true);
    expect(world.takeOver).toHaveBeenCalledOnce();
    expect(world.reload).not.toHaveBeenCalled();
    updater.onControlling();
    expect(world.reload).toHaveBeenCalledOnce();
  });

  it('a screen that goes and comes back before its lock is granted leaves none behind', async () => {
    const { world, updater } = tab(browserLocks({ grantedAfter: 5 }));
    updater.onWaiting();
    updater.block()();
    const again = updater.block();
    await new Promise((done) => setTimeout(done, 20));
    expect(await updater.apply()).toBe(false);
    again();
    await settle();
    expect(await updater.apply()).toBe(true);
    expect(world.takeOver).toHaveBeenCalledOnce();
  });

  it('waits while a count is open, however many hold the block', async () => {
    const { world, updater } = tab();
    updater.onWaiting();
    const count = updater.block();
    const form = updater.block();
    expect(updater.getState().blocked).toBe(true);
    expect(await updater.apply()).toBe(false);
    count();
    count();
    expect(await updater.apply()).toBe(false);
    form();
    await settle();
    expect(updater.getState().blocked).toBe(false);
    expect(world.takeOver).not.toHaveBeenCalled();
    expect(await updater.apply()).toBe(true);
  });

  it('waits while another tab counts', async () => {
    const lock = browserLocks();
    const counting = tab(lock);
    const office = tab(lock);
    const release = counting.updater.block();
    office.updater.onWaiting();
    expect(await office.updater.apply()).toBe(false);
    expect(office.updater.getState()).toMatchObject({ available: true, applying: false });
    release();
    await settle();
    expect(await office.updater.apply()).toBe(true);
  });

  it('a block that is released at once leaves no lock behind', async () => {
    const lock = browserLocks();
    const { updater } = tab(lock);
    updater.block()();
    await settle();
    updater.onWaiting();
    expect(await updater.apply()).toBe(true);
  });

  it('a tab that did not ask is never reloaded: it is offered the reload', async () => {
    const { world, updater } = tab();
    updater.onControlling();
    expect(world.reload).not.toHaveBeenCalled();
    expect(updater.getState().available).toBe(true);
    expect(await updater.apply()).toBe(true);
    expect(world.reload).toHaveBeenCalledOnce();
    expect(world.takeOver).not.toHaveBeenCalled();
  });

  it('offers again when the worker does not take over', async () => {
    const { updater } = tab();
    updater.onWaiting();
    await updater.apply();
    updater.onStuck();
    expect(updater.getState()).toMatchObject({ available: true, applying: false });
  });

  it('asks the server at most once a minute, unless the hour forces it; without network it is silent', async () => {
    const { world, updater, pass } = tab();
    world.check.mockRejectedValue(new TypeError('Failed to fetch'));
    updater.check();
    updater.check();
    expect(world.check).toHaveBeenCalledTimes(1);
    pass(60_000);
    updater.check();
    updater.check(true);
    expect(world.check).toHaveBeenCalledTimes(3);
    await settle();
  });

  it('tells its listeners, until they leave', () => {
    const { updater } = tab();
    const listener = vi.fn();
    const leave = updater.subscribe(listener);
    updater.onWaiting();
    leave();
    updater.onWaiting();
    expect(listener).toHaveBeenCalledOnce();
  });
});
