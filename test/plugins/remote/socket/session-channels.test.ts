/** The channels of a session: their numbers, and their bounds. */

import { expect, it } from 'vitest';
import { SessionChannels } from '../../../../src/plugins/remote/socket/session-channels.js';
import type { SessionServices } from '../../../../src/plugins/remote/socket/session-services.js';
import type { Visit } from '../../../../src/plugins/remote/visit.js';

function channelsOf(access: 'read' | 'write' = 'write') {
  const opened: object[] = [];
  const closed: unknown[] = [];
  const visit = {
    name: 'ada',
    access,
    open: (options: object) => ({ id: opened.push(options) }),
    close: (channel: unknown) => void closed.push(channel),
  };
  const limits = { channels: 2, replyBytes: 1000, replyTimeoutMs: 5000 };
  const channels = new SessionChannels(
    visit as unknown as Visit,
    (() => limits) as unknown as SessionServices['limits'],
  );
  return { channels, opened, closed };
}

it('a channel: has the bounds of the agent where its client names none', () => {
  const { channels, opened } = channelsOf();
  const { id } = channels.open({ type: 'open', channel: 7 });
  expect([id, channels.numbers, channels.get(7).replyBytes]).toEqual([1, [7], 1000]);
  expect(opened).toEqual([{ replyBytes: 1000, replyTimeoutMs: 5000 }]);
});

it.each([
  ['its number is in use', { channel: 1 }, /channel 1 is open already/],
  ['too many are open', { channel: 3 }, /2 channels are open/],
])('%s: refused', (_what, frame, reason) => {
  const { channels } = channelsOf();
  channels.open({ type: 'open', channel: 1 });
  channels.open({ type: 'open', channel: 2 });
  expect(() => channels.open({ type: 'open', ...frame })).toThrow(reason);
  expect(channels.size).toBe(2);
});

it('more bytes than the agent allows, or more access than the caller has: refused', () => {
  const { channels } = channelsOf('read');
  expect(() => channels.open({ type: 'open', channel: 1, replyBytes: 1001 })).toThrow(/at most 1000/);
  expect(() => channels.open({ type: 'open', channel: 1, access: 'write' })).toThrow(/may only read/);
  expect(channels.size).toBe(0);
});

it('one that is closed: is not there any more, and is closed once', () => {
  const { channels, closed } = channelsOf();
  channels.open({ type: 'open', channel: 1 });
  expect([channels.close(1), channels.close(1)]).toEqual([true, false]);
  expect(closed).toHaveLength(1);
  expect(() => channels.get(1)).toThrow(/channel 1 of this socket is not open/);
});
