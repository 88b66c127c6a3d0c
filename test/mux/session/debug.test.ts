/** Debug output of sessions: its lines say why. */

import { expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { debugLines } from '../../support/debug-lines.js';

/** The promise has a listener, so that its failure at the end of the test is none of the process. */
const ignored = (promise: Promise<unknown>) => void promise.catch(() => {});

it('requests: a full window of the channel, and one that goes alone, are named as what is waited for', () => {
  const { channel } = onMemory({ exclusive: ['nap'] });
  const lines = debugLines('requests');
  const [narrow, other] = [channel({ requestBuffer: 1 }), channel()];
  ignored(narrow.request('add_one', { value: 1 }));
  ignored(narrow.request('add_one', { value: 2 }));
  ignored(other.request('nap'));
  ignored(channel().request('add_one', { value: 3 }));
  expect(lines).toEqual([
    "requests: add_one waits: its channel's window is full",
    'requests: nap waits: it goes alone, after 1 requests in flight',
    'requests: add_one waits: nap goes alone next',
  ]);
});

it('requests: a session without room is said to have none', () => {
  const { channel } = onMemory({ maxInFlight: 1 });
  const lines = debugLines('requests');
  ignored(channel().request('add_one', { value: 1 }));
  ignored(channel().request('add_one', { value: 2 }));
  expect(lines).toEqual(['requests: add_one waits: the session has no room: 1 requests are in flight']);
});

it('session: a late reply, and the end with its cause and what fails by it', () => {
  const { channel, answer, link } = onMemory();
  const lines = debugLines('session');
  const given = new AbortController();
  ignored(channel().request('add_one', { value: 1 }, { signal: given.signal }));
  ignored(channel().request('add_one', { value: 2 }));
  given.abort();
  answer(0, 'add_one_reply');
  link.lose(new Error('VPP has gone'));
  expect(lines).toEqual([
    expect.stringMatching(/^session: late add_one_reply for context \d+: add_one was given up, so nobody gets it$/),
    'session: generation 1 ends with its link: VPP has gone; 1 requests in flight fail',
  ]);
});

it('events: who has a registration made and undone, and what VPP has', async () => {
  const { channel, answer } = onMemory();
  const lines = debugLines('events');
  const stream = channel().events('thing_event');
  const ready = stream.ready();
  await expect.poll(() => lines).toHaveLength(1);
  answer(0, 'want_thing_events_reply');
  await ready;
  await stream[Symbol.asyncIterator]().return?.();
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines).toEqual([
    'events: want_thing_events is sent to enable: 1 holders, VPP has none',
    'events: want_thing_events is sent to disable: 0 holders, VPP has a registration',
  ]);
});
