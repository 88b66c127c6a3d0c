import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EtcdClient } from '../../src/etcd/index.js';
import { type EtcdCluster, etcdMissing, startEtcd } from '../support/etcd.js';
import { excused } from '../support/needs.js';

describe('keys, on etcd', excused(etcdMissing()), () => {
  let cluster: EtcdCluster;
  let etcd: EtcdClient;
  /** Keys that are there from the beginning. */
  const names = Array.from({ length: 2500 }, (_, i) => `list/${String(i).padStart(4, '0')}`);
  beforeAll(async () => {
    cluster = await startEtcd();
    etcd = new EtcdClient({ endpoints: [...cluster.endpoints] });
    for (let i = 0; i < names.length; i += 100) {
      await etcd.transact({ success: names.slice(i, i + 100).map((put) => ({ put, value: put })) });
    }
  });
  afterAll(async () => {
    await etcd?.close();
    await cluster?.close();
  });

  it('put, get, delete: text and bytes come back as they were', async () => {
    const revision = await etcd.put('kv/ä', 'straße');
    const kv = await etcd.get('kv/ä');
    expect(kv).toMatchObject({ key: 'kv/ä', createRevision: revision, modRevision: revision, version: 1, lease: 0n });
    expect(kv?.value.toString()).toBe('straße');

    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await etcd.put(bytes, bytes);
    expect((await etcd.get(bytes))?.value).toEqual(Buffer.from(bytes));
    expect(await etcd.delete(bytes)).toBe(1);
    expect(await etcd.get(bytes)).toBeUndefined();
    expect(await etcd.delete(bytes)).toBe(0);
  });

  it('get: an empty value is one, and no key is none', async () => {
    await etcd.put('kv/empty', '');
    expect((await etcd.get('kv/empty'))?.value).toHaveLength(0);
    expect(await etcd.get('kv/none')).toBeUndefined();
  });

  it('get: reads an old revision', async () => {
    const first = await etcd.put('kv/old', '1');
    await etcd.put('kv/old', '2');
    expect((await etcd.get('kv/old', { revision: first }))?.value.toString()).toBe('1');
  });

  it('list: gives all pages of one revision in the order of the keys, and nothing beside the prefix', async () => {
    await etcd.put('list', 'beside');
    await etcd.put('list0', 'beside');
    const { kvs, revision } = await etcd.list({ prefix: 'list/' });
    expect(kvs.map(({ key }) => key)).toEqual(names);
    expect(kvs.every(({ key, value }) => value.toString() === key)).toBe(true);
    expect(revision).toBe((await etcd.status()).revision);
    expect((await etcd.list({ prefix: 'list/' }, { keysOnly: true })).kvs[0].value).toHaveLength(0);
  });

  it('list: more keys than it may give is an error, not a part of them', async () => {
    await expect(etcd.list({ prefix: 'list/' }, { maxKeys: 2000 })).rejects.toMatchObject({ code: 'ETCD_TOO_LARGE' });
  });

  it('list: a page that is larger than an answer may be is read in smaller ones', async () => {
    const narrow = new EtcdClient({ endpoints: [...cluster.endpoints], maxAnswerBytes: 20_000 });
    for (let i = 0; i < 30; i++) await etcd.put(`large/${i}`, 'x'.repeat(8000));
    expect((await narrow.list({ prefix: 'large/' })).kvs).toHaveLength(30);
    await etcd.put('large/one', 'x'.repeat(30_000));
    await expect(narrow.list({ prefix: 'large/' })).rejects.toMatchObject({ code: 'ETCD_TOO_LARGE', key: 'large/*' });
    await narrow.close();
  });

  it('list: the empty prefix is every key', async () => {
    await etcd.put('a first one', '');
    await etcd.put('~ last one', '');
    const { kvs } = await etcd.list({ prefix: '' }, { keysOnly: true });
    const keys = kvs.map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('list/'))).toEqual(names);
    expect([keys[0], keys.at(-1)]).toEqual(['a first one', '~ last one']);
  });

  it('transact: carries out one list or the other, all of it in one revision', async () => {
    const first = await etcd.transact({
      compare: [{ key: 'txn/a', create: 0 }],
      success: [
        { put: 'txn/a', value: '1' },
        { put: 'txn/b', value: '2' },
      ],
      failure: [{ get: { prefix: 'txn/' } }],
    });
    expect(first.succeeded).toBe(true);
    const second = await etcd.transact({
      compare: [{ key: 'txn/a', create: 0 }],
      failure: [{ get: { prefix: 'txn/' } }, { delete: 'txn/b', prevKv: true }],
    });
    expect(second.succeeded).toBe(false);
    const [found, deleted] = second.results;
    expect(found.kvs.map(({ key, modRevision }) => [key, modRevision])).toEqual([
      ['txn/a', first.revision],
      ['txn/b', first.revision],
    ]);
    expect(deleted).toMatchObject({ deleted: 1, kvs: [{ key: 'txn/b' }] });
  });

  it.each([
    ['an equal value', { key: 'cmp', value: '5' }, true],
    ['another value', { key: 'cmp', value: '6' }, false],
    ['a smaller value', { key: 'cmp', value: '6', is: 'less' }, true],
    ['a version', { key: 'cmp', version: 1 }, true],
    ['a greater version', { key: 'cmp', version: 0, is: 'greater' }, true],
    ['no lease', { key: 'cmp', lease: 0n }, true],
    ['a revision', { key: 'cmp', mod: 0, is: 'notEqual' }, true],
  ] as const)('transact: compares with %s', async (_, one, holds) => {
    await etcd.transact({ compare: [{ key: 'cmp', create: 0 }], success: [{ put: 'cmp', value: '5' }] });
    expect((await etcd.transact({ compare: [one] })).succeeded).toBe(holds);
  });

  it('compact: what was before is gone, and a reader of it is told so', async () => {
    const first = await etcd.put('kv/compacted', '1');
    await etcd.compact(await etcd.put('kv/compacted', '2'));
    await expect(etcd.get('kv/compacted', { revision: first })).rejects.toMatchObject({ code: 'ETCD_COMPACTED' });
  });

  it('a refusal: says which request of which key, and what etcd said', async () => {
    const error = await etcd.put('', 'x').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_REFUSED', outcome: 'not-sent', request: 'KV/Put' });
    expect(error.message).toContain('etcdserver: key is not provided');
  });

  it('a request that etcd finds too large: is refused as such', async () => {
    const error = await etcd.put('kv/huge', Buffer.alloc(3_000_000)).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TOO_LARGE', outcome: 'not-sent', key: 'kv/huge' });
  });

  it('a signal: gives the request up, and says so', async () => {
    const caller = new AbortController();
    const asked = etcd.get('kv/ä', { signal: caller.signal });
    caller.abort(new Error('enough'));
    await expect(asked).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await etcd.get('kv/ä', { signal: AbortSignal.abort() }).catch(({ code }) => code)).toBe('ABORTED');
  });

  it('status: says which etcd it is', async () => {
    const status = await etcd.status();
    expect(status).toMatchObject({ endpoint: cluster.endpoints[0], leader: status.memberId });
    expect(status.version).toMatch(/^3\.\d+\.\d+$/);
    expect(status.clusterId).toBeGreaterThan(0n);
  });

  it('a closed client: refuses everything', async () => {
    const other = new EtcdClient({ endpoints: [...cluster.endpoints] });
    await other.put('kv/other', '1');
    await other.close();
    await expect(other.get('kv/other')).rejects.toMatchObject({ code: 'ETCD_CLOSED' });
  });
});
