import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FleetKeys, type FleetStore, readWish, wishHash, writeWish } from '../../src/fleet/index.js';
import { STORES, type StorePlace } from './store/stores.js';

const KIB = 1024;

describe('wishes by their content', () => {
  const keys = new FleetKeys('/fleet');
  let place: StorePlace;
  let store: FleetStore;
  beforeEach(async () => {
    place = await STORES[0].make();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.close();
  });

  const pieces = async () => (await store.list({ prefix: keys.wishes })).kvs;
  const put = (sha256: string, piece: number, value: Uint8Array) =>
    store.transact({ success: [{ put: keys.wishPiece(sha256, piece), value }] });
  /** Text that does not become smaller. */
  const dense = (bytes: number) => randomBytes(Math.ceil((bytes * 3) / 4)).toString('base64');

  it('a text: is read as it was written, and is there once', async () => {
    const text = 'interfaces:\n  loop0: { description: "straße" }\n';
    const sha256 = await writeWish(store, keys, text);
    expect(sha256).toBe(wishHash(text));
    expect(await readWish(store, keys, sha256)).toBe(text);
    const before = await pieces();
    expect(before.map(({ key }) => key)).toEqual([`/fleet/wishes/${sha256}/0000`]);
    expect(await writeWish(store, keys, text)).toBe(sha256);
    expect(await pieces()).toEqual(before);
  });

  it('an empty text: is one', async () => {
    expect(await readWish(store, keys, await writeWish(store, keys, ''))).toBe('');
  });

  it('a large text: has several pieces, the first of which is written last', async () => {
    const text = dense(2000 * KIB);
    const sha256 = await writeWish(store, keys, text);
    expect(await readWish(store, keys, sha256)).toBe(text);
    const all = await pieces();
    expect(all.map(({ key }) => key.slice(-4))).toEqual(['0000', '0001', '0002']);
    expect(Math.max(...all.map(({ value }) => value.length))).toBe(512 * KIB);
    expect(all[0].modRevision).toBe(Math.max(...all.map(({ modRevision }) => modRevision)));
  });

  it('one that was cut off, or is damaged: is written anew', async () => {
    const text = dense(2000 * KIB);
    const sha256 = await writeWish(store, keys, text);
    const first = (await store.get(keys.wishPiece(sha256, 0)))?.value as Buffer;
    await store.transact({ success: [{ delete: keys.wishPiece(sha256, 0) }] });
    await expect(readWish(store, keys, sha256)).rejects.toMatchObject({ code: 'NO_WISH' });
    await writeWish(store, keys, text);
    expect(await readWish(store, keys, sha256)).toBe(text);
    await put(sha256, 0, first.subarray(1));
    await writeWish(store, keys, text);
    expect(await readWish(store, keys, sha256)).toBe(text);
  });

  it('no such wish: the error names it, and says what to do', async () => {
    const sha256 = wishHash('never written');
    await expect(readWish(store, keys, sha256)).rejects.toMatchObject({
      code: 'NO_WISH',
      message: expect.stringMatching(new RegExp(`no wish ${sha256.slice(0, 12)}.*roll it out again`)),
    });
  });

  it.each<[string, (sha256: string) => Promise<unknown>, string]>([
    ['another text', (sha) => put(sha, 0, gzipSync('another')), 'its content is another one'],
    ['no compressed text', (sha) => put(sha, 0, Buffer.from('plain')), 'it cannot be decompressed'],
    ['the first half', (sha) => put(sha, 0, gzipSync(dense(1000)).subarray(0, 500)), 'it cannot be decompressed'],
    ['a full piece, and none behind it', (sha) => put(sha, 0, Buffer.alloc(512 * KIB)), '0001 is missing'],
    ['a piece that is too large', (sha) => put(sha, 0, Buffer.alloc(513 * KIB)), 'has more than 524288 bytes'],
  ])('%s under its name: is refused', async (_, spoil, why) => {
    const sha256 = wishHash('text');
    await spoil(sha256);
    await expect(readWish(store, keys, sha256)).rejects.toMatchObject({
      code: 'BAD_WISH',
      message: expect.stringContaining(why),
    });
  });

  it('a text that becomes huge: is not decompressed beyond its bound', async () => {
    const sha256 = wishHash('text');
    await put(sha256, 0, gzipSync(Buffer.alloc(33 * KIB * KIB)));
    await expect(readWish(store, keys, sha256)).rejects.toMatchObject({ code: 'WISH_TOO_LARGE' });
  });

  it('pieces without end: are read up to their bound', async () => {
    const sha256 = wishHash('text');
    for (let i = 0; i < 4; i++) await put(sha256, i, Buffer.alloc(512 * KIB));
    const reading = readWish(store, keys, sha256, { maxStoredBytes: 1024 * KIB });
    await expect(reading).rejects.toMatchObject({ code: 'WISH_TOO_LARGE' });
  });

  it('a text that is too large: is not written', async () => {
    await expect(writeWish(store, keys, 'x'.repeat(2000), { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'WISH_TOO_LARGE',
    });
    await expect(writeWish(store, keys, dense(2000), { maxStoredBytes: 1000 })).rejects.toThrow(
      'when it is compressed',
    );
    expect(await pieces()).toEqual([]);
  });

  it('errors of the store: are passed on', async () => {
    await store.close();
    await expect(readWish(store, keys, wishHash(''))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    await expect(writeWish(store, keys, '')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });
});
