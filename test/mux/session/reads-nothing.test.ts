/** A VPP that reads nothing: what has not left is bounded, can be taken back, and is told as not sent. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

afterEach(() => vi.useRealTimers());

describe('requests whose bytes have not left', () => {
  it('given up by a signal, a deadline or a closed channel: are taken back, and not sent', async () => {
    vi.useFakeTimers();
    const { channel, link, session, late } = onMemory();
    link.holdsFrom = 0;
    const leave = new AbortController();
    const ch = channel();
    const results = Promise.allSettled([
      ch.request('add_one', {}, { signal: leave.signal }),
      ch.request('add_one', {}, { timeoutMs: 50 }),
      ch.request('add_one'),
    ]);
    leave.abort();
    await vi.advanceTimersByTimeAsync(100);
    session.cancelAll(ch.window, (exchange) => new Error(`${exchange.wasSent}`));
    const reasons = (await results).map((result) => result.status === 'rejected' && result.reason);
    expect(reasons).toMatchObject([
      { code: 'ABORTED', outcome: 'not-sent' },
      { code: 'REPLY_TIMEOUT', outcome: 'not-sent' },
      { message: 'false' },
    ]);
    expect([link.takenBack, session.inFlight, ch.outstanding, late]).toEqual([[0, 1, 2], 0, 0, []]);
  });

  it('a dump: is taken back with its ping, and holds no place', async () => {
    const { channel, link, session } = onMemory();
    link.holdsFrom = 0;
    const leave = new AbortController();
    const list = channel({ requestBuffer: 1 }).dump('thing_dump', {}, { signal: leave.signal }).toArray();
    leave.abort();
    await expect(list).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    expect([link.takenBack, session.inFlight]).toEqual([[0, 1], 0]);
  });

  it('one that has left: is unknown, as ever', async () => {
    const { channel, link } = onMemory();
    const leave = new AbortController();
    const reply = channel().request('add_one', {}, { signal: leave.signal });
    leave.abort();
    await expect(reply).rejects.toMatchObject({ code: 'ABORTED', outcome: 'unknown' });
    expect(link.takenBack).toEqual([]);
  });
});

describe('while nothing more should be added', () => {
  it('requests wait in their channels, and go in order when there is room again', async () => {
    const { channel, link, sent, answer } = onMemory();
    const [a, b] = [channel(), channel()];
    link.isCongested = true;
    const replies = [a.request('add_one', { value: 1 }), a.request('add_one', { value: 2 }), b.request('add_one')];
    expect([link.sent.length, a.figures.waiting, b.figures.waiting]).toEqual([0, 2, 1]);
    link.isCongested = false;
    link.onRoom();
    expect(sent().map(({ fields }) => fields.value)).toEqual([1, 0, 2]);
    for (const index of [0, 1, 2]) answer(index, 'add_one_reply');
    await Promise.all(replies);
  });

  it('bytes that wait have a bound: what goes beyond fails at once, and room counts again', async () => {
    vi.useFakeTimers();
    const size = 14; // of an add_one
    const { channel, link, session } = onMemory({ maxWaitingBytes: 3 * size });
    const ch = channel();
    link.isCongested = true;
    const waiting = Promise.allSettled([1, 2, 3].map((value) => ch.request('add_one', { value }, { timeoutMs: 50 })));
    await expect(ch.request('add_one')).rejects.toMatchObject({ code: 'BACKLOG_FULL', outcome: 'not-sent' });
    await vi.advanceTimersByTimeAsync(100);
    expect((await waiting).map((result) => result.status === 'rejected' && result.reason.outcome)).toEqual(
      Array(3).fill('not-sent'),
    );
    expect([session.fairQueue.waitingBytes, ch.outstanding, session.inFlight]).toEqual([0, 0, 0]);
    ch.request('add_one').catch(() => {});
    expect(session.fairQueue.waitingBytes).toBe(size);
    ch.close();
    expect(session.fairQueue.waitingBytes).toBe(0);
  });

  it('requests given up where they wait: keep no bytes, however many places of the queue they have', async () => {
    const { channel, link, session } = onMemory();
    const ch = channel();
    link.isCongested = true;
    const leave = new AbortController();
    const all = Promise.allSettled(
      Array.from({ length: 500 }, () => ch.request('add_one', {}, { signal: leave.signal })),
    );
    expect(session.fairQueue.waitingBytes).toBe(500 * 14);
    leave.abort();
    await all;
    expect([session.fairQueue.waitingBytes, ch.outstanding]).toEqual([0, 0]);
  });
});
