/** Requests over a remote connection. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FieldError, RefusedError, RetvalError, TimeoutError, VppmuxError } from '../../src/mux/index.js';
import type { ChannelError, ClientFrame } from '../../src/remote/protocol/index.js';
import { type FakeSocket, remoteWorld } from './support/fake-agent.js';

const failing = (error: ChannelError) => (frame: ClientFrame, socket: FakeSocket) => {
  if (frame.type === 'request') socket.send({ type: 'error', id: frame.id, error });
};

describe('a request', () => {
  it('resolves with the reply, whose values are those of a local channel', async () => {
    const fields = { retval: 0, big: 2n ** 63n, data: new Uint8Array([1, 2]), name: 'ä', list: [{ on: true }] };
    const { vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type === 'request') to.send({ type: 'reply', id: frame.id, fields });
      },
    });
    const sent = { at: 7n, bytes: new Uint8Array([9]) };
    expect(await vpp.channel().request('show_version', sent)).toEqual(fields);
    expect(socket.of('request')).toEqual([
      { type: 'request', id: expect.any(Number), channel: 1, message: 'show_version', fields: sent },
    ]);
  });

  it('its channel is opened with its options, and its own options go along', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel({
      name: 'mine',
      access: 'read',
      requestBuffer: 3,
      replyBuffer: 4,
      replyBytes: 5000,
      replyTimeoutMs: 6,
    });
    void ch.request('show_version', {}, { timeoutMs: 70, anyRetval: true }).catch(() => {});
    expect(await socket.next('request')).toMatchObject({ timeoutMs: 70, anyRetval: true });
    expect(socket.of('open')).toEqual([
      {
        ...{
          type: 'open',
          channel: 1,
          name: 'mine',
          access: 'read',
          requestBuffer: 3,
          replyBuffer: 4,
          replyBytes: 5000,
        },
        replyTimeoutMs: 6,
      },
    ]);
  });

  it('the window: so many are at the agent, the rest goes out in order when one has ended', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel({ requestBuffer: 2 });
    const all = ['a', 'b', 'c', 'd'].map((name) => ch.request(name));
    const first = await socket.next('request', 0);
    await socket.next('request', 1);
    expect(socket.of('request')).toHaveLength(2);
    socket.send({ type: 'reply', id: first.id, fields: { of: 'a' } });
    expect(await all[0]).toEqual({ of: 'a' });
    const third = await socket.next('request', 2);
    expect(third.message).toBe('c');
    for (const { id, message } of [await socket.next('request', 1), third])
      socket.send({ type: 'reply', id, fields: { of: message } });
    const last = await socket.next('request', 3);
    socket.send({ type: 'reply', id: last.id, fields: {} });
    expect(await Promise.all(all)).toEqual([{ of: 'a' }, { of: 'b' }, { of: 'c' }, {}]);
  });

  it('more than the agent allows at a time: the rest waits, whatever their channel', async () => {
    const { vpp, socket } = await remoteWorld({ limits: { streams: 3 } });
    const channels = [vpp.channel(), vpp.channel(), vpp.channel()];
    // One of the three is the connection's own, which watches the state.
    const all = channels.map((ch, index) => ch.request(`m${index}`));
    await socket.next('request', 1);
    for (let index = 0; index < 3; index++) {
      const { id } = await socket.next('request', index);
      socket.send({ type: 'reply', id, fields: { index } });
    }
    expect(await Promise.all(all)).toEqual([{ index: 0 }, { index: 1 }, { index: 2 }]);
  });

  it.each([
    [FieldError, { code: 'BAD_FIELD', message: 'bad', path: 'a.b', outcome: 'not-sent' }],
    [
      TimeoutError,
      { code: 'REPLY_TIMEOUT', message: 'late', outcome: 'unknown', afterMs: 5, messageName: 'm', context: 3 },
    ],
    [RefusedError, { code: 'READ_ONLY', message: 'no', outcome: 'not-sent' }],
    [VppmuxError, { code: 'UNKNOWN_MESSAGE', message: 'what; try shaw', hint: 'try shaw', nearest: ['show'] }],
  ] as const)('refused: %o with its code and fields', async (kind, error) => {
    const { vpp } = await remoteWorld({ answer: failing(error) });
    const thrown = await vpp
      .channel()
      .request('m')
      .catch((each: unknown) => each);
    expect(thrown).toBeInstanceOf(kind);
    expect(thrown).toMatchObject(error);
  });

  it('refused by VPP: RetvalError with number, name, words and reply', async () => {
    const reply = { retval: -2, index: 1n };
    const error = {
      code: 'RETVAL',
      message: 'VPP refused',
      retval: -2,
      retvalName: 'INVALID_SW_IF_INDEX',
      text: 'no',
      reply,
    };
    const { vpp } = await remoteWorld({ answer: failing(error) });
    const thrown = await vpp
      .channel()
      .request('m')
      .catch((each: unknown) => each);
    expect(thrown).toBeInstanceOf(RetvalError);
    expect(thrown).toMatchObject({ code: 'RETVAL', retval: -2, retvalName: 'INVALID_SW_IF_INDEX', text: 'no', reply });
    expect((thrown as RetvalError).reason).toBe('INVALID_SW_IF_INDEX (-2): no');
  });

  it("its error's stack leads to the line that awaits it", async () => {
    const { vpp } = await remoteWorld({ answer: failing({ code: 'READ_ONLY', message: 'no' }) });
    const ch = vpp.channel();
    async function theCaller() {
      await ch.request('m');
    }
    await expect(theCaller()).rejects.toMatchObject({ stack: expect.stringContaining('theCaller') });
  });

  it('a value that has no form: BAD_FIELD, not sent, and the window goes on', async () => {
    const { vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type === 'request') to.send({ type: 'reply', id: frame.id, fields: {} });
      },
    });
    const ch = vpp.channel({ requestBuffer: 1 });
    await expect(ch.request('m', { f: () => 1 })).rejects.toMatchObject({ code: 'BAD_FIELD', outcome: 'not-sent' });
    expect(await ch.request('n')).toEqual({});
    expect(socket.of('request').map(({ message }) => message)).toEqual(['n']);
  });

  it('no answer: ends by itself behind the deadline of the agent, which is told', async () => {
    const { vpp, socket } = await remoteWorld();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const reply = vpp
      .channel()
      .request('m', {}, { timeoutMs: 100 })
      .catch((error: unknown) => error);
    const { id } = await socket.next('request');
    vi.advanceTimersByTime(2100);
    expect(await reply).toMatchObject({ code: 'REPLY_TIMEOUT', outcome: 'unknown' });
    expect(await socket.next('cancel')).toEqual({ type: 'cancel', id });
  });

  it('its signal: ABORTED, and the agent is told; aborted before: nothing is sent', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel();
    const stop = new AbortController();
    const reply = ch.request('m', {}, { signal: stop.signal }).catch((error: unknown) => error);
    const { id } = await socket.next('request');
    stop.abort(new Error('enough'));
    expect(await reply).toMatchObject({ code: 'ABORTED', outcome: 'unknown', cause: { message: 'enough' } });
    expect((await socket.next('cancel')).id).toBe(id);
    await expect(ch.request('m', {}, { signal: stop.signal })).rejects.toMatchObject({
      code: 'ABORTED',
      outcome: 'not-sent',
    });
    expect(socket.of('request')).toHaveLength(1);
  });

  it('given up: keeps its place in the window until the agent has ended it', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel({ requestBuffer: 1 });
    const stop = new AbortController();
    const first = ch.request('a', {}, { signal: stop.signal }).catch(() => {});
    const second = ch.request('b');
    const { id } = await socket.next('request');
    stop.abort();
    await first;
    await socket.next('cancel');
    expect(socket.of('request')).toHaveLength(1);
    socket.send({ type: 'end', id });
    const next = await socket.next('request', 1);
    socket.send({ type: 'reply', id: next.id, fields: {} });
    expect(await second).toEqual({});
  });
});

describe('a channel', () => {
  it('closed by its user: CHANNEL_CLOSED for what is under way and what comes; the agent is told', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel({ requestBuffer: 1 });
    const replies = [ch.request('a'), ch.request('b')].map((each) => each.catch((error: unknown) => error));
    await socket.next('request');
    ch.close();
    expect(await Promise.all(replies)).toMatchObject([
      { code: 'CHANNEL_CLOSED', outcome: 'unknown' },
      { code: 'CHANNEL_CLOSED', outcome: 'not-sent' },
    ]);
    await expect(ch.request('c')).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' });
    expect(await socket.next('close')).toEqual({ type: 'close', channel: ch.id });
    expect(ch.closed).toBe(true);
  });

  it('a channel that is closed before the agent has opened it: it is told when it has', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel();
    ch.close();
    await socket.next('open');
    expect(await socket.next('close')).toEqual({ type: 'close', channel: ch.id });
  });

  it('that the agent refuses: what waits fails with the reason', async () => {
    const agent = { code: 'READ_ONLY', message: 'this caller only reads' };
    const { vpp } = await remoteWorld({
      answer(frame, to) {
        if (frame.type === 'open') to.send({ type: 'error', channel: frame.channel, error: agent });
      },
    });
    const ch = vpp.channel();
    await vi.waitFor(() => expect(ch.closed).toBe(true));
    await expect(ch.request('m')).rejects.toMatchObject(agent);
  });

  it('closed by the agent: what is under way says why', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel();
    const reply = ch.request('m').catch((error: unknown) => error);
    await socket.next('request');
    socket.send({ type: 'closed', channel: ch.id, reason: 'the plugin ends' });
    expect(await reply).toMatchObject({ code: 'CHANNEL_CLOSED', message: expect.stringContaining('the plugin ends') });
  });

  it('has: what the table of the running VPP says', async () => {
    const { vpp } = await remoteWorld({ names: ['show_version'] });
    const ch = vpp.channel();
    expect([ch.has('show_version'), ch.has('no_such')]).toEqual([true, false]);
  });

  it('a wrong option: BAD_OPTION with its name', async () => {
    const { vpp } = await remoteWorld();
    expect(() => vpp.channel({ replyBuffer: 0 })).toThrow(/channel\.replyBuffer must be/);
    await expect(vpp.channel().request('m', {}, { timeoutMs: -1 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
