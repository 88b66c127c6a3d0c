/** Subscriptions that take events as bytes: nothing is decoded for them. */

import { afterEach, expect, it, vi } from 'vitest';
import type { EventItem } from '../../../src/mux/index.js';
import type { EventSink } from '../../../src/mux/session/subscription.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { decodesOf } from '../../support/decodes.js';
import { body, smallSchema } from '../../support/small-schema.js';

const EVENT = { client_index: 0x80000007, pid: 1, value: 7 };

afterEach(() => vi.restoreAllMocks());

function rawSink() {
  const taken: { name: string; body: Buffer }[] = [];
  const items: EventItem[] = [];
  const sink: EventSink = {
    raw: ({ name }, bytes, start, end) => taken.push({ name, body: Buffer.from(bytes.subarray(start, end)) }),
    next: (item) => items.push(item),
    ready() {},
    error() {},
    complete() {},
  };
  return { taken, items, sink };
}

it('a raw subscription: gets the entry and the whole message, and nothing is decoded', () => {
  const world = onMemory();
  const { taken, items, sink } = rawSink();
  world.subscriptions.add('thing_event', sink, undefined);
  const read = decodesOf(smallSchema.message('thing_event'));
  world.receive('thing_event', EVENT);
  expect(taken).toEqual([{ name: 'thing_event', body: body('thing_event', EVENT) }]);
  expect([items, read.mock.calls.length, world.counters.events]).toEqual([[], 0, 1]);
});

it('a raw subscription beside one of fields: each gets its own, and the event is decoded once', async () => {
  const world = onMemory();
  const { taken, sink } = rawSink();
  world.subscriptions.add('thing_event', sink, undefined);
  const events = world.channel().events('thing_event', { subscribe: false })[Symbol.asyncIterator]();
  const next = events.next();
  const read = decodesOf(smallSchema.message('thing_event'));
  world.receive('thing_event', EVENT);
  expect((await next).value).toEqual({ pid: 1, value: 7 });
  expect([taken.length, read.mock.calls.length]).toEqual([1, 1]);
});

it('a raw subscription that ended: gets nothing more', () => {
  const world = onMemory();
  const { taken, sink } = rawSink();
  const end = world.subscriptions.add('thing_event', sink, undefined);
  world.receive('thing_event', EVENT);
  end();
  world.receive('thing_event', EVENT);
  expect(taken.length).toBe(1);
});

it('a new session: is told by a marker among the bytes', () => {
  const world = onMemory();
  const { items, sink } = rawSink();
  world.subscriptions.add('thing_event', sink, undefined);
  const next = Object.assign(Object.create(world.session), { generation: 2 });
  world.subscriptions.onSession(next);
  expect(items).toMatchObject([{ resync: { generation: 2 } }]);
});
