import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { Callers } from '../../../../src/plugins/remote/callers.js';
import { EventFeeds } from '../../../../src/plugins/remote/events/event-feeds.js';
import type { Channel, Mux } from '../../../../src/sdk/index.js';

const LIMITS = {
  ...{ callsPerSecond: 0, bytesPerSecond: 0, dumps: 1, streams: 1, counters: 1, buffer: 1e6, sockets: 1 },
  bufferBytes: 1e6,
};
const CALLER = { name: 'loopback', access: 'read', local: true } as const;

it.each([
  ['its channel cannot be opened', () => expect.fail('no channel')],
  ['its event cannot be asked for', () => ({ events: () => expect.fail('no such event'), close() {} })],
])('a stream that cannot begin (%s): leaves nothing behind', (_, channel) => {
  const callers = new Callers({ channel: channel as unknown as () => Channel } as unknown as Mux, LIMITS);
  const kept = new Set<unknown>();
  const feeds = new EventFeeds(
    callers,
    () => ({ ring: { items: 1, bytes: 1 }, resumeMs: 1 }),
    (request) => {
      kept.add(request);
      return () => kept.delete(request);
    },
  );
  const request = { socket: { remoteAddress: '::1' } } as IncomingMessage;
  const wanted = { event: 'x', want: {}, subscribe: true, form: () => ({}), caller: CALLER, request };
  expect(() => feeds.take(wanted)).toThrow(/no /);
  expect(callers.shown).toEqual([]);
  expect(kept.size).toBe(0);
});
