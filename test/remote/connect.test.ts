/** Connecting to an agent, logging in, and leaving it. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectRemote } from '../../src/remote/index.js';
import { fakeAgent, READY, remoteWorld } from './support/fake-agent.js';

describe('connectRemote', () => {
  it('resolves when the agent has answered, and says which it is and how its VPP is', async () => {
    const { vpp } = await remoteWorld({ hello: { access: 'read', caller: 'ci' } });
    expect(vpp.agent).toEqual({ version: '0.1.0', access: 'read', caller: 'ci' });
    const { tableHash, since, ...state } = READY;
    expect(vpp.status).toEqual({ ...state, since: new Date(since) });
    expect(vpp.tableHash).toBe(tableHash);
    await vpp.ready();
  });

  it('VPP is away: it resolves all the same; ready waits, and the state follows', async () => {
    const away = { ...READY, state: 'backoff', reason: 'VPP is away', tableHash: undefined } as const;
    const { vpp, socket } = await remoteWorld({ hello: { state: away } });
    expect(vpp.state).toBe('backoff');
    await expect(vpp.ready({ timeoutMs: 1 })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    const ready = vpp.ready();
    const { id } = await socket.next('watch-state');
    socket.send({ type: 'state', id, state: READY });
    await ready;
    expect(vpp.status).toMatchObject({ state: 'ready', pid: 42 });
    expect(await socket.next('table')).toBeDefined();
  });

  it('the token: in the header of the WebSocket', async () => {
    const agent = await fakeAgent({ token: 'sesame' });
    const vpp = await connectRemote({ url: agent.url, token: async () => 'sesame' });
    onTestFinished(() => vpp.destroy());
    expect(agent.sockets[0].request.headers.authorization).toBe('Bearer sesame');
    expect(agent.tickets).toBe(0);
  });

  it('the token: for a ticket, as in a browser', async () => {
    const agent = await fakeAgent({ token: 'sesame' });
    const vpp = await connectRemote({ url: agent.url, token: 'sesame', login: 'ticket' });
    onTestFinished(() => vpp.destroy());
    const { headers } = agent.sockets[0].request;
    expect(headers.authorization).toBeUndefined();
    expect(headers['sec-websocket-protocol']).toBe('vppmux.v1.cbor,vppmux.ticket.1');
  });

  it.each(['header', 'ticket'] as const)(
    'a wrong token, by %s: HANDSHAKE_FAILED in the words of the agent',
    async (login) => {
      const agent = await fakeAgent({ token: 'sesame' });
      await expect(connectRemote({ url: agent.url, token: 'guess', login })).rejects.toMatchObject({
        code: 'HANDSHAKE_FAILED',
        message: expect.stringContaining('UNAUTHORIZED'),
        cause: { code: 'UNAUTHORIZED' },
      });
    },
  );

  it('nobody listens: NOT_CONNECTED with the address', async () => {
    const agent = await fakeAgent();
    const { url } = agent;
    await agent.stop();
    for (const login of ['header', 'ticket'] as const) {
      await expect(connectRemote({ url, login })).rejects.toMatchObject({
        code: 'NOT_CONNECTED',
        message: expect.stringContaining(url),
      });
    }
  });

  it('no agent, or one of another protocol: HANDSHAKE_FAILED', async () => {
    const other = await fakeAgent({ hello: { protocol: 2 as 1 } });
    await expect(connectRemote({ url: other.url })).rejects.toMatchObject({ code: 'HANDSHAKE_FAILED' });
  });

  it('an agent that begins with another frame: HANDSHAKE_FAILED; the signal: ABORTED', async () => {
    const agent = await fakeAgent({ hello: { type: 'pong' as 'hello' } });
    await expect(connectRemote({ url: agent.url })).rejects.toMatchObject({
      code: 'HANDSHAKE_FAILED',
    });
    await expect(connectRemote({ url: agent.url, signal: AbortSignal.abort(new Error('no')) })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  it('names of messages that do not come: resolves when its time is over, and has does not know', async () => {
    const { vpp, socket } = await remoteWorld({ names: false }, { connectTimeoutMs: 50 });
    expect(socket.of('table').length).toBe(1);
    expect(vpp.state).toBe('ready');
    expect(vpp.channel().has('show_version')).toBeUndefined();
  });

  it('the signal while names of messages are asked for: ABORTED, and the link is closed', async () => {
    const agent = await fakeAgent({ names: false });
    const leaving = new AbortController();
    const connecting = connectRemote({ url: agent.url, signal: leaving.signal, connectTimeoutMs: 60_000 });
    const socket = await agent.socket(0);
    await socket.next('table');
    leaving.abort(new Error('enough'));
    await expect(connecting).rejects.toMatchObject({ code: 'ABORTED', cause: { message: 'enough' } });
    await expect.poll(() => socket.socket.readyState).toBe(socket.socket.CLOSED);
  });

  it('a function for the token that gives none: NOT_CONNECTED when its time is over, or ABORTED', async () => {
    const { url } = await fakeAgent();
    const token = () => new Promise<string>(() => {});
    await expect(connectRemote({ url, token, connectTimeoutMs: 20 })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    const leaving = new AbortController();
    const connecting = connectRemote({ url, token, signal: leaving.signal });
    leaving.abort();
    await expect(connecting).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each([
    [{}, /url is needed/],
    [{ url: 'agent:9' }, /must begin with http/],
    [{ url: 'nonsense' }, /must be an address/],
    [{ url: 'http://user:secret@localhost' }, /no user and no password/],
    [{ url: 'http://localhost', tokn: 'x' }, /there is no option tokn; did you mean token/],
    [{ url: 'http://localhost', token: 5 }, /^token must be a string or a function$/],
    [{ url: 'http://localhost', reconnect: { delayMs: 0 } }, /reconnect\.delayMs/],
  ])('%j: BAD_OPTION', async (options, text) => {
    await expect(connectRemote(options as object)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringMatching(text),
    });
  });

  it('an address of ws:, with a path: the WebSocket is beneath it', async () => {
    const agent = await fakeAgent();
    const vpp = await connectRemote({ url: `${agent.url.replace('http', 'ws')}/lab/?query` });
    onTestFinished(() => vpp.destroy());
    expect(agent.sockets[0].request.url).toBe('/lab/ws');
  });

  it('an agent that is silent: is asked for a sign of life, and lost without one', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { agent, vpp, socket } = await remoteWorld();
    vi.advanceTimersByTime(30_000);
    await socket.next('ping');
    // Its pong has arrived when the answer to a later request has.
    const reply = vpp.channel().request('m');
    const { id } = await socket.next('request');
    socket.send({ type: 'reply', id, fields: {} });
    await reply;
    vi.advanceTimersByTime(45_000);
    expect((await agent.socket(1)).request.url).toBe('/ws');
  });
});

describe('close', () => {
  it('waits for what is under way, then ends; later calls fail with CLOSED', async () => {
    const { vpp, socket } = await remoteWorld();
    const ch = vpp.channel();
    const reply = ch.request('m');
    const { id } = await socket.next('request');
    const closing = vpp.close();
    await expect(ch.request('n')).rejects.toMatchObject({ code: 'CLOSED' });
    socket.send({ type: 'reply', id, fields: { ok: 1 } });
    expect(await reply).toEqual({ ok: 1 });
    await closing;
    expect(vpp.state).toBe('closed');
    expect(ch.closed).toBe(true);
    expect(() => vpp.channel()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
    await vpp.close();
  });

  it('called twice at once: both resolve when it is closed', async () => {
    const { vpp } = await remoteWorld();
    await Promise.all([vpp.close(), vpp.close()]);
    expect(vpp.state).toBe('closed');
  });

  it('its time is over: what is still under way fails with CLOSED', async () => {
    const { vpp, socket } = await remoteWorld();
    const reply = vpp
      .channel()
      .request('m')
      .catch((error: unknown) => error);
    await socket.next('request');
    await vpp.close({ timeoutMs: 1 });
    expect(await reply).toMatchObject({ code: 'CLOSED', outcome: 'unknown' });
  });

  it('destroy: everything fails at once, with its cause', async () => {
    const { vpp, socket } = await remoteWorld();
    const replies = [vpp.channel().request('m'), vpp.call('x')].map((each) => each.catch((error: unknown) => error));
    await Promise.all([socket.next('request'), socket.next('call')]);
    vpp.destroy(new Error('enough'));
    expect(await Promise.all(replies)).toMatchObject([
      { code: 'CLOSED', message: expect.stringContaining('enough') },
      { code: 'CLOSED' },
    ]);
    const states: string[] = [];
    await vpp.states().forEach(({ state }) => {
      states.push(state);
    });
    expect(states).toEqual(['closed']);
  });
});
