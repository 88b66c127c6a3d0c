/** Requests that go alone: what waits for them, what they wait for, and what deadlines mean meanwhile. */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SLOW_REQUESTS, slowRequest } from '../../../src/mux/quirks/slow-requests.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { ignored } from '../../support/ignored.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function followed(promise: Promise<unknown>) {
  const seen: { state: string; error?: unknown } = { state: 'pending' };
  promise.then(
    () => Object.assign(seen, { state: 'answered' }),
    (error) => Object.assign(seen, { state: 'failed', error }),
  );
  return seen;
}

const nappers = () => onMemory({ exclusive: ['nap'] });
const tick = () => vi.advanceTimersByTimeAsync(0);

describe('a request that goes alone', () => {
  it('waits until all that is in flight is answered; nothing else is sent until it is answered itself', async () => {
    const { channel, answer, sent } = nappers();
    const [a, b] = [channel(), channel()];
    const before = followed(a.request('add_one', { value: 1 }));
    const nap = followed(b.request('nap'));
    const after = [followed(a.request('add_one', { value: 2 })), followed(channel().dump('thing_dump').toArray())];
    expect(sent().map(({ name }) => name)).toEqual(['add_one']);
    answer(0, 'add_one_reply');
    // `after[0]` was not waiting when the nap began to.
    expect(sent().map(({ name }) => name)).toEqual(['add_one', 'nap']);
    await vi.advanceTimersByTimeAsync(4000);
    expect(sent()).toHaveLength(2);
    answer(1, 'nap_reply');
    expect(sent().map(({ name }) => name)).toEqual(['add_one', 'nap', 'add_one', 'thing_dump', 'control_ping']);
    answer(2, 'add_one_reply');
    answer(3, 'control_ping_reply');
    await tick();
    expect([before, nap, ...after].map(({ state }) => state)).toEqual(Array(4).fill('answered'));
  });

  it('with nothing in flight: is sent at once', () => {
    const { channel, sent } = nappers();
    ignored(channel().request('nap'));
    expect(sent()).toHaveLength(1);
  });

  it('VPP is silent meanwhile: that is granted to it until its deadline, and no longer', async () => {
    const { channel, session } = nappers();
    const nap = followed(channel().request('nap'));
    await vi.advanceTimersByTimeAsync(4900);
    expect(session.progress.granted?.plan.name).toBe('nap');
    await vi.advanceTimersByTimeAsync(200);
    expect(nap).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', outcome: 'unknown' } });
    expect(session.progress.granted).toBeUndefined();
  });

  it('what is held back for it: does not run out of its time, and is sent when that ends without an answer', async () => {
    const { channel, sent, session } = nappers();
    void channel()
      .request('nap', {}, { timeoutMs: 20_000 })
      .catch(() => {});
    const held = followed(channel().request('add_one'));
    await vi.advanceTimersByTimeAsync(19_900);
    expect(held.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(300);
    expect(sent().map(({ name }) => name)).toEqual(['nap', 'add_one']);
    await vi.advanceTimersByTimeAsync(6000);
    expect(held).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', outcome: 'unknown' } });
    expect(session.inFlight).toBe(0);
  });

  it('a deadline that its caller gave what is held back: is kept, and the error says what it waited for', async () => {
    const { channel } = nappers();
    ignored(channel().request('nap', {}, { timeoutMs: 20_000 }));
    const hurried = followed(channel().request('add_one', {}, { timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(150);
    expect(hurried).toMatchObject({
      state: 'failed',
      error: {
        code: 'REPLY_TIMEOUT',
        outcome: 'not-sent',
        message: expect.stringMatching(/VPP has been at nap for \d+ ms, which goes alone because this program says so/),
      },
    });
  });

  it('what is in flight is never answered: fails as not sent, and the others go on', async () => {
    const { channel, sent } = nappers();
    void channel()
      .request('add_one', {}, { timeoutMs: 60_000 })
      .catch(() => {});
    const nap = followed(channel().request('nap', {}, { timeoutMs: 1000 }));
    ignored(channel().request('add_one'));
    await vi.advanceTimersByTimeAsync(1100);
    expect(nap).toMatchObject({ state: 'failed', error: { code: 'REPLY_TIMEOUT', outcome: 'not-sent' } });
    expect(sent().map(({ name }) => name)).toEqual(['add_one', 'add_one']);
  });

  it('one after the other from one channel: what waits elsewhere has its turn in between', async () => {
    const { channel, answer, sent } = nappers();
    const napper = channel({ requestBuffer: 1 });
    for (let i = 0; i < 3; i++) ignored(napper.request('nap', { value: i }));
    const worker = channel({ requestBuffer: 2 });
    for (let i = 0; i < 6; i++) ignored(worker.request('add_one', { value: i }));
    for (let i = 0; i < 9; i++) answer(i, sent()[i].name === 'nap' ? 'nap_reply' : 'add_one_reply');
    expect(sent().map(({ name }) => name)).toEqual(['nap', ...Array(6).fill('add_one'), 'nap', 'nap']);
  });

  it('others that never stop: it has its turn all the same', async () => {
    const { channel, answer, sent } = nappers();
    const worker = channel({ requestBuffer: 4 });
    for (let i = 0; i < 8; i++) ignored(worker.request('add_one'));
    ignored(channel().request('nap'));
    for (let i = 0; i < 40 && !sent().some(({ name }) => name === 'nap'); i++) {
      answer(i, 'add_one_reply');
      ignored(worker.request('add_one'));
    }
    // Four were in flight and four waited when it came.
    expect(sent().map(({ name }) => name)).toEqual([...Array(8).fill('add_one'), 'nap']);
  });

  it('its channel is closed while it waits: the others go on', () => {
    const { channel, answer, sent } = nappers();
    ignored(channel().request('add_one'));
    const napper = channel();
    napper.request('nap').catch(() => {});
    ignored(channel().request('add_one'));
    expect(sent()).toHaveLength(1);
    napper.close();
    expect(sent()).toHaveLength(2);
    answer(0, 'add_one_reply');
    answer(1, 'add_one_reply');
  });

  it('given up by its caller while VPP is at it: nothing else is sent before VPP has answered', async () => {
    const { channel, answer, sent, session, late } = nappers();
    const leave = new AbortController();
    const nap = followed(channel().request('nap', {}, { signal: leave.signal }));
    const next = followed(channel().request('add_one'));
    leave.abort();
    await tick();
    expect(nap).toMatchObject({ state: 'failed', error: { code: 'ABORTED', outcome: 'unknown' } });
    expect(sent().map(({ name }) => name)).toEqual(['nap']);
    expect(session.progress.granted?.plan.name).toBe('nap');
    answer(0, 'nap_reply');
    expect(sent().map(({ name }) => name)).toEqual(['nap', 'add_one']);
    expect(late.map(({ messageName }) => messageName)).toEqual(['nap_reply']);
    answer(1, 'add_one_reply');
    await tick();
    expect(next.state).toBe('answered');
    expect(session.inFlight).toBe(0);
  });

  it('its channel is closed while VPP is at it: the same, but not beyond its deadline', async () => {
    const { channel, sent, session } = nappers();
    const napper = channel();
    const nap = followed(napper.request('nap'));
    ignored(channel().request('add_one'));
    napper.close();
    await vi.advanceTimersByTimeAsync(4900);
    expect(nap).toMatchObject({ state: 'failed', error: { code: 'CHANNEL_CLOSED' } });
    expect(sent()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent()).toHaveLength(2);
    expect(session.inFlight).toBe(1);
  });

  it('given up before its bytes have left: the next one goes at once', async () => {
    const { channel, link, sent } = nappers();
    link.holdsFrom = 0;
    const leave = new AbortController();
    const nap = followed(channel().request('nap', {}, { signal: leave.signal }));
    ignored(channel().request('add_one'));
    leave.abort();
    await tick();
    expect(nap).toMatchObject({ error: { code: 'ABORTED', outcome: 'not-sent' } });
    expect(sent().map(({ name }) => name)).toEqual(['nap', 'add_one']);
  });

  it('one that VPP answers before it begins (a ping): is alone until its event, or for its timeout', async () => {
    const { channel, answer, receive, sent, session } = onMemory();
    const pinger = channel();
    const pings = [1, 2].map((repeat) => followed(pinger.request('want_ping_finished_events', { repeat })));
    const next = followed(channel().request('add_one'));
    answer(0, 'want_ping_finished_events_reply');
    await tick();
    expect(pings[0].state).toBe('answered');
    expect(sent()).toHaveLength(1);
    expect(session.progress.granted?.plan.name).toBe('want_ping_finished_events');
    receive('ping_finished_event', { request_count: 1 });
    expect(sent().map(({ name }) => name)).toEqual(['want_ping_finished_events', 'add_one']);
    answer(1, 'add_one_reply');
    expect(sent().at(-1)?.name).toBe('want_ping_finished_events');
    answer(2, 'want_ping_finished_events_reply');
    const last = followed(channel().request('add_one'));
    await vi.advanceTimersByTimeAsync(6900);
    expect(sent()).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent()).toHaveLength(4);
    answer(3, 'add_one_reply');
    await tick();
    expect([next, last, ...pings].map(({ state }) => state)).toEqual(Array(4).fill('answered'));
    expect(session.inFlight).toBe(0);
  });

  it('a ping that VPP refuses: is over at once', () => {
    const { channel, answer, sent } = onMemory();
    channel()
      .request('want_ping_finished_events')
      .catch(() => {});
    ignored(channel().request('add_one'));
    answer(0, 'want_ping_finished_events_reply', { retval: -1 });
    expect(sent()).toHaveLength(2);
  });

  it('the mux itself sends it, for a subscription: VPP is silent, and that is granted to it', async () => {
    const { channel, subscriptions, sent, session } = onMemory();
    const sink = { next() {}, ready() {}, error() {}, complete() {} };
    subscriptions.add('ping_finished_event', sink, { repeat: 10 });
    await tick();
    ignored(channel().request('add_one'));
    expect(sent().map(({ name }) => name)).toEqual(['want_ping_finished_events']);
    expect(session.progress.granted?.plan.name).toBe('want_ping_finished_events');
  });

  it('for a subscription that ends before it is sent: is not sent', async () => {
    const { channel, subscriptions, answer, sent } = onMemory();
    ignored(channel().request('add_one'));
    const sink = { next() {}, ready() {}, error() {}, complete() {} };
    const end = subscriptions.add('ping_finished_event', sink, { repeat: 10 });
    await tick();
    end();
    answer(0, 'add_one_reply');
    expect(sent()).toHaveLength(1);
  });

  it('waits behind a request that was given a long time: what waits for it does not run out of its time either', async () => {
    const { channel, answer, sent } = nappers();
    ignored(channel().request('add_one', { value: 1 }, { timeoutMs: 60_000 }));
    const nap = followed(channel().request('nap'));
    const held = followed(channel().request('add_one', { value: 2 }));
    await vi.advanceTimersByTimeAsync(30_000);
    expect([nap.state, held.state]).toEqual(['pending', 'pending']);
    answer(0, 'add_one_reply');
    expect(sent().at(-1)?.name).toBe('nap');
  });

  it('the session ends: all of it fails, nothing is left', async () => {
    const { channel, link, session } = nappers();
    const all = [
      followed(channel().request('nap')),
      followed(channel().request('nap')),
      followed(channel().request('add_one')),
    ];
    link.lose(new Error('VPP closed the connection'));
    await tick();
    expect(all.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
    expect(session.inFlight).toBe(0);
  });
});

describe('the table of slow requests', () => {
  const names = Object.keys(SLOW_REQUESTS);

  it.each(names)('%s: says why and where that was seen, and the docs do as well', (name) => {
    const { why, seen } = SLOW_REQUESTS[name];
    expect(why.length).toBeGreaterThan(20);
    expect(seen).toMatch(/run: |src: /);
    const docs = readFileSync(new URL('../../../docs/client.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\`${name}\``);
  });

  it('a ping or an arping: may take as long as its fields say, besides the usual time', () => {
    const ms = (name: string, fields: object) => SLOW_REQUESTS[name].ms?.({ ...fields });
    expect(ms('want_ping_finished_events', { repeat: 10, interval: 0.5 })).toBe(5000);
    expect(ms('arping', {})).toBe(2000);
    expect(ms('arping', { repeat: 4, interval: 2 })).toBe(9000);
    expect(ms('arping', { repeat: 'x' })).toBe(1000);
  });

  it('what concerns a plugin: only where VPP has it; names of the user: always', () => {
    const [with_, without] = [new Map([['avf_create', 1]]), new Map()];
    expect(slowRequest('sw_interface_set_promisc', with_, [])?.why).toContain('AVF');
    expect(slowRequest('sw_interface_set_promisc', without, [])).toBeUndefined();
    expect(slowRequest('sw_interface_set_promisc', without, ['sw_interface_set_promisc'])?.why).toContain('exclusive');
    expect(slowRequest('constructor', without, [])).toBeUndefined();
  });
});

describe('channels that only read', () => {
  it('twenty lists of readers: two are at VPP, and a write goes next', async () => {
    const { channel, answer, sent, session } = onMemory();
    const lists = Array.from({ length: 20 }, () => followed(channel({ access: 'read' }).dump('thing_dump').toArray()));
    expect(sent().map(({ name }) => name)).toEqual(['thing_dump', 'control_ping', 'thing_dump', 'control_ping']);
    const write = followed(channel().request('add_one', { value: 1 }));
    expect(sent().at(-1)?.name).toBe('add_one');
    answer(0, 'control_ping_reply');
    answer(2, 'control_ping_reply');
    answer(4, 'add_one_reply');
    await tick();
    expect(write.state).toBe('answered');
    for (let i = 5; i < 5 + 18 * 2; i += 2) answer(i, 'control_ping_reply');
    await tick();
    expect(lists.map(({ state }) => state)).toEqual(Array(20).fill('answered'));
    expect(session.inFlight).toBe(0);
  });

  it('many small requests of readers: have a quarter of the window, writes the rest at once', async () => {
    const { channel, answer, sent } = onMemory({ maxInFlight: 8 });
    for (let i = 0; i < 10; i++)
      void channel({ access: 'read' })
        .dump('item_get')
        .toArray()
        .catch(() => {});
    expect(sent()).toHaveLength(2);
    for (let i = 0; i < 6; i++) ignored(channel().request('add_one'));
    expect(sent()).toHaveLength(8);
    answer(0, 'item_get_reply');
    expect(sent().at(-1)?.name).toBe('item_get');
  });

  it('a full window of writes: readers keep their share of it', () => {
    const { channel, answer, sent } = onMemory({ maxInFlight: 4 });
    const writer = channel();
    for (let i = 0; i < 100; i++) ignored(writer.request('add_one'));
    ignored(channel({ access: 'read' }).dump('thing_dump').toArray());
    answer(0, 'add_one_reply');
    expect(sent().at(-2)?.name).toBe('thing_dump');
  });

  it('a reader who leaves his list: its place is free when VPP has ended it', async () => {
    const { channel, answer, sent } = onMemory();
    const leaver = channel({ access: 'read' });
    for (let i = 0; i < 2; i++)
      leaver
        .dump('thing_dump')
        .toArray()
        .catch(() => {});
    ignored(channel({ access: 'read' }).dump('thing_dump').toArray());
    leaver.close();
    expect(sent()).toHaveLength(4);
    answer(0, 'control_ping_reply');
    expect(sent()).toHaveLength(6);
  });
});
