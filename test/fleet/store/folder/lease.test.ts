/** Leases in a folder: files that their holders touch. */

import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FolderStore } from '../../../../src/fleet/store/folder/folder-store.js';
import { LeaseFiles } from '../../../../src/fleet/store/folder/lease-files.js';
import { temporaryFolder } from '../stores.js';

describe('leases in a folder', () => {
  let base: string;
  let dir: string;
  beforeEach(() => {
    base = temporaryFolder();
    dir = join(base, 'fleet');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));
  const open = async () => {
    const store = await FolderStore.open(dir);
    onTestFinished(() => store.close());
    return store;
  };
  const leases = () => readdirSync(join(dir, 'leases'));
  const age = (seconds: number) => {
    const then = Date.now() / 1000 - seconds;
    for (const name of leases()) utimesSync(join(dir, 'leases', name), then, then);
  };

  it('one that ran out while nobody looked: is over for the first who looks', async () => {
    const store = await open();
    const lock = await store.lock('lock', { ttlSeconds: 1000 });
    await store.transact({ success: [{ put: 'a', value: '' }] });
    age(1001);
    const other = await open();
    expect((await other.list({ prefix: '' })).kvs.map(({ key }) => key)).toEqual(['a']);
    expect(leases()).toEqual([]);
    await expect.poll(() => lock.signal.aborted).toBe(true);
    expect(lock.signal.reason).toMatchObject({
      code: 'LEASE_LOST',
      message: expect.stringContaining('other programs took it for dead'),
    });
    expect((await store.transact({ compare: [lock.fence] })).succeeded).toBe(false);
  });

  it('its file removed by a person: it is lost, and kept keys hang on another', async () => {
    const store = await open();
    const kept = store.keep({ ttlSeconds: 1000 });
    kept.set('kept', 'here');
    await kept.settled();
    const first = (await store.get('kept'))?.lease;
    for (const name of leases()) rmSync(join(dir, 'leases', name));
    const other = await open();
    await expect.poll(async () => (await other.get('kept'))?.lease ?? first).not.toBe(first);
    await kept.close();
    expect(leases()).toEqual([]);
  });

  it('a key that was put again without its lease: stays when it ends', async () => {
    const store = await open();
    const kept = store.keep();
    kept.set('a', '1');
    kept.set('b', '1', { stays: true });
    kept.set('c', '1');
    await kept.settled();
    await store.transact({ success: [{ put: 'a', value: '2' }] });
    await kept.close();
    expect((await store.list({ prefix: '' })).kvs.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('renewals: are no writes to the log', async () => {
    const store = await open();
    const kept = store.keep({ ttlSeconds: 3 });
    kept.set('a', '1');
    await kept.settled();
    const { revision } = await store.list({ prefix: '' });
    const path = join(dir, 'leases', leases()[0]);
    for (let i = 0; i < 2; i++) {
      const { mtimeMs } = statSync(path);
      await expect.poll(() => statSync(path).mtimeMs).toBeGreaterThan(mtimeMs);
    }
    expect((await store.list({ prefix: '' })).revision).toBe(revision);
    expect((await store.get('a'))?.value.toString()).toBe('1');
  });

  it('the time of day set back: a lease that nobody renews ends all the same, by the clock of those who look', async () => {
    await open();
    const files = new LeaseFiles(dir);
    await files.make(5n);
    const path = join(dir, 'leases', '5');
    const later = Date.now() / 1000 + 3600;
    utimesSync(path, later, later);
    const held = new Map([[5n, { ttl: 1, keys: new Set<string>() }]]);
    expect(await files.ended(held)).toEqual([]);
    await expect.poll(() => files.ended(held)).toEqual([5n]);
  });

  it('the time of day set forward: a lease that is renewed does not end, and one that is not ends after its time', async () => {
    await open();
    const files = new LeaseFiles(dir);
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const held = new Map([5n, 6n].map((id) => [id, { ttl: 10, keys: new Set<string>() }]));
    for (const id of held.keys()) await files.make(id);
    await files.touch(5n);
    await files.touch(6n);
    expect(await files.ended(held)).toEqual([]);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(await files.ended(held)).toEqual([]);
    vi.advanceTimersByTime(9000);
    await files.touch(5n);
    vi.advanceTimersByTime(1000);
    expect(await files.ended(held)).toEqual([6n]);
    vi.advanceTimersByTime(9000);
    expect(await files.ended(new Map([[5n, { ttl: 10, keys: new Set<string>() }]]))).toEqual([]);
  });

  it('the store closed while a lease is granted: nothing of it stays', async () => {
    const store = await open();
    const lock = store.lock('lock', { ttlSeconds: 1000 });
    await store.close();
    // Whichever was first.
    const end = await lock.then(
      ({ signal }) => signal.reason.code,
      ({ code }) => code,
    );
    expect(end).toMatch(/^(STORE_CLOSED|LEASE_LOST)$/);
    await expect.poll(leases).toEqual([]);
    expect((await (await open()).list({ prefix: '' })).kvs).toEqual([]);
  });

  it('files of leases that never were: are removed when they are old', async () => {
    const store = await open();
    const lock = await store.lock('lock');
    const [own] = leases();
    writeFileSync(join(dir, 'leases', 'abc'), '');
    writeFileSync(join(dir, 'leases', 'note.txt'), '');
    await open();
    expect(leases().sort()).toEqual([own, 'abc', 'note.txt'].sort());
    const then = Date.now() / 1000 - 100;
    utimesSync(join(dir, 'leases', 'abc'), then, then);
    await open();
    expect(leases().sort()).toEqual([own, 'note.txt'].sort());
    await lock.release();
  });
});
