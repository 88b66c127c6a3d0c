/** A connection over a transport of its user's own, in memory: no socket, no file. */

import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  type ConnectionStatus,
  type ConnectOptions,
  connect,
  createConnection,
  type Transport,
  VppmuxError,
} from '../../../src/mux/index.js';
import { MemoryVpp } from '../../support/memory-vpp.js';
import { smallSchema } from '../../support/small-schema.js';
import { afterThis } from '../../support/world.js';

const QUICK = { delayMs: 1, maxDelayMs: 1 };
const options = (transport: Transport, more: Partial<ConnectOptions> = {}): ConnectOptions => ({
  ...{ transport, socket: 'memory:1', schema: smallSchema, health: { probe: false }, reconnect: QUICK },
  ...more,
});

/** Connected to a VPP in memory; nothing of the mux's own is in flight any more. */
async function connected(more: Partial<ConnectOptions> = {}) {
  const vpp = new MemoryVpp();
  const connection = await connect(options(vpp.transport, more));
  afterThis(() => connection.destroy());
  await expect.poll(() => connection.stats().inFlight).toBe(0);
  return { vpp, connection };
}

/** A connection that goes on trying; its first attempt fails as `transport` makes it. */
function trying(transport: Transport, more: Partial<ConnectOptions> = {}) {
  const connection = createConnection(options(transport, more));
  afterThis(() => connection.destroy());
  const seen: ConnectionStatus[] = [];
  connection.states().subscribe((status) => seen.push(status));
  return { connection, seen };
}

const failureOf = (transport: Transport, more: Partial<ConnectOptions> = {}) =>
  connect(options(transport, more)).catch((error) => error);

describe('a transport', () => {
  it('carries requests, dumps and events; close() says goodbye', async () => {
    const { vpp, connection } = await connected();
    const ch = connection.channel();
    expect(await ch.request('add_one', { value: 41 })).toMatchObject({ value: 42 });
    expect(await ch.dump('thing_dump').toArray()).toMatchObject([{ value: 1 }, { value: 2 }, { value: 3 }]);
    const events = ch.events('thing_event');
    await events.ready();
    expect(vpp.link.received).toContain('want_thing_events');
    expect(connection.status).toMatchObject({ state: 'ready', socket: 'memory:1', pid: 4711 });
    expect(connection.stats()).toMatchObject({ bytesIn: expect.any(Number), inFlight: 0 });
    await connection.close();
    expect(vpp.link.closed).toBe(true);
    expect(vpp.attempts).toHaveLength(1);
  });

  it('many requests of one tick, answered from within send: each has its own answer', async () => {
    const { connection } = await connected();
    const ch = connection.channel();
    const values = Array.from({ length: 500 }, (_, value) => value);
    const replies = await Promise.all(values.map((value) => ch.request('add_one', { value })));
    expect(replies.map(({ value }) => value)).toEqual(values.map((value) => value + 1));
  });

  it('is given the address, the time and a signal', async () => {
    const { vpp } = await connected({ connectTimeoutMs: 1234 });
    expect(vpp.attempts).toEqual([{ socket: 'memory:1', timeoutMs: 1234, signal: expect.any(AbortSignal) }]);
    expect(vpp.attempts[0].signal.aborted).toBe(false);
  });

  it('without an address: has a name for people, and VPP_API_SOCKET is not asked', async () => {
    vi.stubEnv('VPP_API_SOCKET', '/somewhere/else.sock');
    afterThis(() => vi.unstubAllEnvs());
    const { connection } = await connected({ socket: undefined });
    expect(connection.status).toMatchObject({ socket: 'custom transport', socketFile: undefined });
  });

  it('with a backup: each of the two has its own address', async () => {
    const vpps: Record<string, MemoryVpp> = { 'memory:1': new MemoryVpp(), 'memory:2': new MemoryVpp() };
    const { connection } = trying((given) => vpps[given.socket].transport(given), {
      backup: { socket: 'memory:2', failBack: 'manual' },
    });
    await connection.ready();
    await expect.poll(() => connection.status.redundancy?.standby.state).toBe('ready');
    vpps['memory:1'].link.onClose();
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', socket: 'memory:2', generation: 2 });
    expect(await connection.channel().request('add_one', { value: 1 })).toMatchObject({ value: 2 });
  });
});

describe('a transport that fails', () => {
  it('throws: connect() rejects with a typed error that names address and reason', async () => {
    const cause = new Error('no route to host');
    const error = await failureOf(() => {
      throw cause;
    });
    expect(error).toMatchObject({ code: 'TRANSPORT_FAILED', socket: 'memory:1', outcome: 'not-sent', cause });
    expect(error.message).toBe('the transport cannot connect to VPP at memory:1: no route to host');
  });

  it('throws an error of vppmux: that is the failure', async () => {
    const own = new VppmuxError('SOCKET_REFUSED', 'the relay has no VPP');
    expect(await failureOf(() => Promise.reject(own))).toBe(own);
  });

  it.each([undefined, null, 'link', {}, { send() {} }])('gives %j: is said to give no link', async (link) => {
    const error = await failureOf(() => link as never);
    expect(error).toMatchObject({ code: 'TRANSPORT_FAILED', message: /send\(\) and close\(\)/ });
  });

  it('at first: is tried again with backoff, and connects', async () => {
    const vpp = new MemoryVpp();
    let failures = 3;
    const { connection, seen } = trying((given) => {
      if (failures-- > 0) throw new Error('not yet');
      return vpp.transport(given);
    });
    await connection.ready();
    const states = seen.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1]);
    expect(states.slice(0, 7)).toEqual([
      ...['connecting', 'backoff', 'connecting', 'backoff', 'connecting', 'backoff', 'connecting'],
    ]);
    expect(seen.some(({ reason }) => reason.endsWith('memory:1: not yet'))).toBe(true);
  });

  it('maxAttempts: counts its attempts', async () => {
    const { connection } = trying(() => Promise.reject(new Error('never')), {
      reconnect: { ...QUICK, maxAttempts: 2 },
    });
    await expect(connection.ready()).rejects.toMatchObject({ code: 'GAVE_UP', cause: { code: 'TRANSPORT_FAILED' } });
  });

  it('never answers: the attempt ends with connectTimeoutMs, its signal is aborted, a late link is closed', async () => {
    const vpp = new MemoryVpp();
    let come = () => {};
    const error = await failureOf(
      (given) =>
        new Promise((resolve) => {
          come = () => resolve(vpp.transport(given));
        }),
      { connectTimeoutMs: 10 },
    );
    expect(error).toMatchObject({ code: 'TRANSPORT_FAILED', message: /memory:1: not connected after 10 ms/ });
    come();
    await expect.poll(() => vpp.links.map(({ closed }) => closed)).toEqual([true]);
    expect(vpp.attempts[0].signal.aborted).toBe(true);
  });

  it('is connecting when the connection is destroyed: hears of it, and its link is closed', async () => {
    const signals: AbortSignal[] = [];
    const { connection } = trying(({ signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    await expect.poll(() => signals).toHaveLength(1);
    const aborted = once(signals[0], 'abort');
    connection.destroy();
    await aborted;
    expect(signals).toHaveLength(1);
  });

  it.each(['within the tick', 'in the next one'])(
    'closes its link %s: a failed attempt, then it is tried again',
    async (when) => {
      const vpp = new MemoryVpp();
      const { connection, seen } = trying((given) => {
        const link = vpp.transport(given);
        if (vpp.links.length > 1) return link;
        vpp.link.send = () => {};
        if (when === 'within the tick') queueMicrotask(() => vpp.link.onClose(new Error('refused')));
        else setImmediate(() => vpp.link.onClose(new Error('refused')));
        return link;
      });
      await connection.ready();
      expect(seen.find(({ state }) => state === 'backoff')?.reason).toBe(
        'the transport to memory:1 has ended: refused',
      );
      expect(vpp.links[0].closed).toBe(true);
    },
  );

  it('loses its link: what is in flight fails, and another link is made', async () => {
    const { vpp, connection } = await connected();
    vpp.answers.nap = () => [];
    const ch = connection.channel();
    const lost = ch.request('nap').catch((error) => error);
    await expect.poll(() => vpp.link.received).toContain('nap');
    vpp.link.onClose(new Error('the tunnel broke'));
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST', outcome: 'unknown', message: /the tunnel broke/ });
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: 2 });
    expect(await ch.request('add_one', { value: 1 })).toMatchObject({ value: 2 });
    expect(vpp.links[0].closed).toBe(true);
  });

  it('throws in send: the link ends with that, another one is made', async () => {
    const { vpp, connection } = await connected();
    vpp.link.send = () => {
      throw new TypeError('not open');
    };
    const error = await connection
      .channel()
      .request('add_one')
      .catch((failure) => failure);
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', message: /has ended: not open/ });
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: 2 });
  });

  it('gives what is no bytes, or too many of them: the link ends', async () => {
    const { vpp, connection } = await connected({ maxFrameBytes: 2048 });
    vpp.link.onMessage('text' as never);
    await expect.poll(() => connection.status.generation).toBe(2);
    const seen: ConnectionStatus[] = [];
    connection.states().subscribe((status) => seen.push(status));
    vpp.link.onMessage(new Uint8Array(2049));
    await expect.poll(() => connection.status.generation).toBe(3);
    expect(seen.find(({ state }) => state === 'backoff')?.reason).toContain('2049 bytes');
  });

  it('gives a frozen link: the attempt fails, and the link is closed', async () => {
    const close = vi.fn();
    const error = await failureOf(() => Object.freeze({ send() {}, close, onMessage() {}, onClose() {} }));
    expect(error).toMatchObject({ code: 'TRANSPORT_FAILED' });
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('throws in close: harms nobody', async () => {
    const { vpp, connection } = await connected();
    vpp.link.close = () => {
      throw new Error('closed already');
    };
    vpp.link.onClose();
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: 2 });
  });
});

it('the option transport: is a function, and its address any string', () => {
  const bad = (more: object) => () => createConnection({ schema: smallSchema, ...more });
  expect(bad({ transport: 'tcp' })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', path: 'transport' }));
  const { transport } = new MemoryVpp();
  expect(bad({ transport, socket: '' })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', path: 'socket' }));
  const connection = createConnection({ transport, socket: 'x'.repeat(500), schema: smallSchema });
  afterThis(() => connection.destroy());
  expect(connection.status.socket).toHaveLength(500);
});
