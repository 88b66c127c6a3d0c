/** The log of a store in a folder: what crashes, large files, other programs and people do to it. */

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFolderStore, type WatchItem, type WatchState } from '../../../../src/fleet/index.js';
import { FolderStore } from '../../../../src/fleet/store/folder/folder-store.js';
import { LOG_LIMITS } from '../../../../src/fleet/store/folder/log-writer.js';
import { temporaryFolder } from '../stores.js';

let base: string;
let dir: string;
beforeEach(() => {
  base = temporaryFolder();
  dir = join(base, 'fleet');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const open = async (limits = LOG_LIMITS) => {
  const store = await FolderStore.open(dir, { limits });
  onTestFinished(() => store.close());
  return store;
};
const put = (store: FolderStore, key: string, value: string) => store.transact({ success: [{ put: key, value }] });
const text = async (store: FolderStore, key: string) => (await store.get(key))?.value.toString();
const logs = () => readdirSync(dir).filter((name) => name.startsWith('log.'));
const log = (number = 1) => join(dir, `log.${String(number).padStart(6, '0')}`);
const values = (item: WatchItem | undefined) =>
  item?.kind === 'snapshot'
    ? `${item.because}: ${item.kvs.map(({ key, value }) => `${key}=${value}`).join(' ')}`
    : item?.changes.map((one) => (one.type === 'put' ? `${one.key}=${one.kv.value}` : `-${one.key}`)).join(' ');

describe('a line that was cut off', () => {
  it('at the end: counts for nothing, and what is written next is whole', async () => {
    const store = await open();
    await put(store, 'a', '1');
    appendFileSync(log(), '\n{"r":3,"w":"x:1","c":[{"k":"a","v":"to');
    expect(await text(store, 'a')).toBe('1');
    expect(await text(await open(), 'a')).toBe('1');
    expect((await put(store, 'a', '2')).revision).toBe(3);
    expect(await text(await open(), 'a')).toBe('2');
  });

  it('right before its line feed: counts as soon as another line is written, for everybody', async () => {
    const [store, other] = [await open(), await open()];
    await put(store, 'a', '1');
    appendFileSync(log(), '\n{"r":3,"w":"x:1","c":[{"k":"a","v":"from the dead"}]}');
    expect(await text(other, 'a')).toBe('1');
    // Its own line is void then, and is written again.
    expect((await put(store, 'b', '2')).revision).toBe(4);
    for (const one of [store, other, await open()]) {
      expect(await text(one, 'a')).toBe('from the dead');
      expect(await text(one, 'b')).toBe('2');
    }
  });

  it('read in two halves: is one line', async () => {
    const store = await open();
    const line = '\n{"r":2,"w":"x:1","c":[{"k":"a","v":"ä"}]}\n';
    const bytes = Buffer.from(line);
    const middle = bytes.indexOf(0xc3) + 1;
    appendFileSync(log(), bytes.subarray(0, middle));
    expect(await text(store, 'a')).toBeUndefined();
    appendFileSync(log(), bytes.subarray(middle));
    expect(await text(store, 'a')).toBe('ä');
  });
});

describe('two lines with the same revision', () => {
  it('the first counts', async () => {
    const store = await open();
    appendFileSync(log(), '{"r":2,"w":"x:1","c":[{"k":"a","v":"1"}]}\n{"r":2,"w":"y:1","c":[{"k":"a","v":"2"}]}\n');
    expect(await text(store, 'a')).toBe('1');
    expect((await put(store, 'b', '')).revision).toBe(3);
  });
});

describe('a log that has grown large', () => {
  const SMALL = { ...LOG_LIMITS, fileBytes: 3000 };

  it('is written anew, and readers that follow miss nothing', async () => {
    const [store, other] = [await open(SMALL), await open(SMALL)];
    const watch = other.watch({ prefix: 'n' });
    await watch.next();
    for (let i = 1; i <= 200; i++) await put(i % 2 ? store : other, 'n', `${i}`);
    for (let i = 1; i <= 200; i++) expect(values((await watch.next()).value)).toBe(`n=${i}`);
    expect(logs()).toHaveLength(1);
    expect(Number(logs()[0].slice(4))).toBeGreaterThan(3);
    expect(statSync(join(dir, logs()[0])).size).toBeLessThan(6000);
    expect(readdirSync(dir).sort()).toEqual(['leases', ...logs()]);
    const { version, createRevision } = (await (await open()).get('n')) ?? {};
    expect([version, createRevision]).toEqual([200, 2]);
  });

  it('leases and what hangs on them: go on', async () => {
    const [store, other] = [await open(SMALL), await open(SMALL)];
    const kept = store.keep({ ttlSeconds: 30 });
    kept.set('kept', 'here');
    await kept.settled();
    const lock = await store.lock('lock');
    for (let i = 1; i <= 100; i++) await put(other, 'n', `${i}`);
    expect(logs()).not.toEqual(['log.000001']);
    expect(lock.signal.aborted).toBe(false);
    expect((await store.transact({ compare: [lock.fence] })).succeeded).toBe(true);
    await kept.close();
    expect(await text(other, 'kept')).toBeUndefined();
  });

  it('a reader that slept through two of them: gets a snapshot', async () => {
    const slow = await open();
    await put(slow, 'n', '0');
    const states: string[] = [];
    const items = slow.watch({ prefix: 'n' }, { onState: ({ state }) => states.push(state) });
    expect(values((await items.next()).value)).toBe('start: n=0');
    // State for a process that was stopped meanwhile: its file is gone, and so is the next one.
    const revision = (await slow.list({ prefix: '' })).revision;
    appendFileSync(log(), `{"r":${revision + 1},"w":"x:1","close":true}\n`);
    const id = JSON.parse(readFileSync(log(), 'utf8').split('\n')[0]).id;
    const head = JSON.stringify({ vppmux: 'fleet store', format: 1, id, revision: 90 });
    writeFileSync(log(3), `${head}\n{"k":"n","v":"89","c":2,"m":89,"n":50}\n`);
    rmSync(log());
    expect(values((await items.next()).value)).toBe('compacted: n=89');
    expect(states).toEqual(['live']);
  });

  it('its writer was killed between the two files: the next one who comes makes the second', async () => {
    const store = await open();
    await put(store, 'a', '1');
    appendFileSync(log(), '{"r":3,"w":"x:1","close":true}\n{"r":4,"w":"x:2","c":[{"k":"a","v":"void"}]}\n');
    const other = await open();
    expect(await text(other, 'a')).toBe('1');
    expect(logs()).toEqual(['log.000002']);
    expect((await put(store, 'a', '2')).revision).toBe(4);
    expect(await text(other, 'a')).toBe('2');
  });

  it('killed before it removed the first: the next one who comes removes it', async () => {
    const store = await open();
    await put(store, 'a', '1');
    const first = readFileSync(log());
    appendFileSync(log(), '{"r":3,"w":"x:1","close":true}\n');
    await store.get('a');
    writeFileSync(log(), first);
    expect(await text(await open(), 'a')).toBe('1');
    expect(logs()).toEqual(['log.000002']);
  });
});

describe('a folder that goes away under its readers', () => {
  it('never there: is not made by one who only looks', async () => {
    const looking = openFolderStore(dir, { create: false });
    await expect(looking).rejects.toMatchObject({ code: 'STORE_AWAY', message: expect.stringContaining(dir) });
    expect(() => statSync(dir)).toThrow('ENOENT');
    mkdirSync(dir);
    await expect(openFolderStore(dir, { create: false })).rejects.toMatchObject({ code: 'STORE_AWAY' });
    expect(readdirSync(dir)).toEqual([]);
    await open();
    await (await openFolderStore(dir, { create: false })).close();
  });

  const follow = async (store: FolderStore) => {
    const states: WatchState[] = [];
    const watch = store.watch({ prefix: '' }, { onState: (state) => states.push(state) });
    await watch.next();
    return { states, watch };
  };
  const error = (states: readonly WatchState[]) => {
    const last = states.at(-1);
    return last?.state === 'lost' ? last.error : undefined;
  };

  it('removed: watches are lost, requests fail, and nobody makes it again by himself', async () => {
    const store = await open();
    const { states } = await follow(store);
    rmSync(dir, { recursive: true });
    await expect
      .poll(() => error(states))
      .toMatchObject({
        code: 'STORE_AWAY',
        message: expect.stringContaining(
          `the folder ${dir} has no fleet: it is another one, it was removed or emptied`,
        ),
      });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'STORE_AWAY' });
    await expect(put(store, 'a', '1')).rejects.toMatchObject({ code: 'STORE_AWAY' });
    await expect(store.lock('lock')).rejects.toMatchObject({ code: 'STORE_AWAY' });
    expect(() => statSync(dir)).toThrow('ENOENT');
  });

  it('made anew: readers get what is there now, and kept keys are there again', async () => {
    const store = await open();
    await put(store, 'a', '1');
    const kept = store.keep();
    kept.set('kept', 'here');
    await kept.settled();
    const { states, watch } = await follow(store);
    rmSync(dir, { recursive: true });
    await expect.poll(() => states.at(-1)?.state).toBe('lost');
    const next = watch.next();
    const other = await open();
    expect(values((await next).value)).toBe('reset: ');
    await expect.poll(() => text(other, 'kept')).toBe('here');
    expect(states.at(-1)?.state).toBe('live');
  });

  it('put back from a backup: readers get a snapshot', async () => {
    const store = await open();
    await put(store, 'a', '1');
    cpSync(dir, join(base, 'backup'), { recursive: true });
    await put(store, 'a', '2');
    const { watch } = await follow(store);
    rmSync(dir, { recursive: true });
    cpSync(join(base, 'backup'), dir, { recursive: true });
    expect(values((await watch.next()).value)).toBe('reset: a=1');
    await put(store, 'a', '3');
    expect(values((await watch.next()).value)).toBe('a=3');
  });

  it('its file shortened in place: the same', async () => {
    const store = await open();
    await put(store, 'a', '1');
    const { size } = statSync(log());
    await put(store, 'a', '2');
    const { watch } = await follow(store);
    truncateSync(log(), size);
    expect(values((await watch.next()).value)).toBe('reset: a=1');
  });
});

describe('a log that no store has written', () => {
  const HEAD = '{"vppmux":"fleet store","format":1,"id":"x","revision":1}\n';
  it.each([
    ['another program', 'line of text\n', 'has no beginning'],
    ['an empty file', '', 'has no beginning'],
    ['other JSON', '{"level":30,"msg":"hello"}\n', 'line 1: is no line of a fleet'],
    ['a list', '[1,2]\n', 'line 1: is no line of a fleet'],
    ['no head', '{"r":1,"w":"x"}\n', 'line 1: is no beginning'],
    ['a later format', HEAD.replace('1,"id', '2,"id'), 'line 1: has format 2; this vppmux knows format 1'],
    ['two heads', HEAD + HEAD, 'line 2: stands in the wrong place'],
    ['contents behind transactions', `${HEAD}{"r":2,"w":"x"}\n{"k":"a","v":"","c":1,"m":1,"n":1}\n`, 'line 3: stands'],
    ['a transaction too many', `${HEAD}{"r":3,"w":"x"}\n`, 'line 2: revision 3 follows on 1: lines are missing'],
    ['a key that is a number', `${HEAD}{"r":2,"w":"x","c":[{"k":7,"v":""}]}\n`, 'line 2: is no line'],
    ['more than was asked for', `${HEAD}{"r":2,"w":"x","__proto__":{}}\n`, 'line 2: is no line'],
    ['a line without end', `${HEAD}${'x'.repeat(5 * 1024 * 1024)}`, 'line 2: longer than 4194304 bytes'],
    ['a line that is too long', `${HEAD}"${'x'.repeat(5 * 1024 * 1024)}"\n`, 'line 2: longer than 4194304 bytes'],
  ])('%s: is refused, with file and line', async (_, content, why) => {
    mkdirSync(dir);
    writeFileSync(log(), content);
    const error = await FolderStore.open(dir).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'STORE_DAMAGED' });
    expect((error as Error).message).toContain(`${log()}`);
    expect((error as Error).message).toContain(why);
    expect((error as Error).message.length).toBeLessThan(500);
    expect(readFileSync(log(), 'utf8') === content).toBe(true);
  });

  it('a pipe in its place: is refused, and waits for nobody', async () => {
    mkdirSync(dir);
    execFileSync('mkfifo', [log()]);
    await expect(FolderStore.open(dir)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });

  it('a file in place of the folder: is said', async () => {
    writeFileSync(dir, '');
    await expect(FolderStore.open(dir)).rejects.toMatchObject({ message: expect.stringContaining(dir) });
  });

  it('damaged while it is read: readers are told, and go on when it is mended', async () => {
    const store = await open();
    await put(store, 'a', '1');
    const states: WatchState[] = [];
    const watch = store.watch({ prefix: '' }, { onState: (state) => states.push(state) });
    await watch.next();
    const { size } = statSync(log());
    appendFileSync(log(), '{"r":9,"w":"x"}\n');
    await expect.poll(() => states.at(-1)).toMatchObject({ state: 'lost', error: { code: 'STORE_DAMAGED' } });
    await expect(put(store, 'a', '2')).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    truncateSync(log(), size);
    await expect.poll(() => states.at(-1)?.state).toBe('live');
    await put(store, 'a', '2');
    expect(values((await watch.next()).value)).toBe('a=2');
  });

  it('more than it may hold: is refused as full, and deleting makes room', async () => {
    const store = await open({ ...LOG_LIMITS, contentBytes: 1000 });
    await put(store, 'a', 'x'.repeat(900));
    await expect(put(store, 'b', 'x'.repeat(200))).rejects.toMatchObject({
      code: 'STORE_FULL',
      message: expect.stringContaining('holds 901 bytes, of 1000 at most'),
    });
    await store.transact({ success: [{ delete: 'a' }] });
    await put(store, 'b', 'x'.repeat(200));
  });
});

describe('something else in the place of a file of the log', () => {
  it.each([
    ['a symbolic link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('%s: is damage, and not a store that is away', async (_, make) => {
    mkdirSync(dir);
    make(log());
    await expect(FolderStore.open(dir)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('log.000001: is no file'),
    });
  });
});
