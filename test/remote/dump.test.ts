/** Dumps over a remote connection: as far as their reader goes. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Channel, Untyped } from '../../src/mux/index.js';
import type { ClientFrame } from '../../src/remote/protocol/index.js';
import { type FakeSocket, remoteWorld } from './support/fake-agent.js';

/** Answers dumps with rows as their credit allows, and keeps how much was given. */
function dumping(count: number, reply?: Record<string, unknown>) {
  const state = { sent: 0, given: 0, mostOpen: 0 };
  const sendMore = (id: number, socket: FakeSocket) => {
    const rows = Array.from({ length: Math.min(count, state.given) - state.sent }, (_, at) => ({ n: state.sent + at }));
    state.sent += rows.length;
    if (rows.length > 0) socket.send({ type: 'details', id, rows });
    if (state.sent === count) socket.send({ type: 'end', id, ...(reply && { reply }) });
  };
  const answer = (frame: ClientFrame, socket: FakeSocket) => {
    if (frame.type === 'dump') Object.assign(state, { sent: 0, given: frame.credit ?? 0 });
    else if (frame.type === 'credit') state.given += frame.count;
    else return;
    state.mostOpen = Math.max(state.mostOpen, state.given - state.sent);
    sendMore(frame.id, socket);
  };
  return { answer, state };
}

describe('a dump', () => {
  it('for await: all rows in order, and nothing is sent before it is read; each time anew', async () => {
    const { answer, state } = dumping(1000);
    const { vpp, socket } = await remoteWorld({ answer });
    const dump = vpp.channel({ replyBuffer: 64 }).dump('thing_dump', { all: true });
    for (let round = 0; round < 2; round++) {
      expect(socket.of('dump')).toHaveLength(round);
      const seen: unknown[] = [];
      for await (const { n } of dump) seen.push(n);
      expect(seen).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    }
    expect(state.mostOpen).toBeLessThanOrEqual(32);
    expect(socket.of('dump')[0]).toMatchObject({
      channel: 1,
      message: 'thing_dump',
      fields: { all: true },
      credit: 32,
    });
  });

  it('a reader that stops: no more than the buffer is sent', async () => {
    const { answer, state } = dumping(1000);
    const { vpp, socket } = await remoteWorld({ answer });
    const reader = vpp.channel({ replyBuffer: 64 }).dump('thing_dump')[Symbol.asyncIterator]();
    await reader.next();
    // All that was sent has arrived when the answer to a later request has.
    const ch = vpp.channel();
    const reply = ch.request('m');
    const { id } = await socket.next('request');
    socket.send({ type: 'reply', id, fields: {} });
    await reply;
    expect(state.sent).toBeLessThanOrEqual(64);
    await reader.return?.();
    expect((await socket.next('cancel')).id).toBe(socket.of('dump')[0].id);
  });

  it('large rows: fewer of them, so that replyBytes is kept', async () => {
    const { vpp, socket } = await remoteWorld();
    const reader = vpp.channel({ replyBytes: 20_000 }).dump('thing_dump')[Symbol.asyncIterator]();
    const first = reader.next();
    const { id, credit } = await socket.next('dump');
    expect(credit).toBe(Math.floor(10_000 / 256));
    socket.send({
      type: 'details',
      id,
      rows: Array.from({ length: credit ?? 0 }, () => ({ data: new Uint8Array(1000) })),
    });
    await first;
    for (let read = 1; read < (credit ?? 0); read++) await reader.next();
    expect((await socket.next('credit')).count).toBeLessThan(10);
  });

  it('toArray and observe: all rows; the reply that ended it is there afterwards', async () => {
    const reply = { retval: 0, cursor: 9n };
    const { answer } = dumping(300, reply);
    const { vpp } = await remoteWorld({ answer });
    const dump = vpp.channel({ replyBuffer: 10 }).dump('thing_dump');
    expect(dump.reply).toBeUndefined();
    expect(await dump.toArray()).toHaveLength(300);
    expect(dump.reply).toEqual(reply);
    let observed = 0;
    await dump.observe().forEach(() => {
      observed++;
    });
    expect(observed).toBe(300);
  });

  it('observe, unsubscribed: the agent is told', async () => {
    const { vpp, socket } = await remoteWorld();
    const subscription = vpp.channel().dump('thing_dump').observe().subscribe();
    const { id } = await socket.next('dump');
    subscription.unsubscribe();
    expect(await socket.next('cancel')).toEqual({ type: 'cancel', id });
  });

  it('that fails: its error with the count of what had arrived', async () => {
    const error = { code: 'DUMP_INCOMPLETE', message: 'ended early', arrived: 1 };
    const { vpp } = await remoteWorld({
      answer(frame, socket) {
        if (frame.type !== 'dump') return;
        socket.send({ type: 'details', id: frame.id, rows: [{ n: 1 }] }, { type: 'error', id: frame.id, error });
      },
    });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const row of vpp.channel().dump('thing_dump')) seen.push(row);
    })();
    await expect(reading).rejects.toMatchObject(error);
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('packed rows that are none: PROTOCOL, and the agent is told', async () => {
    const { vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type !== 'dump') return;
        to.send({ type: 'packed', id: frame.id, shape: [['a'], [0]], count: 3, data: new Uint8Array([1, 2]) });
      },
    });
    const rows = vpp.channel().dump('thing_dump').toArray();
    await expect(rows).rejects.toMatchObject({ code: 'PROTOCOL', message: expect.stringContaining('cut short') });
    await socket.next('cancel');
  });

  it('no answer: ends by itself behind both deadlines of the agent, that of its turn and that of VPP', async () => {
    const { vpp, socket } = await remoteWorld();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const ch = vpp.channel();
    const ended = vi.fn();
    const rows = ch.dump('thing_dump', {}, { timeoutMs: 5000 }).toArray();
    void rows.catch(ended);
    await socket.next('dump');
    vi.advanceTimersByTime(11_999);
    await answered(ch, socket, 0);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    await expect(rows).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', afterMs: 12_000 });
  });

  it('no time runs while the agent waits for the reader; then it does', async () => {
    const { vpp, socket } = await remoteWorld();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const ch = vpp.channel({ replyBuffer: 4 });
    const reader = ch.dump('thing_dump', {}, { timeoutMs: 1000 })[Symbol.asyncIterator]();
    const first = reader.next();
    const { id, credit } = await socket.next('dump');
    expect(credit).toBe(2);
    socket.send({ type: 'details', id, rows: [{ n: 1 }, { n: 2 }] });
    await first;
    expect(await socket.next('credit')).toMatchObject({ count: 2 });
    socket.send({ type: 'details', id, rows: [{ n: 3 }, { n: 4 }] });
    await answered(ch, socket, 0);
    vi.advanceTimersByTime(60_000);
    await answered(ch, socket, 1);
    expect(socket.of('cancel')).toEqual([]);
    for (const n of [2, 3, 4]) expect(await reader.next()).toEqual({ done: false, value: { n } });
    const fifth = reader.next().catch((error: unknown) => error);
    await socket.next('credit', 1);
    vi.advanceTimersByTime(4000);
    expect(await fifth).toMatchObject({ code: 'REPLY_TIMEOUT' });
  });
});

/** Resolves when the answer to one more request, the `index`th, has come: all before it has come as well, both ways. */
async function answered(ch: Channel<Untyped>, socket: FakeSocket, index: number): Promise<void> {
  const reply = ch.request('m');
  const { id } = await socket.next('request', index);
  socket.send({ type: 'reply', id, fields: {} });
  await reply;
}
