/** Groups of an agent without an assignment, while it runs. */

import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { AssignedWish } from '../../../src/fleet/member/assigned-wish.js';
import { WishTexts } from '../../../src/fleet/member/wish-texts.js';
import { StoreError } from '../../../src/fleet/store/errors.js';
import { wishHash } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';
import { Pairs } from './pairs.js';

const keys = new FleetKeys('/test');
const JITTER_MS = 500;

vi.setConfig({ testTimeout: 5000 });
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function world(carrier = new FakeCarrier()) {
  const pairs = new Pairs();
  const { store } = pairs;
  const lines: string[] = [];
  const ending = new AbortController();
  const assigned = new AssignedWish({
    ...{ store, keys, texts: new WishTexts(store, keys), labels: { role: 'edge' }, carrier },
    jitter: () => new Promise((resolve) => setTimeout(resolve, JITTER_MS)),
    log: { info: (text) => void lines.push(text), warn: (text) => void lines.push(text) },
    changed: () => {},
  });
  const over = assigned.run(ending.signal);
  return {
    ...{ assigned, pairs, carrier, lines },
    end: async () => {
      ending.abort();
      await over;
    },
    group: (name: string, text: string, generation: number, selector = {}) => {
      pairs.put(keys.wishPiece(wishHash(text), 0), gzipSync(text));
      pairs.put(keys.group(name), { selector, generation, wishes: { main: wishHash(text) } });
    },
    assign: (text: string, generation: number) => {
      pairs.put(keys.wishPiece(wishHash(text), 0), gzipSync(text));
      const value = Buffer.from(JSON.stringify({ generation, wishes: { main: wishHash(text) } }));
      assigned.hear({ key: keys.assignment('a'), value }, 'change');
    },
    /** Milliseconds in which nothing waits. */
    soon: () => vi.advanceTimersByTimeAsync(50),
    later: () => vi.advanceTimersByTimeAsync(JITTER_MS),
  };
}

const A = 'loopbacks:\n  loop1: {}\n';
const B = 'loopbacks:\n  loop2: {}\n';

it('a group that is changed, and then dropped: takes effect after a time by lot, without a restart', async () => {
  const { assigned, carrier, group, pairs, soon, later, end } = world();
  group('all', A, 1);
  assigned.hear(undefined, 'start');
  await soon();
  expect(carrier.present.text).toContain('loop1');
  group('all', B, 2);
  await soon();
  expect(carrier.present.text).toContain('loop1');
  await later();
  expect(carrier.present.text).toContain('loop2');
  expect(assigned.progress).toMatchObject({ generation: 2, outcome: 'applied' });
  pairs.delete(keys.group('all'));
  await later();
  expect(carrier.done.at(-1)).toBe('withdraw');
  await end();
});

it('several changes in a short time: are one', async () => {
  const { assigned, carrier, group, soon, later, end } = world();
  assigned.hear(undefined, 'start');
  await soon();
  for (const generation of [1, 2, 3]) {
    group('all', A, generation);
    await soon();
  }
  await later();
  expect(carrier.done).toHaveLength(1);
  expect(assigned.progress).toMatchObject({ generation: 3 });
  await end();
});

it('a group of others: nothing is read, and nothing is carried out', async () => {
  const { assigned, carrier, group, pairs, soon, later, end } = world();
  assigned.hear(undefined, 'start');
  await soon();
  const { length } = pairs.read;
  group('core', A, 1, { role: 'core' });
  await later();
  await later();
  expect(pairs.read).toHaveLength(length);
  expect(carrier.done).toEqual([]);
  await end();
});

it('an agent with an assignment: has no watch of groups; it gets one with the end of its assignment', async () => {
  const { assigned, carrier, group, assign, pairs, soon, later, end } = world();
  group('all', A, 1);
  assign('own', 2);
  await soon();
  expect(pairs.watched).toEqual([]);
  assigned.hear(undefined, 'change');
  await soon();
  expect(pairs.watched).toEqual([]);
  await later();
  expect(pairs.watched).toEqual([keys.groups]);
  expect(carrier.present.text).toContain('loop1');
  assign('own again', 3);
  await soon();
  expect(pairs.watched).toEqual([]);
  expect(carrier.present.text).toBe('own again');
  await end();
});

it('an assignment that comes and goes within the time by lot: the groups are those of the end', async () => {
  const { assigned, carrier, group, assign, soon, later, end } = world();
  group('all', A, 1);
  assigned.hear(undefined, 'start');
  await soon();
  group('all', B, 2);
  assign('own', 3);
  await soon();
  assigned.hear(undefined, 'change');
  await later();
  await soon();
  expect(carrier.present.text).toContain('loop2');
  expect(carrier.done).toHaveLength(3);
  await end();
});

it('a group that is dropped while its text is read: is not carried out', async () => {
  const { assigned, carrier, group, pairs, soon, later, end } = world();
  assigned.hear(undefined, 'start');
  await soon();
  let open = () => {};
  pairs.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  group('all', A, 1);
  await later();
  pairs.delete(keys.group('all'));
  await later();
  open();
  await soon();
  expect(carrier.done).toEqual([]);
  await end();
});

it('a refused wish of a group: does not stand in the way of the next one', async () => {
  const { assigned, carrier, group, soon, later, end } = world();
  carrier.answers.push({ kind: 'refused', reason: 'would delete 30 objects' });
  group('all', A, 1);
  assigned.hear(undefined, 'start');
  await soon();
  expect(assigned.progress).toMatchObject({ generation: 1, outcome: 'refused' });
  group('all', B, 2);
  await later();
  expect(assigned.progress).toMatchObject({ generation: 2, outcome: 'applied' });
  await end();
});

it('many groups whose wish waits for a VPP: are read once, and again when one of them is another', async () => {
  const { assigned, carrier, group, pairs, soon, later, end } = world();
  const away = { kind: 'later', reason: 'VPP is away', isAway: true } as const;
  carrier.answers.push(...Array.from({ length: 20 }, () => away));
  for (let at = 1; at <= 12; at++) group(`g${at}`, `loopbacks:\n  loop${at}: {}\n`, 1);
  assigned.hear(undefined, 'start');
  await soon();
  expect(assigned.progress).toMatchObject({ generation: 1, outcome: 'waiting' });
  const { length } = pairs.read;
  expect(length).toBe(12);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(carrier.answers.length).toBeLessThan(8);
  expect(pairs.read).toHaveLength(length);
  carrier.answers.length = 0;
  group('g1', 'loopbacks:\n  loop21: {}\n', 2);
  await later();
  await soon();
  expect(carrier.present.text).toContain('loop12');
  expect(carrier.present.text).toContain('loop21');
  expect(carrier.present.text).not.toContain('loop1:');
  await end();
});

it('a text of a group that is missing: is asked for again, and its group takes effect', async () => {
  const { assigned, carrier, group, pairs, soon, end } = world();
  group('all', A, 1);
  group('more', B, 1);
  pairs.delete(keys.wishPiece(wishHash(B), 0));
  assigned.hear(undefined, 'start');
  await soon();
  expect(assigned.progress).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('cannot be made') });
  pairs.put(keys.wishPiece(wishHash(B), 0), gzipSync(B));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(carrier.present.text).toContain('loop1');
  expect(carrier.present.text).toContain('loop2');
  await end();
});

it('an agent of more dataplanes than texts are kept: gets the merged wish of each', async () => {
  const dataplanes = Array.from({ length: 10 }, (_, at) => `d${at}`);
  const carrier = new (class extends FakeCarrier {
    override readonly dataplanes = dataplanes;
  })();
  const { assigned, pairs, soon, end } = world(carrier);
  const texts = dataplanes.map((_, at) => `loopbacks:\n  loop${at}: {}\n`);
  for (const text of texts) pairs.put(keys.wishPiece(wishHash(text), 0), gzipSync(text));
  const wishes = Object.fromEntries(dataplanes.map((name, at) => [name, wishHash(texts[at])]));
  pairs.put(keys.wishPiece(wishHash('interfaces: {}\n'), 0), gzipSync('interfaces: {}\n'));
  const same = Object.fromEntries(dataplanes.map((name) => [name, wishHash('interfaces: {}\n')]));
  pairs.put(keys.group('all'), { selector: {}, generation: 1, wishes });
  pairs.put(keys.group('more'), { selector: {}, generation: 1, wishes: same });
  assigned.hear(undefined, 'start');
  await soon();
  expect(carrier.done.map((text) => /loop\d/.exec(text)?.[0])).toEqual(dataplanes.map((_, at) => `loop${at}`));
  await end();
});

it('a dataplane with the name of what every object has: gets nothing that nobody wished', async () => {
  const carrier = new (class extends FakeCarrier {
    override readonly dataplanes = ['constructor', 'main'];
    override status(name?: string) {
      return name === 'main'
        ? super.status()
        : ({ state: 'none', reason: '', isUnconfirmed: false, drift: 0 } as const);
    }
  })();
  const { assigned, group, soon, end } = world(carrier);
  group('all', A, 1);
  assigned.hear(undefined, 'start');
  await soon();
  expect(carrier.done).toEqual([A]);
  expect(assigned.progress).toMatchObject({ outcome: 'applied' });
  await end();
});

it('a group that is damaged: is skipped, and one that was read before counts as it was; both are logged', async () => {
  const { assigned, carrier, group, pairs, lines, soon, later, end } = world();
  pairs.put(keys.group('bad'), '{');
  group('all', A, 1);
  assigned.hear(undefined, 'start');
  await soon();
  pairs.put(keys.group('all'), '[]');
  await later();
  expect(carrier.done).toHaveLength(1);
  expect(lines.join('\n')).toContain('/groups/bad is no group, and is skipped: vppmux fleet apply writes it anew');
  expect(lines.join('\n')).toContain('/groups/all is no group, and counts as it was before');
  await end();
});

it('a store that has lost its groups: nothing is withdrawn, and it is said why', async () => {
  const { assigned, carrier, group, pairs, soon, later, end } = world();
  pairs.put(keys.latest, '4');
  group('all', A, 4);
  assigned.hear(undefined, 'start');
  await soon();
  pairs.reset();
  await later();
  await soon();
  expect(carrier.done).toHaveLength(1);
  expect(assigned.ignored).toBe('the store has lost generation 4, which stays in effect until another one is assigned');
  group('all', B, 1);
  await later();
  expect(carrier.present.text).toContain('loop2');
  expect(assigned.ignored).toBeUndefined();
  await end();
});

it('the agent restarted with the wish of its groups: nothing is carried out, and the newest generation is not asked for', async () => {
  const { carrier, group, assigned, soon, end } = world();
  group('all', A, 4);
  assigned.hear(undefined, 'start');
  await soon();
  await end();
  const again = world(carrier);
  again.group('all', A, 4);
  again.assigned.hear(undefined, 'start');
  await again.soon();
  expect(again.assigned.progress).toMatchObject({ generation: 4, outcome: 'applied' });
  expect(carrier.done).toHaveLength(1);
  expect(again.pairs.read).not.toContain(keys.latest);
  await again.end();
});

it('groups that the agent may not read: its wish is refused, and asked for again', async () => {
  const { assigned, carrier, group, pairs, soon, end } = world();
  assigned.hear(undefined, 'start');
  await soon();
  pairs.break(new StoreError('STORE_PERMISSION', 'not for you'));
  await soon();
  expect(assigned.progress).toMatchObject({
    outcome: 'refused',
    reason: 'the wish of its groups cannot be made: not for you',
  });
  group('all', A, 1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(carrier.present.text).toContain('loop1');
  await end();
});
