/** Processes that are killed while they write to a folder, at any moment: also between the two files of a log. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FolderStore } from '../../../../src/fleet/store/folder/folder-store.js';
import { bundled, startProgram } from '../../../support/bundled.js';
import { randomFrom, scaled, seedFor } from '../../../support/scale.js';
import { temporaryFolder } from '../stores.js';

const base = temporaryFolder();
const program = bundled('test/fleet/store/program.ts', base);
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('writers that are killed: lose nothing that they were told is written, and a reader misses nothing', async () => {
  const random = randomFrom(seedFor('killed writers'));
  const dir = join(base, 'fleet');
  const reader = await FolderStore.open(dir);
  const watch = reader.watch({ prefix: '' });
  await watch.next();
  /** Numbers as the reader has them, by key. */
  const known = new Map<string, number>();
  const mistakes: string[] = [];
  const reading = (async () => {
    for await (const item of watch) {
      if (item.kind === 'snapshot') {
        // A reader that was two files behind gets all as it is; its numbers must not be older than those that it has.
        if (item.because !== 'compacted') mistakes.push(`a snapshot, since ${item.because}`);
        for (const { key, value } of item.kvs) {
          if (Number(value) < (known.get(key) ?? 0)) mistakes.push(`${key}: back to ${value}`);
          known.set(key, Number(value));
        }
        continue;
      }
      for (const change of item.changes) {
        const number = change.type === 'put' ? Number(change.kv.value) : 0;
        if (number !== (known.get(change.key) ?? 0) + 1) mistakes.push(`${change.key}: ${number}`);
        known.set(change.key, number);
      }
    }
  })();
  const start = (i: number) => ({
    key: `writer ${i}`,
    // A file is full after some 40 writes.
    program: startProgram(program, [JSON.stringify({ dir }), 'write', `writer ${i}`, '3000']),
    after: 1 + Math.floor(random() * 40),
  });
  const rounds = scaled({ short: 8, long: 60 });
  const ended = [];
  let running = [start(0), start(1)];
  for (let i = 2; i < rounds + 2; i++) {
    const [first, second] = running;
    await first.program.says(`wrote ${first.after}`);
    await first.program.kill();
    ended.push(first);
    running = [second, start(i)];
  }
  for (const one of running) {
    await one.program.kill();
    ended.push(one);
  }
  const fresh = await FolderStore.open(dir);
  const { kvs, revision } = await fresh.list({ prefix: '' });
  await expect.poll(async () => (await reader.list({ prefix: '' })).revision).toBe(revision);
  await expect
    .poll(() => Object.fromEntries(known))
    .toEqual(Object.fromEntries(kvs.map(({ key, value }) => [key, Number(value)])));
  for (const {
    key,
    program: { said },
  } of ended) {
    const told = Number(said.at(-1)?.split(' ')[1] ?? 0);
    const has = Number((await fresh.get(key))?.value ?? 0);
    // One more may have been written before it could say so.
    expect([told, told + 1], key).toContain(has);
  }
  expect(mistakes).toEqual([]);
  watch.close();
  await reading;
  await Promise.all([reader.close(), fresh.close()]);
});
