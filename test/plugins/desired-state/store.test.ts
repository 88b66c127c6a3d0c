/** Files of wishes: the journal, the wishes, the folder, the lock. */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../src/plugins/desired-state/store/file-system.js';
import { Journal, type JournalEntry } from '../../../src/plugins/desired-state/store/journal.js';
import { lockFolder } from '../../../src/plugins/desired-state/store/lock.js';
import { stateFolder } from '../../../src/plugins/desired-state/store/state-folder.js';
import { Store } from '../../../src/plugins/desired-state/store/store.js';
import { FakeDisk } from './fake-disk.js';
import { temporaryFolder } from './support.js';

const AT = '2026-01-01T00:00:00.000Z';
const entry = (revision: number, reason?: string): JournalEntry => ({ at: AT, event: 'saved', revision, reason });

describe('the journal', () => {
  it('with a line that a crash has cut off: has all others, and the next one', async () => {
    const disk = new FakeDisk();
    await disk.append('/state/journal.ndjson', `${JSON.stringify(entry(1))}\n{"at":"2026-`);
    const journal = new Journal(disk, '/state');
    await journal.add(entry(2));
    expect((await journal.entries()).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('is bounded: what is old makes room', async () => {
    const disk = new FakeDisk();
    const journal = new Journal(disk, '/state');
    for (let i = 1; i <= 40; i++) await journal.add(entry(i, 'x'.repeat(100_000)));
    const kept = (await journal.entries()).map(({ revision }) => revision);
    expect(kept.at(-1)).toBe(40);
    expect(kept.length).toBeLessThan(25);
    expect(kept).toEqual(kept.map((_, i) => 41 - kept.length + i));
    expect(disk.paths()).toEqual(['/state/journal.1.ndjson', '/state/journal.ndjson']);
  });
});

describe('the store', () => {
  it('on a real disk: only its user can read it, and a file of a wish is a wish', async () => {
    const folder = `${temporaryFolder()}/a/b`;
    const store = await Store.open(nodeFileSystem, { folder, keep: () => 2 });
    const wish = { at: AT, by: 'me', comment: 'a\nb', text: 'loopbacks:\n  loop0: {}\n' };
    for (let i = 0; i < 4; i++) await store.add(wish);
    await store.save({ present: 1, confirmed: 1 });
    await store.prune();
    expect((await store.list()).map(({ revision }) => revision)).toEqual([4, 3, 1]);
    expect(await store.read(4)).toEqual({ revision: 4, ...wish });
    const lines = readFileSync(`${folder}/wishes/4.yaml`, 'utf8').split('\n');
    expect(lines[0]).toMatch(/^# vppmux: \{/);
    expect(lines[1]).toBe('loopbacks:');
    for (const path of [`${folder}/wishes/4.yaml`, `${folder}/state.json`]) expect(statSync(path).mode & 0o77).toBe(0);
    expect(statSync(folder).mode & 0o77).toBe(0);
    expect((await Store.open(nodeFileSystem, { folder, keep: () => 2 })).state).toEqual(store.state);
  });

  it('that is damaged: is not taken for an empty one', async () => {
    const disk = new FakeDisk();
    await disk.write('/state/state.json', '{"version":1,');
    await expect(Store.open(disk, { folder: '/state', keep: () => 2 })).rejects.toMatchObject({ code: 'EIO' });
  });
});

describe('the folder', () => {
  const env = { XDG_STATE_HOME: '/xdg' };

  it('is another one for each socket', () => {
    const of = (socket: string) => stateFolder(socket, { env });
    expect(of('/run/vpp/api.sock')).toMatch(/^\/xdg\/vppmux\/wishes-of\/run-vpp-api\.sock-[0-9a-f]{8}$/);
    expect(of('/run/vpp-api.sock')).not.toBe(of('/run/vpp/api.sock'));
  });

  it('is where the configuration, systemd or the user say', () => {
    expect(stateFolder('/a', { stateDir: '/own', env })).toMatch(/^\/own\//);
    expect(stateFolder('/a', { env: { ...env, STATE_DIRECTORY: '/var/lib/unit:/other' } })).toMatch(
      /^\/var\/lib\/unit\//,
    );
  });

  it('belongs to one agent at a time; one that has died leaves it', () => {
    const folder = temporaryFolder();
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'EBUSY' }));
    release();
    writeFileSync(`${folder}/lock`, JSON.stringify({ pid: process.pid, started: 'before' }));
    lockFolder(folder)();
  });
});
