import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { AssignedWish } from '../../../src/fleet/member/assigned-wish.js';
import { WishTexts } from '../../../src/fleet/member/wish-texts.js';
import type { FleetStore, KeyValue } from '../../../src/fleet/store/store.js';
import { wishHash } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';

const keys = new FleetKeys('/test');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store of the test's own, of which only reading is asked. */
class Pairs {
  readonly all = new Map<string, string | Buffer>();

  get(key: string): Promise<KeyValue | undefined> {
    const value = this.all.get(key);
    return Promise.resolve(value === undefined ? undefined : pairOf(key, value));
  }

  /** Waited for by the next listing, which is of the time before. */
  gate: Promise<unknown> | undefined;

  async list({ prefix }: { readonly prefix: string }) {
    const found = [...this.all].filter(([key]) => key.startsWith(prefix));
    const { gate } = this;
    this.gate = undefined;
    await gate;
    return { kvs: found.map(([key, value]) => pairOf(key, value)), revision: 1 };
  }
}

const pairOf = (key: string, value: string | Buffer): KeyValue => ({
  ...{ key, keyBytes: Buffer.from(key), value: Buffer.from(value as string) },
  ...{ createRevision: 1, modRevision: 1, version: 1, lease: 0n },
});

function follow(carrier: FakeCarrier) {
  const pairs = new Pairs();
  const store = pairs as unknown as FleetStore;
  let rounds = 0;
  const ending = new AbortController();
  const assigned = new AssignedWish({
    ...{ store, keys, texts: new WishTexts(store, keys), labels: {}, carrier },
    jitter: async () => {},
    log: { info: () => {}, warn: () => {} },
    changed: () => void rounds++,
  });
  const over = assigned.run(ending.signal);
  const end = async () => {
    ending.abort();
    await over;
  };
  return { assigned, pairs, end, rounds: () => rounds };
}

it('a group whose wish the store lacks: when it is dropped, the agent is no longer refused, and rests', async () => {
  const { assigned, pairs, end, rounds } = follow(new FakeCarrier());
  pairs.all.set(keys.group('all'), JSON.stringify({ selector: {}, generation: 1, wishes: { main: wishHash('x') } }));
  assigned.hear(undefined, 'start');
  await vi.advanceTimersByTimeAsync(1000);
  expect(assigned.progress.outcome).toBe('refused');
  pairs.all.clear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(assigned.progress.outcome).toBeUndefined();
  const before = rounds();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds() - before).toBe(0);
  await end();
});

it('an assignment that is removed while groups are listed: they are listed again', async () => {
  const carrier = new FakeCarrier();
  const { assigned, pairs, end } = follow(carrier);
  assigned.hear(undefined, 'start');
  await vi.advanceTimersByTimeAsync(100);
  pairs.all.set(keys.group('all'), JSON.stringify({ selector: {}, generation: 1, wishes: { main: wishHash('x') } }));
  pairs.all.set(keys.wishPiece(wishHash('x'), 0), gzipSync('x'));
  let open = () => {};
  pairs.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  assigned.hear(undefined, 'change');
  await vi.advanceTimersByTimeAsync(100);
  pairs.all.delete(keys.group('all'));
  assigned.hear(undefined, 'change');
  open();
  await vi.advanceTimersByTimeAsync(100);
  expect(carrier.done).toEqual([]);
  await end();
});

class Two extends FakeCarrier {
  override readonly dataplanes = ['main', 'west'];
  readonly asked: string[] = [];

  override withdraw(dataplane?: string): Promise<boolean> {
    this.asked.push(dataplane ?? '');
    return dataplane === 'main' ? Promise.reject(new Error('its disk is full')) : super.withdraw();
  }
}

it('a dataplane whose wish cannot be withdrawn: the others go back all the same', async () => {
  const carrier = new Two();
  await carrier.apply('main', 'x', { mark: { generation: 1, sha256: wishHash('x') } });
  const { assigned, pairs, end } = follow(carrier);
  pairs.all.set(keys.latest, '1');
  assigned.hear(undefined, 'start');
  await vi.advanceTimersByTimeAsync(100);
  expect(carrier.asked).toEqual(['main', 'west']);
  await end();
});
