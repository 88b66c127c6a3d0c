/** Events that very many wait for: nobody's requests wait until the last of them has it. */

import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { EventItem } from '../../../src/mux/index.js';
import type { EventSink } from '../../../src/mux/session/subscription.js';
import { onMemory } from '../../support/channel-on-memory.js';

const MANY = 1000;

/** A mux with so many subscriptions, and the values that each has got. */
function crowd(count = MANY) {
  const world = onMemory();
  const got: unknown[][] = [];
  const ends = Array.from({ length: count }, (_, at) => {
    got.push([]);
    const sink: EventSink = {
      next: (item: EventItem) => got[at].push('value' in item ? item.value : item),
      ready() {},
      error: (error) => got[at].push(error),
      complete: () => got[at].push('end'),
    };
    return world.subscriptions.add('thing_event', sink, undefined);
  });
  const receive = (value: number) => world.receive('thing_event', { client_index: 0x80000007, pid: 1, value });
  return {
    world,
    got,
    ends,
    receive,
    all: (...values: unknown[]) => got.every((each) => String(each) === String(values)),
  };
}

it('a few receivers: have it at once', () => {
  const { receive, all } = crowd(64);
  receive(1);
  expect(all(1)).toBe(true);
});

it('very many: a few more in each turn, each all events in their order', async () => {
  const { receive, got, all } = crowd();
  for (const value of [1, 2, 3]) receive(value);
  expect(got.flat()).toEqual([]);
  await turn();
  await turn();
  const soon = got.flat().length;
  expect([soon > 0, soon < MANY]).toEqual([true, true]);
  while (!all(1, 2, 3)) await turn();
});

it('a receiver that has ended meanwhile: gets nothing; a new one gets the next', async () => {
  const { receive, got, ends, world } = crowd();
  receive(1);
  ends[MANY - 1]();
  const late: unknown[] = [];
  world.subscriptions.add(
    'thing_event',
    { next: (item) => late.push(item), ready() {}, error() {}, complete() {} },
    undefined,
  );
  while (got[MANY - 2].length === 0) await turn();
  await turn();
  expect([got[MANY - 1], late]).toEqual([[], []]);
});

it('receivers that fall below the number: their events keep their order', async () => {
  const { receive, got, ends } = crowd();
  receive(1);
  for (const end of ends.slice(10)) end();
  receive(2);
  while (got[9].length < 2) await turn();
  expect(got.slice(0, 10)).toEqual(Array(10).fill([1, 2]));
});

it('more of them than may wait: are delivered at once', () => {
  const { receive, all } = crowd();
  for (let value = 0; value < 17; value++) receive(value);
  expect(all(...Array(17).keys())).toBe(true);
});

it('the end of a session, or of all: comes behind the events', () => {
  const one = crowd();
  one.receive(1);
  one.world.subscriptions.onSessionEnd();
  expect(one.all(1)).toBe(true);
  const two = crowd();
  two.receive(1);
  const error = new Error('over');
  two.world.subscriptions.destroy(error);
  expect(two.all(1, error)).toBe(true);
});
