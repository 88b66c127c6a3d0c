import { afterEach, describe, expect, it, vi } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';

const values = (sent: { fields: Record<string, unknown> }[]) => sent.map(({ fields }) => fields.value);

afterEach(() => vi.useRealTimers());

describe('channel: its window', () => {
  it('requestBuffer requests are in flight; the rest follow in order, one for each answer', async () => {
    const { channel, sent, answer } = onMemory();
    const ch = channel({ requestBuffer: 2 });
    const replies = [0, 1, 2, 3].map((value) => ch.request('add_one', { value }));
    expect(values(sent())).toEqual([0, 1]);
    answer(1, 'add_one_reply');
    expect(values(sent())).toEqual([0, 1, 2]);
    answer(0, 'add_one_reply');
    answer(2, 'add_one_reply');
    answer(3, 'add_one_reply');
    await Promise.all(replies);
    expect(values(sent())).toEqual([0, 1, 2, 3]);
    expect(ch.outstanding).toBe(0);
  });

  it('a waiting request: was encoded when it was made, whatever happens to its object', async () => {
    const { channel, sent, answer } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    const fields = { value: 1 };
    ch.request('add_one', fields);
    const second = ch.request('add_one', fields);
    fields.value = 99;
    answer(0, 'add_one_reply');
    expect(values(sent())).toEqual([1, 1]);
    answer(1, 'add_one_reply');
    await second;
  });

  it('the session full: channels take turns, one request each', () => {
    const { channel, sent, answer } = onMemory({ maxInFlight: 1 });
    const channels = [channel(), channel()];
    for (const value of [10, 11, 12]) channels[0].request('add_one', { value }).catch(() => {});
    for (const value of [20, 21]) channels[1].request('add_one', { value }).catch(() => {});
    for (let index = 0; index < 5; index++) answer(index, 'add_one_reply');
    expect(values(sent())).toEqual([10, 11, 20, 12, 21]);
  });

  it('closing: fails what is in flight and what waits, and the window of others is untouched', async () => {
    const { channel, session, answer } = onMemory();
    const [ch, other] = [channel({ requestBuffer: 1 }), channel()];
    const results = Promise.allSettled([ch.request('add_one'), ch.request('add_one'), ch.dump('thing_dump').toArray()]);
    const kept = other.request('add_one', { value: 1 });
    ch.close();
    const reasons = (await results).map((result) => result.status === 'rejected' && result.reason);
    expect(reasons).toMatchObject([
      { code: 'CHANNEL_CLOSED', outcome: 'unknown' },
      { code: 'CHANNEL_CLOSED', outcome: 'not-sent' },
      { code: 'CHANNEL_CLOSED', outcome: 'not-sent' },
    ]);
    await expect(ch.request('add_one')).rejects.toMatchObject({ code: 'CHANNEL_CLOSED', outcome: 'not-sent' });
    answer(1, 'add_one_reply', { value: 2 });
    await expect(kept).resolves.toMatchObject({ value: 2 });
    expect(session.inFlight).toBe(0);
  });

  it('a deadline: REPLY_TIMEOUT with the outcome; those waiting behind a silent VPP fail as not sent', async () => {
    vi.useFakeTimers();
    const { channel } = onMemory();
    const ch = channel({ requestBuffer: 1, replyTimeoutMs: 200 });
    const results = Promise.allSettled([ch.request('add_one'), ch.request('add_one'), ch.request('add_one')]);
    await vi.advanceTimersByTimeAsync(250);
    const reasons = (await results).map((result) => result.status === 'rejected' && result.reason);
    expect(reasons).toMatchObject([
      { code: 'REPLY_TIMEOUT', outcome: 'unknown', afterMs: 200 },
      { code: 'REPLY_TIMEOUT', outcome: 'not-sent' },
      { code: 'REPLY_TIMEOUT', outcome: 'not-sent' },
    ]);
  });

  it('waiting behind a VPP that answers: takes as long as it takes', async () => {
    vi.useFakeTimers();
    const { channel, answer } = onMemory();
    const ch = channel({ requestBuffer: 1, replyTimeoutMs: 200 });
    const replies = Promise.all([0, 1, 2, 3].map((value) => ch.request('add_one', { value })));
    for (let index = 0; index < 4; index++) {
      await vi.advanceTimersByTimeAsync(150);
      answer(index, 'add_one_reply', { value: index });
    }
    expect((await replies).length).toBe(4);
  });

  it('a deadline of its own: counts from the call, also while it waits', async () => {
    vi.useFakeTimers();
    const { channel } = onMemory();
    const ch = channel({ requestBuffer: 1 });
    ch.request('add_one').catch(() => {});
    const second = ch.request('add_one', {}, { timeoutMs: 100 });
    const failed = expect(second).rejects.toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'not-sent' });
    await vi.advanceTimersByTimeAsync(150);
    await failed;
  });

  it('options out of range: are refused with their name', async () => {
    const { channel } = onMemory();
    expect(() => channel({ requestBuffer: 0 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    await expect(channel().request('add_one', {}, { timeoutMs: Number.NaN })).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
  });
});
