/** A connection that is given up, closed or destroyed while its transport connects, also by the transport itself. */

import { describe, expect, it } from 'vitest';
import { type ConnectOptions, connect, createConnection, type Transport } from '../../../src/mux/index.js';
import { MemoryVpp } from '../../support/memory-vpp.js';
import { smallSchema } from '../../support/small-schema.js';
import { afterThis } from '../../support/world.js';

const options = (transport: Transport, more: Partial<ConnectOptions> = {}): ConnectOptions => ({
  ...{ transport, socket: 'memory:1', schema: smallSchema, health: { probe: false } },
  ...more,
});

const never = () => new Promise<never>(() => {});

it('connect() is given up while the link is made: the transport hears of it', async () => {
  const leave = new AbortController();
  let signal: AbortSignal | undefined;
  const transport: Transport = (given) => {
    ({ signal } = given);
    return never();
  };
  const failed = connect(options(transport, { signal: leave.signal })).catch((error) => error);
  leave.abort(new Error('never mind'));
  expect(await failed).toMatchObject({ code: 'ABORTED' });
  expect(signal?.aborted).toBe(true);
});

describe('a transport that ends its connection', () => {
  it('close() at the abort of its signal: both calls of close() are one', async () => {
    const closed: Promise<void>[] = [];
    const connection = createConnection(
      options(({ signal }) => {
        signal.addEventListener('abort', () => closed.push(connection.close()));
        return never();
      }),
    );
    const outer = connection.close();
    expect(closed).toHaveLength(1);
    expect(closed[0]).toBe(outer);
    await outer;
    expect(connection.state).toBe('closed');
  });

  it('destroy() when the backup is connected to: the failed attempt at the primary changes nothing any more', async () => {
    const states: string[] = [];
    const transport: Transport = ({ socket }) => {
      if (socket === 'memory:2') connection.destroy();
      throw new Error('nobody is there');
    };
    const connection = createConnection(options(transport, { backup: { socket: 'memory:2' } }));
    connection.states().subscribe(({ state }) => states.push(state));
    await expect(connection.ready()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(states).toEqual(['connecting', 'closed']);
  });

  it('destroy() when the attempt at the primary is given up for the backup: the link of the backup is closed', async () => {
    const vpp = new MemoryVpp();
    const lines: string[] = [];
    const transport: Transport = (given) => {
      if (given.socket === 'memory:2') return vpp.transport(given);
      given.signal.addEventListener('abort', () => connection.destroy());
      return never();
    };
    const connection = createConnection(
      options(transport, {
        backup: { socket: 'memory:2' },
        health: { intervalMs: 5, timeoutMs: 5, threshold: 1 },
        log: (_level, text) => lines.push(text),
      }),
    );
    afterThis(() => connection.destroy());
    await expect(connection.ready()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(vpp.link.closed).toBe(true);
    expect(lines).toEqual([]);
  });
});
