import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { AssignedWish } from '../../../src/fleet/member/assigned-wish.js';
import { WishTexts } from '../../../src/fleet/member/wish-texts.js';
import { wishHash } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';
import { Pairs } from './pairs.js';

const keys = new FleetKeys('/test');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function follow(carrier: FakeCarrier) {
  const pairs = new Pairs();
  const { store } = pairs;
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
  pairs.put(keys.group('all'), { selector: {}, generation: 1, wishes: { main: wishHash('x') } });
  assigned.hear(undefined, 'start');
  await vi.advanceTimersByTimeAsync(1000);
  expect(assigned.progress.outcome).toBe('refused');
  pairs.delete(keys.group('all'));
  await vi.advanceTimersByTimeAsync(100);
  expect(assigned.progress.outcome).toBeUndefined();
  const before = rounds();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds() - before).toBe(0);
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
  pairs.put(keys.latest, '1');
  assigned.hear(undefined, 'start');
  await vi.advanceTimersByTimeAsync(100);
  expect(carrier.asked).toEqual(['main', 'west']);
  await end();
});
