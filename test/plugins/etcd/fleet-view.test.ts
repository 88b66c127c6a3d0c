import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetKeys, type FleetStore } from '../../../src/fleet/index.js';
import { FleetView } from '../../../src/plugins/etcd/fleet-view.js';
import type { Opened } from '../../../src/plugins/etcd/membership.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const LONG_MS = 5000;

it('a fleet that takes long to read: is read once at a time, and is fresh from when it is known', async () => {
  let readings = 0;
  const list = async () => {
    readings++;
    await new Promise((resolve) => setTimeout(resolve, LONG_MS));
    return { kvs: [], revision: 1 };
  };
  const store = { list, get: async () => undefined } as unknown as FleetStore;
  const opened = { store, keys: new FleetKeys() } as unknown as Opened;
  const view = new FleetView();
  const first = view.read(opened);
  await vi.advanceTimersByTimeAsync(LONG_MS - 1);
  expect(view.read(opened)).toBe(first);
  await vi.advanceTimersByTimeAsync(2);
  expect(view.read(opened)).toBe(first);
  await first;
  const before = readings;
  await vi.advanceTimersByTimeAsync(2000);
  expect(view.read(opened)).not.toBe(first);
  expect(readings).toBe(2 * before);
});
