/** The link over a transport, without a session. */

import { describe, expect, it } from 'vitest';
import { openTransport } from '../../../src/mux/link/open-transport.js';
import type { TransportLink } from '../../../src/mux/types.js';
import { body, smallSchema } from '../../support/small-schema.js';

async function opened() {
  const sent: Uint8Array[] = [];
  const inner: TransportLink = { send: (bytes) => void sent.push(bytes), close() {}, onMessage() {}, onClose() {} };
  const link = await openTransport(() => inner)({ socket: 'x', timeoutMs: 1000, maxFrameBytes: 1 << 24 });
  const { write } = smallSchema.message('add_one');
  const send = (value: number) => link.send(write, { value }, 100, 7, value);
  return { link, inner, sent, send };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a link over a transport', () => {
  it('sends whole bodies, in order, at the end of the tick, each an own copy', async () => {
    const { sent, send, link } = await opened();
    for (const value of [1, 2, 3]) send(value);
    expect(sent).toEqual([]);
    await turn();
    const values = () => sent.map((bytes) => smallSchema.message('add_one').decode(bytes).value);
    expect(values()).toEqual([1, 2, 3]);
    send(4);
    await turn();
    expect(values()).toEqual([1, 2, 3, 4]);
    expect(link.bytesOut).toBe(4 * (16 + sent[0].length));
  });

  it('what has not left can be taken back', async () => {
    const { sent, send, link } = await opened();
    send(1);
    const place = send(2);
    send(3);
    expect(link.takeBack(place, 1)).toBe(true);
    await turn();
    expect(sent.map((bytes) => smallSchema.message('add_one').decode(bytes).value)).toEqual([1, 3]);
    expect(link.takeBack(place, 1)).toBe(false);
  });

  it('an answer from within send, of a tick that sends more than is kept: is heard when send has returned', async () => {
    const { inner, send, link } = await opened();
    const heard: string[] = [];
    link.onMessage = () => void heard.push('message');
    inner.send = () => {
      inner.send = () => {};
      inner.onMessage(body('add_one_reply', {}));
    };
    for (let value = 0; heard.length === 0 && value < 60_000; value++) {
      send(value);
      heard.push(...(heard.length > 0 ? ['too early'] : []));
    }
    await turn();
    expect(heard).toEqual(['message']);
  });

  it('answers from within send: are copies, and nothing that comes later overtakes them', async () => {
    const { inner, send, link } = await opened();
    const heard: number[] = [];
    const scratch = new Uint8Array(1);
    const give = (value: number) => {
      scratch[0] = value;
      inner.onMessage(scratch);
      scratch[0] = 0xff;
    };
    link.onMessage = (bytes, start) => void heard.push(bytes[start]);
    let given = 0;
    inner.send = () => {
      if (given < 2) give(++given);
    };
    for (let value = 0; given < 2 && value < 60_000; value++) send(value);
    give(3);
    await turn();
    expect(heard).toEqual([1, 2, 3]);
  });

  it('messages that are sent from within send: leave behind those that were sent before', async () => {
    const { inner, send } = await opened();
    const left: number[] = [];
    inner.send = (bytes) => {
      const { value } = smallSchema.message('add_one').decode(bytes);
      left.push(Number(value));
      // More than is kept until the end of a tick, as many waiting requests may be.
      if (value === 0) for (let more = 2; more < 60_000; more++) send(more);
    };
    send(0);
    send(1);
    await turn();
    await turn();
    expect(left).toEqual(Array.from({ length: 60_000 }, (_, value) => value));
  });

  it('counts whole messages and their bytes; says nothing after close()', async () => {
    const { inner, link } = await opened();
    const heard: unknown[] = [];
    link.onMessage = (bytes, start, end) => void heard.push(bytes.subarray(start, end).length);
    link.onClose = (cause) => void heard.push(cause);
    inner.onMessage(new Uint8Array(10));
    expect([heard, link.framesIn, link.bytesIn]).toEqual([[10], 1, 26]);
    link.close();
    inner.onMessage(new Uint8Array(10));
    inner.onClose(new Error('later'));
    await turn();
    expect(heard).toEqual([10]);
  });
});
