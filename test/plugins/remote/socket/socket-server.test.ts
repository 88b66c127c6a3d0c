/** The server of /ws over WebSockets and a mux that only keep book. */

import { EventEmitter } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Callers } from '../../../../src/plugins/remote/callers.js';
import { limitsOf, remoteConfig, socketLimitsOf } from '../../../../src/plugins/remote/config.js';
import { SocketCounters } from '../../../../src/plugins/remote/socket/socket-counters.js';
import { SocketServer, type SocketServerOptions } from '../../../../src/plugins/remote/socket/socket-server.js';
import { Turns } from '../../../../src/plugins/remote/socket/turns.js';
import { type AgentFrame, type ClientFrame, SUBPROTOCOLS } from '../../../../src/remote/protocol/index.js';
import type { HttpCaller, Mux } from '../../../../src/sdk/index.js';

type Config = Partial<Parameters<typeof remoteConfig.parse>[0] & object>;

const ADDRESS = '192.0.2.1';

/** A stream of events that never comes to anything. */
const silentEvents = () => ({
  ready: () => new Promise<void>(() => {}),
  [Symbol.asyncIterator]: () => ({
    next: () => new Promise(() => {}),
    return: async () => ({ value: undefined, done: true }),
  }),
});

function scene(config: Config = {}) {
  let inEffect = remoteConfig.parse(config);
  const open = new Set<object>();
  const closes: ReturnType<typeof vi.fn>[] = [];
  const mux = {
    ...{ status: { state: 'ready', reason: '', since: new Date(0), generation: 1, reconnects: 0, socket: '' } },
    table: new Map(),
    channel() {
      const close = vi.fn(() => void open.delete(channel));
      const channel = { id: 7, events: silentEvents, close };
      closes.push(close);
      open.add(channel);
      return channel;
    },
  } as unknown as Mux;
  const callers = new Callers(mux, limitsOf(inEffect));
  const counters = new SocketCounters();
  const server = new SocketServer({
    ...{ mux, callers, counters, version: '1.0.0', turns: new Turns(), refused: () => {} },
    ...{ log: { warn() {}, info() {}, debug() {} }, operations: {}, onWithdrawn: () => () => {} },
    limits: () => socketLimitsOf(inEffect),
  } as unknown as SocketServerOptions);
  onTestFinished(() => server.close('the test is over'));
  return {
    ...{ server, callers, counters, open, closes },
    configure(next: Config) {
      inEffect = remoteConfig.parse(next);
      callers.configure(limitsOf(inEffect));
    },
    connect: (name = 'write-token', address = ADDRESS) =>
      connect(server, { name, access: 'write' } as HttpCaller, address),
  };
}

function connect(server: SocketServer, caller: HttpCaller, remoteAddress: string) {
  const frames: AgentFrame[] = [];
  const socket = Object.assign(new EventEmitter(), {
    ...{ protocol: SUBPROTOCOLS.json, closed: undefined as number | undefined },
    send: (text: string) => void frames.push(JSON.parse(text)),
    close(code: number) {
      socket.closed ??= code;
    },
    ...{ terminate() {}, pause() {}, resume() {}, ping() {} },
  });
  const stream = Object.assign(new EventEmitter(), {
    ...{ remoteAddress, writableLength: 0, bytesWritten: 0, cork() {}, uncork() {} },
  });
  server.add(socket as never, { socket: stream } as never, caller);
  const [hello] = frames;
  return {
    ...{ frames, session: hello?.type === 'hello' ? hello.session : '' },
    get closed() {
      return socket.closed;
    },
    send(...sent: readonly ClientFrame[]) {
      for (const frame of sent) socket.emit('message', Buffer.from(JSON.stringify(frame)), false);
      return frames.at(-1);
    },
    /** Sends what `ws` does not take. */
    fail(code: string) {
      socket.emit('error', Object.assign(new Error(code), { code }));
    },
    /** Breaks off, or closes in order with another code. */
    end(code = 1006) {
      socket.emit('close', code);
    },
  };
}

type Client = ReturnType<typeof connect>;

const subscribe = (client: Client) =>
  client.send({ type: 'open', channel: 1 }, { type: 'events', id: 1, channel: 1, message: 'sw_interface_event' });
const resume = (client: Client, { session }: Pick<Client, 'session'>) =>
  client.send({ type: 'resume', session, streams: [{ id: 1, seq: 0, credit: 1 }] });
const nothing = { type: 'resumed', channels: [], streams: [] };

describe('a channel', () => {
  it('that its client closes: is forgotten, and not ended again with the socket', () => {
    const { connect, open, closes } = scene();
    const client = connect();
    for (let at = 0; at < 3; at++) client.send({ type: 'open', channel: 1 }, { type: 'close', channel: 1 });
    client.send({ type: 'open', channel: 2 });
    expect(open.size).toBe(1);
    client.end();
    expect(closes.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a socket that the agent closes', () => {
  it.each([
    ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', '1009'],
    ['WS_ERR_INVALID_UTF8', '1007'],
    ['WS_ERR_UNEXPECTED_RSV_1', '1002'],
  ])('for %s: is counted by %s, and its session ends, though it never sees the answer to its close', (error, code) => {
    const { connect, counters, server, open } = scene();
    const client = connect();
    subscribe(client);
    client.fail(error);
    client.end(1006);
    expect([...counters.closes]).toEqual([[code, 1]]);
    expect([server.sessions.open, server.sessions.lost, open.size]).toEqual([0, 0, 0]);
  });

  it('for a frame that is none: is not kept as lost when its client breaks off', () => {
    const { connect, counters, server } = scene();
    const client = connect();
    subscribe(client);
    client.send({ type: 'open', channel: 1 });
    client.end(1006);
    expect([...counters.closes]).toEqual([['4400', 1]]);
    expect([server.sessions.open, server.sessions.lost]).toEqual([0, 0]);
  });

  it('not: one whose network broke is kept as lost', () => {
    const { connect, counters, server } = scene();
    const client = connect();
    subscribe(client);
    client.fail('ECONNRESET');
    client.end(1006);
    expect([...counters.closes]).toEqual([['1006', 1]]);
    expect([server.sessions.open, server.sessions.lost]).toEqual([0, 1]);
  });
});

describe('a session that is resumed', () => {
  it('of a caller that has all its sockets: takes the place of the one that resumes it', () => {
    const { connect, callers } = scene({ 'max-sockets': 2 });
    connect();
    const lost = connect();
    subscribe(lost);
    lost.end();
    expect(resume(connect(), lost)).toMatchObject({ type: 'resumed', streams: [1] });
    expect(callers.shown).toMatchObject([{ sockets: 2 }]);
    expect(connect().closed).toBe(4429);
  });

  it('fails by a bound that was lowered: is kept as lost, and ends in its time', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { connect, configure, callers, server, open } = scene({ 'max-sockets': 2 });
    const other = connect();
    const lost = connect();
    subscribe(lost);
    lost.end();
    const next = connect();
    configure({ 'max-sockets': 1 });
    resume(next, lost);
    expect(next.closed).toBe(4429);
    next.end(4429);
    expect([server.sessions.open, server.sessions.lost, open.size]).toEqual([1, 1, 1]);
    other.end(1000);
    vi.advanceTimersByTime(30_000);
    expect([server.sessions.open, server.sessions.lost, open.size]).toEqual([0, 0, 0]);
    expect(callers.shown).toEqual([]);
  });

  it('another address, or its own secret: has none', () => {
    const { connect, open } = scene();
    const lost = connect();
    subscribe(lost);
    lost.end();
    expect(resume(connect('write-token', '192.0.2.2'), lost)).toEqual(nothing);
    const next = connect();
    expect(resume(next, next)).toEqual(nothing);
    expect(next.send({ type: 'open', channel: 1 })).toMatchObject({ type: 'opened' });
    expect(open.size).toBe(2);
  });
});

describe('lost sessions', () => {
  function lose(client: Client): Client {
    subscribe(client);
    client.end();
    return client;
  }

  it('more than max-lost: the oldest ends of the caller that has the most', () => {
    const { connect, server } = scene({ 'max-lost': 3 });
    const other = lose(connect('read-token'));
    const own = Array.from({ length: 5 }, () => lose(connect()));
    expect(server.sessions.lost).toBe(3);
    expect(resume(connect('read-token'), other)).toMatchObject({ streams: [1] });
    expect(resume(connect(), own[2])).toEqual(nothing);
    expect(resume(connect(), own[3])).toMatchObject({ streams: [1] });
    expect([server.sessions.open, server.sessions.lost]).toEqual([3, 1]);
  });

  it('of one caller: not more than it may have sockets, so that losing them makes no room for more', () => {
    const { connect, server, open } = scene({ 'max-sockets': 2 });
    const own = Array.from({ length: 5 }, () => lose(connect()));
    expect([server.sessions.lost, open.size]).toEqual([2, 2]);
    expect(resume(connect(), own[3])).toMatchObject({ streams: [1] });
  });

  it('bounds that were lowered: hold from the next one on', () => {
    const { connect, configure, server } = scene();
    for (let at = 0; at < 5; at++) lose(connect(at < 2 ? 'read-token' : 'write-token'));
    configure({ 'max-lost': 2 });
    lose(connect());
    expect(server.sessions.lost).toBe(2);
  });

  it('none kept: end with their socket', () => {
    const { connect, server, open } = scene({ 'max-lost': 0 });
    lose(connect());
    expect([server.sessions.lost, open.size]).toEqual([0, 0]);
  });
});
