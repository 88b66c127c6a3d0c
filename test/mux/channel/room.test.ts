/** An event stream whose source can be held up: it is told when there is room. */

import { describe, expect, it } from 'vitest';
import { Buffers } from '../../../src/mux/channel/buffers.js';
import { makeEvents, type StartEvents } from '../../../src/mux/channel/events.js';

function stream(replyBuffer: number) {
  let sink: Parameters<StartEvents>[0] | undefined;
  const start: StartEvents = (given) => {
    sink = given;
    return () => {};
  };
  const bounds = { replyBuffer, replyBytes: 1000, onGap() {}, buffers: new Buffers(), callSites: false };
  const reader = makeEvents(start, bounds)[Symbol.asyncIterator]();
  const put = (count: number) => {
    for (let value = 0; value < count; value++) sink?.next({ value }, 10);
  };
  return { reader, put, room: (goOn: () => void) => sink?.room?.(goOn) };
}

describe('room of an event stream', () => {
  it('its source goes on immediately while less than half of the buffer waits', () => {
    const { put, room } = stream(4);
    put(1);
    let went = 0;
    room(() => went++);
    expect(went).toBe(1);
  });

  it('its source goes on once, when the reader has taken so much that there is room again', async () => {
    const { reader, put, room } = stream(4);
    put(3);
    let went = 0;
    room(() => went++);
    await reader.next();
    expect(went).toBe(0);
    await reader.next();
    expect(went).toBe(1);
    await reader.next();
    expect(went).toBe(1);
  });
});
