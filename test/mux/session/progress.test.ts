/** The deadline of a request that waits behind others. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { ignored } from '../../support/ignored.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How `promise` stands. */
function followed(promise: Promise<unknown>) {
  const seen: { state: string; error?: unknown; value?: unknown } = { state: 'pending' };
  promise.then(
    (value) => Object.assign(seen, { state: 'answered', value }),
    (error) => Object.assign(seen, { state: 'failed', error }),
  );
  return seen;
}

describe('a request that an answer made room for', () => {
  it('that answer is no progress behind it: it has its time once', async () => {
    const { channel, answer, sent } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    ignored(ch.request('add_one'));
    const second = followed(ch.request('add_one'));
    answer(0, 'add_one_reply');
    expect(sent()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5100);
    expect(second).toMatchObject({ error: { code: 'REPLY_TIMEOUT', outcome: 'unknown' } });
  });

  it('the next page of a list: likewise', async () => {
    const { channel, answer } = onMemory();
    const list = followed(channel().dump('item_get').toArray());
    answer(0, 'item_get_reply', { retval: -165, cursor: 7 });
    await vi.advanceTimersByTimeAsync(5100);
    expect(list).toMatchObject({ error: { code: 'REPLY_TIMEOUT' } });
  });
});

describe('a request behind others at VPP', () => {
  it("behind twenty readers' lists that VPP answers one after the other: is no hung one, and is answered", async () => {
    const { channel, answer } = onMemory();
    const readers = Array.from({ length: 20 }, () => channel().dump('thing_dump').toArray());
    const write = followed(channel().request('add_one', { value: 1 }));
    // A dump and its control_ping are two messages.
    for (let list = 0; list < 20; list++) {
      for (let second = 0; second < 4; second++) {
        await vi.advanceTimersByTimeAsync(1000);
        answer(list * 2, 'thing_details', { value: second });
      }
      answer(list * 2, 'control_ping_reply');
    }
    await Promise.all(readers);
    expect(write.state).toBe('pending');
    answer(40, 'add_one_reply', { value: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(write).toMatchObject({ state: 'answered', value: { value: 2 } });
  });

  it('behind one dump whose details never end: fails after a bounded time', async () => {
    const { channel, answer } = onMemory();
    const endless = followed(channel().dump('thing_dump').toArray());
    const write = followed(channel().request('add_one'));
    let seconds = 0;
    for (; write.state === 'pending' && seconds < 600; seconds++) {
      answer(0, 'thing_details', { value: seconds });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(write).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', outcome: 'unknown' } });
    expect(seconds).toBe(30);
    expect(endless.state).toBe('pending');
  });

  it('waiting for its turn behind a dump whose details never end: fails as not sent', async () => {
    const { channel, answer } = onMemory({ maxInFlight: 1 });
    channel()
      .dump('thing_dump')
      .toArray()
      .catch(() => {});
    const waiting = followed(channel().request('add_one'));
    for (let second = 0; second < 40; second++) {
      answer(0, 'thing_details', { value: second });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(waiting).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', outcome: 'not-sent' } });
  });

  it('passed over by VPP, which answers what was sent after it: fails, however much is answered', async () => {
    const { channel, answer } = onMemory();
    const ch = channel();
    const lost = followed(ch.request('add_one'));
    for (let second = 1; second <= 6; second++) {
      ignored(ch.request('add_one'));
      await vi.advanceTimersByTimeAsync(1000);
      answer(second, 'add_one_reply');
    }
    expect(lost).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT' } });
  });

  it('behind one that nobody answers: each fails at its time', async () => {
    const { channel } = onMemory();
    const ch = channel();
    const both = [followed(ch.request('add_one')), followed(ch.request('add_one'))];
    await vi.advanceTimersByTimeAsync(5200);
    expect(both.map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it("behind one whose caller gives it half a minute: waits for it, and for itself after that one's deadline", async () => {
    const { channel, answer, session } = onMemory();
    channel(); // number 1: number 0 is the mux's own
    const slow = followed(channel().request('add_one', {}, { timeoutMs: 30_000 }));
    const behind = followed(channel().request('add_one', { value: 1 }));
    await vi.advanceTimersByTimeAsync(29_000);
    expect([slow.state, behind.state]).toEqual(['pending', 'pending']);
    expect(session.progress.granted?.plan.name).toBe('add_one');
    answer(0, 'add_one_reply');
    answer(1, 'add_one_reply', { value: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect([slow.state, behind.state]).toEqual(['answered', 'answered']);
  });

  it('behind one whose caller gave it half a minute, which passes in silence: fails soon after, and grants end', async () => {
    const { channel, session } = onMemory();
    const slow = followed(channel().request('add_one', {}, { timeoutMs: 30_000 }));
    await vi.advanceTimersByTimeAsync(29_000);
    const another = followed(channel().request('add_one', {}, { timeoutMs: 60_000 }));
    const behind = followed(channel().request('add_one'));
    await vi.advanceTimersByTimeAsync(1200);
    expect(slow).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT' } });
    // VPP is at the one that is late: what was granted to those behind it is no reason to wait.
    expect(session.progress.granted).toBeUndefined();
    await vi.advanceTimersByTimeAsync(4000);
    expect([another.state, behind.state]).toEqual(['pending', 'failed']);
  });

  it('a deadline of its own: is exact, also behind others that are answered', async () => {
    const { channel, answer } = onMemory();
    const ch = channel();
    ignored(ch.request('add_one'));
    const exact = followed(ch.request('add_one', {}, { timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(90);
    answer(0, 'add_one_reply');
    await vi.advanceTimersByTimeAsync(20);
    expect(exact).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', afterMs: 100 } });
  });
});
