import { expect, it } from 'vitest';
import { Contents } from '../../../../src/fleet/store/folder/contents.js';
import { FolderWatch } from '../../../../src/fleet/store/folder/watch.js';
import type { Change } from '../../../../src/fleet/store/store.js';

const kv = (key: string, revision: number) => ({
  ...{ key, keyBytes: Buffer.from(key), value: Buffer.from('x'), lease: 0n, version: 1 },
  ...{ createRevision: revision, modRevision: revision },
});
const put = (key: string, revision: number): Change => ({ type: 'put', key, kv: kv(key, revision) });

it('a snapshot for a reader as slow as is allowed: takes the place of all that waits, and is not lost', async () => {
  const watch = new FolderWatch({ prefix: 'a' }, {}, { onOwed: () => {}, onEnd: () => {} });
  const contents = new Contents('id', 1);
  watch.serve(contents);
  // With the first snapshot, 1000 items wait.
  for (let revision = 2; revision <= 1000; revision++) watch.take([put('a', revision)], revision);
  watch.owe('compacted');
  const later = new Contents('id', 2000);
  later.load({ k: 'ab', v: 'x', c: 2000, m: 2000, n: 1 });
  watch.serve(later);
  const { value } = await watch.next();
  expect(value).toMatchObject({ kind: 'snapshot', because: 'compacted', revision: 2000, kvs: [{ key: 'ab' }] });
  watch.close();
});
