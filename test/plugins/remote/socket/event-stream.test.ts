/** A subscription over a channel and a link that a test has in its hand. */

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Credit } from '../../../../src/plugins/remote/socket/credit.js';
import { EventStream, type EventStreamOptions } from '../../../../src/plugins/remote/socket/event-stream.js';
import { Turns } from '../../../../src/plugins/remote/socket/turns.js';
import type { EventItemsFrame } from '../../../../src/remote/protocol/index.js';

/** A subscription with `count` events that wait in its channel. */
function scene(count: number, fieldsOut: (fields: unknown) => unknown = (fields) => fields) {
  const source = { pulled: 0 };
  const events = {
    ready: async () => {},
    [Symbol.asyncIterator]: () => ({
      next: async () =>
        source.pulled < count ? { value: { at: ++source.pulled }, done: false } : new Promise<never>(() => {}),
      return: async () => ({ value: undefined, done: true }),
    }),
  };
  const sent: EventItemsFrame[] = [];
  const rooms = new Set<() => void>();
  const link = {
    isFull: false,
    whenSent() {},
    form: { fieldsOut: (_: unknown, fields: unknown) => fieldsOut(fields) },
    send(frame: EventItemsFrame) {
      if (frame.type === 'events') {
        sent.push(frame);
        link.whenSent();
      }
      return 1000;
    },
    whenRoom: (room: () => void) => void rooms.add(room),
  };
  const ended: unknown[] = [];
  const credit = new Credit(1, 65_536);
  const stream = new EventStream({
    ...{
      channel: 1,
      events,
      link,
      credit,
      turns: new Turns(),
      generation: () => 1,
      message: () => undefined,
      free: () => {},
    },
    end: { id: 1, finish: (frame: unknown) => ended.push(frame), fail: (error: unknown) => ended.push(error) },
  } as unknown as EventStreamOptions);
  const drain = () => {
    link.isFull = false;
    const called = [...rooms];
    rooms.clear();
    for (const room of called) room();
  };
  const turns = async () => {
    for (let at = 0; at < 20; at++) await turn();
  };
  const items = () => sent.reduce((sum, frame) => sum + frame.items.length, 0);
  return { stream, link, source, sent, rooms, ended, drain, turns, items };
}

describe('a subscription', () => {
  it('sends what its credit lets it, in order', async () => {
    const { stream, sent, source, turns, items } = scene(1000);
    stream.credit(500);
    await turns();
    expect([items(), source.pulled]).toEqual([500, 500]);
    expect(sent.flatMap(({ items: each }) => each)).toEqual(
      Array.from({ length: 500 }, (_, at) => ({ event: { at: at + 1 } })),
    );
  });

  it('a network that takes nothing: what waits stays in the channel, whatever the credit', async () => {
    const { stream, link, source, rooms, drain, turns, items } = scene(20_000);
    link.isFull = true;
    for (let at = 0; at < 100; at++) stream.credit(100);
    await turns();
    expect([items(), source.pulled]).toEqual([0, 0]);
    expect(rooms.size).toBeLessThanOrEqual(1);
    drain();
    await turns();
    await turns();
    await turns();
    expect(items()).toBe(10_000);
  });

  it('a network that is full after each frame: gets one at a time', async () => {
    const { stream, link, source, rooms, sent, drain, turns } = scene(10_000);
    link.whenSent = () => {
      link.isFull = true;
    };
    stream.credit(5000);
    for (let at = 1; at <= 5; at++) {
      await turns();
      expect(sent).toHaveLength(at);
      expect(source.pulled).toBeLessThan(64 * at + 1000);
      expect(rooms.size).toBeLessThanOrEqual(2);
      drain();
    }
  });

  it('closed while the network is full: sends what it has taken out of the channel, then ends', async () => {
    const { stream, link, source, ended, turns, items } = scene(10_000);
    link.whenSent = () => {
      link.isFull = true;
    };
    stream.credit(5000);
    await turns();
    expect(source.pulled).toBeGreaterThan(items());
    stream.channelClosed();
    expect(items()).toBe(source.pulled);
    expect(ended).toEqual([{ type: 'end', id: 1 }]);
  });

  it('an event that has no form: ends it with the error', async () => {
    const { stream, ended, turns } = scene(3, () => {
      throw new RangeError('no form');
    });
    stream.credit(10);
    await turns();
    expect(ended).toEqual([new RangeError('no form')]);
  });

  it('closed with such an event: likewise', async () => {
    const { stream, link, ended, turns } = scene(3, () => {
      throw new RangeError('no form');
    });
    link.isFull = true;
    stream.credit(10);
    await turns();
    stream.channelClosed();
    expect(ended).toEqual([expect.anything()]);
  });
});
