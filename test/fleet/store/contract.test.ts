/** The same cases on every store that a fleet can be kept in. */

import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FleetStore, StoreWatch, WatchItem } from '../../../src/fleet/index.js';
import { bundled, startProgram } from '../../support/bundled.js';
import { excused } from '../../support/needs.js';
import { STORES, type StorePlace, temporaryFolder } from './stores.js';

const programs = temporaryFolder();
const program = bundled('test/fleet/store/program.ts', programs);
afterAll(() => rmSync(programs, { recursive: true, force: true }));

describe.each(STORES)('a fleet in $name', ({ missing, make }) => {
  describe('', excused(missing), () => {
    let place: StorePlace;
    let store: FleetStore;
    let other: FleetStore;
    let tests = 0;
    /** Keys of each test begin otherwise: etcd is one for all. */
    let at: string;
    beforeAll(async () => {
      place = await make();
    });
    beforeEach(async () => {
      at = `test${++tests}`;
      [store, other] = [await place.open(), await place.open()];
    });
    afterEach(async () => {
      await Promise.all([store.close(), other.close()]);
    });
    afterAll(async () => {
      await place?.close();
    });

    const put = (key: string, value: string) => store.transact({ success: [{ put: `${at}/${key}`, value }] });
    const text = async (key: string, of = store) => (await of.get(`${at}/${key}`))?.value.toString();
    const next = async (watch: StoreWatch) => {
      const { value } = await watch.next();
      return shown(value as WatchItem);
    };
    /** An item as lines: `because: key=value …`, `key=value -key`. */
    const shown = (item: WatchItem) => {
      const short = (key: string) => key.slice(at.length + 1);
      if (item.kind === 'snapshot') {
        return [`${item.because}:`, ...item.kvs.map(({ key, value }) => `${short(key)}=${value}`)].join(' ');
      }
      return item.changes
        .map((one) => (one.type === 'put' ? `${short(one.key)}=${one.kv.value}` : `-${short(one.key)}`))
        .join(' ');
    };

    it('get: gives what another process wrote, with its revisions', async () => {
      expect(await other.get(`${at}/none`)).toBeUndefined();
      const { revision } = await put('a', 'one');
      await put('a', 'two');
      expect(await other.get(`${at}/a`)).toMatchObject({
        ...{ key: `${at}/a`, keyBytes: Buffer.from(`${at}/a`), value: Buffer.from('two') },
        ...{ createRevision: revision, modRevision: revision + 1, version: 2, lease: 0n },
      });
    });

    it('values: bytes of any kind come back as they were', async () => {
      const values = [
        Buffer.alloc(0),
        Buffer.from('ä\n"\u2028\0'),
        Buffer.from([0xff, 0, 0xc3]),
        Buffer.alloc(300_000, 1),
      ];
      const success = values.map((value, i) => ({ put: `${at}/${i}`, value }));
      await store.transact({ success });
      const { kvs } = await other.list({ prefix: `${at}/` });
      expect(kvs.map(({ value }) => value.equals(values[0]) || value)).toEqual([true, ...values.slice(1)]);
    });

    it('list: gives the keys below a prefix in the order of their bytes, and nothing next to it', async () => {
      for (const key of ['b', 'a', '\u{10000}', '\uffee', 'B']) await put(key, key);
      await store.transact({ success: [{ put: `${at}0`, value: 'next to it' }] });
      const { kvs, revision } = await other.list({ prefix: `${at}/` });
      expect(kvs.map(({ value }) => value.toString())).toEqual(['B', 'a', 'b', '\uffee', '\u{10000}']);
      expect(revision).toBe((await store.list({ prefix: '' })).revision);
      expect((await store.list({ prefix: `${at}/nothing` })).kvs).toEqual([]);
    });

    it('list: gives the same keys where values are not needed', async () => {
      for (const key of ['b', 'a']) await put(key, 'value');
      const { kvs } = await store.list({ prefix: `${at}/` }, { keysOnly: true });
      expect(kvs.map(({ key }) => key)).toEqual([`${at}/a`, `${at}/b`]);
    });

    it('transact: carries out the one list or the other', async () => {
      const once = () =>
        store.transact({
          compare: [{ key: `${at}/a`, create: 0 }],
          success: [{ put: `${at}/a`, value: '1' }],
          failure: [{ get: `${at}/a` }, { put: `${at}/b`, value: '2' }],
        });
      expect(await once()).toMatchObject({ succeeded: true, results: [{ kvs: [], deleted: 0 }] });
      const { succeeded, results, revision } = await once();
      expect(succeeded).toBe(false);
      expect(results[0].kvs[0].value.toString()).toBe('1');
      expect((await store.get(`${at}/b`))?.modRevision).toBe(revision);
    });

    it('transact: every comparison holds where it should', async () => {
      const { revision } = await put('a', 'm');
      await put('a', 'm');
      const key = `${at}/a`;
      const none = `${at}/none`;
      const holds = async (compare: Parameters<FleetStore['transact']>[0]['compare']) =>
        (await other.transact({ compare })).succeeded;
      for (const [target, is, isHeld] of [
        [{ create: revision }, 'equal', true],
        [{ create: revision }, 'notEqual', false],
        [{ mod: revision }, 'greater', true],
        [{ mod: revision + 1 }, 'equal', true],
        [{ mod: revision + 1 }, 'greater', false],
        [{ version: 2 }, 'equal', true],
        [{ version: 3 }, 'less', true],
        [{ value: 'm' }, 'equal', true],
        [{ value: 'l' }, 'greater', true],
        [{ value: 'm\0' }, 'less', true],
        [{ value: Buffer.from('x') }, 'notEqual', true],
        [{ lease: 0n }, 'equal', true],
        [{ lease: 1n }, 'less', true],
      ] as const) {
        expect(await holds([{ key, is, ...target }]), JSON.stringify([Object.keys(target), is])).toBe(isHeld);
      }
      expect(
        await holds([
          { key: none, create: 0 },
          { key: none, mod: 0 },
          { key: none, version: 0 },
        ]),
      ).toBe(true);
      expect(await holds([{ key: none, lease: 0n }])).toBe(true);
      expect(await holds([{ key: none, is: 'notEqual', value: 'x' }])).toBe(false);
      expect(
        await holds([
          { key, value: 'm' },
          { key: none, version: 1 },
        ]),
      ).toBe(false);
      expect(await holds([])).toBe(true);
    });

    it('transact: gets see what stands before them in the same transaction', async () => {
      await put('a', '1');
      const { results } = await store.transact({
        success: [
          { put: `${at}/b`, value: '2', prevKv: true },
          { put: `${at}/a`, value: '3', prevKv: true },
          { get: { prefix: `${at}/` } },
          { get: { prefix: `${at}/` }, limit: 1 },
          { get: `${at}/none` },
        ],
      });
      expect(results.map(({ kvs }) => kvs.map(({ value }) => value.toString()).join())).toEqual([
        '',
        '1',
        '3,2',
        '3',
        '',
      ]);
    });

    it('transact: deletes keys and prefixes, and says how many and which', async () => {
      for (const key of ['a', 'b/1', 'b/2']) await put(key, key);
      const { results } = await store.transact({
        success: [{ delete: `${at}/a`, prevKv: true }, { delete: { prefix: `${at}/b/` } }, { delete: `${at}/none` }],
      });
      expect(results.map(({ deleted }) => deleted)).toEqual([1, 2, 0]);
      expect(results[0].kvs[0].value.toString()).toBe('a');
      expect((await other.list({ prefix: `${at}/` })).kvs).toEqual([]);
    });

    it('transact: one that changes nothing has no revision of its own', async () => {
      const { revision } = await put('a', '1');
      expect((await store.transact({ success: [{ delete: `${at}/none` }] })).revision).toBe(revision);
      expect((await store.transact({ failure: [{ put: `${at}/a`, value: '2' }] })).revision).toBe(revision);
    });

    it('transact: a key twice, too many operations, too many bytes, a lease that is not there: refused as a whole', async () => {
      const one = { put: `${at}/a`, value: '1' };
      await expect(store.transact({ success: [one, one] })).rejects.toThrow(/twice|duplicate/);
      const many = Array.from({ length: 129 }, (_, i) => ({ put: `${at}/${i}`, value: '' }));
      await expect(store.transact({ success: many })).rejects.toThrow(/operations/);
      await expect(put('large', 'x'.repeat(1_600_000))).rejects.toThrow(/bytes|large/);
      const leased = { put: `${at}/b`, value: '', lease: 12345n };
      await expect(store.transact({ success: [one, leased] })).rejects.toThrow(/lease/);
      expect((await store.list({ prefix: `${at}/` })).kvs).toEqual([]);
    });

    it('watch: a snapshot, then every change in order, those of a transaction together', async () => {
      await put('a', '1');
      const watch = other.watch({ prefix: `${at}/` });
      expect(await next(watch)).toBe('start: a=1');
      await store.transact({
        success: [{ put: `${at}/b`, value: '2' }, { delete: `${at}/a` }, { put: `${at}0`, value: 'next to it' }],
      });
      await store.transact({ success: [{ put: `${at}0`, value: 'next to it again' }] });
      for (let i = 0; i < 50; i++) await put('b', `${i}`);
      expect(await next(watch)).toBe('b=2 -a');
      for (let i = 0; i < 50; i++) expect(await next(watch)).toBe(`b=${i}`);
      watch.close();
      expect((await watch.next()).done).toBe(true);
    });

    it('watch: of one key knows nothing of the others', async () => {
      const watch = other.watch(`${at}/a`);
      expect(await next(watch)).toBe('start:');
      await put('a/b', '1');
      await put('a', '2');
      expect(await next(watch)).toBe('a=2');
    });

    it('watch: tells that it is live; its signal, the loop and the store end it', async () => {
      const states: string[] = [];
      const ending = new AbortController();
      const watch = store.watch({ prefix: at }, { signal: ending.signal, onState: ({ state }) => states.push(state) });
      await watch.next();
      await expect.poll(() => states).toEqual(['live']);
      ending.abort();
      expect((await watch.next()).done).toBe(true);
      for await (const { kind } of store.watch({ prefix: at })) {
        expect(kind).toBe('snapshot');
        break;
      }
      const last = store.watch({ prefix: at });
      await last.next();
      const over = last.next();
      await store.close();
      expect((await over).done).toBe(true);
    });

    it('watch: a reader that is too slow gets a snapshot in place of what it missed', async () => {
      const watch = other.watch({ prefix: `${at}/` });
      expect(await next(watch)).toBe('start:');
      const value = 'x'.repeat(1_000_000);
      for (let i = 0; i < 20; i++) await put('a', `${i}${value}`);
      await put('b', 'last');
      // It hears of the last one when it has read all, whatever it was told until then.
      await expect.poll(async () => (await next(watch)).includes('b=last'), { interval: 1 }).toBe(true);
      await put('b', 'after it');
      expect(await next(watch)).toBe('b=after it');
    });

    it('keep: keys are there while their holder is, and change with it', async () => {
      const states: string[] = [];
      const kept = store.keep({ ttlSeconds: 2, onState: ({ state }) => states.push(state) });
      kept.set(`${at}/a`, '1');
      kept.set(`${at}/b`, '2');
      await kept.settled();
      const watch = other.watch({ prefix: `${at}/` });
      expect(await next(watch)).toBe('start: a=1 b=2');
      kept.set(`${at}/a`, '3');
      expect(await next(watch)).toBe('a=3');
      kept.delete(`${at}/b`);
      expect(await next(watch)).toBe('-b');
      expect((await other.get(`${at}/a`))?.lease).not.toBe(0n);
      await kept.close();
      expect(await next(watch)).toBe('-a');
      expect(states).toEqual(['kept']);
    });

    it('keep: closing the store removes the keys', async () => {
      const kept = store.keep();
      kept.set(`${at}/a`, '1');
      await kept.settled();
      await store.close();
      expect(await text('a', other)).toBeUndefined();
    });

    it('keep: keys of a process that is killed go after the time of its lease, in order with all else', async () => {
      const watch = other.watch({ prefix: `${at}/` });
      expect(await next(watch)).toBe('start:');
      const holder = startProgram(program, [JSON.stringify(place.where), 'keep', `${at}/a`, '3']);
      await holder.says('kept');
      expect(await next(watch)).toBe(`a=of ${holder.child.pid}`);
      await holder.kill();
      expect(await text('a')).toBe(`of ${holder.child.pid}`);
      expect(await next(watch)).toBe('-a');
    });

    it('lock: one at a time, in the order that they asked in', async () => {
      const order: number[] = [];
      const first = await store.lock(`${at}/lock`, { value: 'first' });
      const others: Promise<void>[] = [];
      for (let i = 1; i <= 4; i++) {
        const take = async () => {
          const lock = await (i % 2 ? store : other).lock(`${at}/lock`);
          order.push(i);
          expect(lock.signal.aborted).toBe(false);
          await lock.release();
          expect(lock.signal.aborted).toBe(true);
        };
        others.push(take());
        await expect
          .poll(async () => (await store.list({ prefix: `${at}/lock/` })).kvs.length, { interval: 10 })
          .toBe(i + 1);
      }
      expect(order).toEqual([]);
      await first.release();
      await Promise.all(others);
      expect(order).toEqual([1, 2, 3, 4]);
      expect((await store.list({ prefix: `${at}/lock/` })).kvs).toEqual([]);
    });

    it('lock: its value can be seen by others; waiting for it can be given up', async () => {
      const lock = await store.lock(`${at}/lock`, { value: 'of me' });
      const [{ value, createRevision, key }] = (await other.list({ prefix: `${at}/lock/` })).kvs;
      expect(value.toString()).toBe('of me');
      expect(lock.fence).toEqual({ key, create: createRevision });
      const ending = new AbortController();
      const waiting = other.lock(`${at}/lock`, { signal: ending.signal });
      ending.abort(new Error('enough'));
      await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
      await lock.release();
    });

    it('lock: the fence holds while it is held, and for no successor', async () => {
      const lock = await store.lock(`${at}/lock`);
      const write = () => store.transact({ compare: [lock.fence], success: [{ put: `${at}/a`, value: '1' }] });
      expect((await write()).succeeded).toBe(true);
      await lock.release();
      const next = await other.lock(`${at}/lock`);
      expect((await write()).succeeded).toBe(false);
      await next.release();
    });

    it('lock: the next one has it when its holder is killed', async () => {
      const holder = startProgram(program, [JSON.stringify(place.where), 'lock', `${at}/lock`, '2']);
      await holder.says('locked');
      const waiting = store.lock(`${at}/lock`);
      await holder.kill();
      const lock = await waiting;
      expect(lock.signal.aborted).toBe(false);
      await lock.release();
    });

    it('lock: a holder that stands still for too long has lost it when it goes on', async () => {
      const lock = await store.lock(`${at}/lock`, { ttlSeconds: 2 });
      const next = other.lock(`${at}/lock`);
      await expect.poll(async () => (await other.list({ prefix: `${at}/lock/` })).kvs.length, { interval: 10 }).toBe(2);
      // The whole process: nothing of it runs meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
      await expect.poll(() => lock.signal.aborted, { interval: 10 }).toBe(true);
      expect(lock.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
      await (await next).release();
    });

    it('two processes that write at the same time: nothing is lost', async () => {
      const counters = [1, 2].map(() => startProgram(program, [JSON.stringify(place.where), 'count', `${at}/n`, '60']));
      const watch = store.watch({ prefix: `${at}/n` });
      await watch.next();
      for (let i = 1; i <= 120; i++) expect((await next(watch)).split(' ')[0]).toBe(`n=${i}`);
      await Promise.all(counters.map((counter) => counter.says('counted')));
      expect((await store.list({ prefix: `${at}/n/of/` })).kvs).toHaveLength(120);
    });
  });
});
