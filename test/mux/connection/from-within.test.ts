/**
 * A connection that is ended from within whatever it tells its user: at every log line and every status of a life with two
 * VPPs, one that fails over, back, by plan and for good.
 */

import { describe, expect, it } from 'vitest';
import { type Connection, createConnection } from '../../../src/mux/index.js';
import { MemoryVpp } from '../../support/memory-vpp.js';
import { smallSchema } from '../../support/small-schema.js';
import { afterThis } from '../../support/world.js';

const soon = (read: () => unknown) => expect.poll(read, { interval: 1 });

interface Life {
  readonly connection: Connection;
  readonly primary: MemoryVpp;
  readonly backup: MemoryVpp;
  /** Log lines and statuses, in order. */
  readonly told: string[];
}

/** A connection with a backup; at the moment that `at` counts, `end` is called from within it. */
function begin(at: number, end: (connection: Connection) => unknown): Life {
  const vpps: Record<string, MemoryVpp> = { a: new MemoryVpp(), b: new MemoryVpp() };
  const told: string[] = [];
  const tell = (text: string) => {
    if (told.push(text) === at) end(connection);
  };
  let log = (_text: string) => {};
  const connection: Connection = createConnection({
    ...{ socket: 'a', schema: smallSchema, reconnect: { delayMs: 1, maxDelayMs: 2 }, health: { probe: false } },
    backup: { socket: 'b', failBack: 'manual' },
    transport: (options) => vpps[options.socket].transport(options),
    log: (level, message) => level !== 'debug' && log(message),
  });
  afterThis(() => connection.destroy());
  log = (text) => tell(`log ${text}`);
  connection.states().subscribe(({ state, reason }) => tell(`${state}: ${reason}`));
  return { connection, primary: vpps.a, backup: vpps.b, told };
}

/** Takes it through its life; each step waits for what it leads to, or for the end. */
async function live({ connection, primary, backup }: Life): Promise<void> {
  const isOver = () => connection.state === 'closed';
  const served = (role: string) => () => connection.state === 'ready' && connection.status.redundancy?.role === role;
  const hasStandby = () => connection.status.redundancy?.standby.state === 'ready';
  const until = (condition: () => boolean) => soon(() => isOver() || condition()).toBe(true);
  await until(() => served('primary')() && hasStandby());
  primary.lose(new Error('killed'));
  await until(() => served('backup')() && hasStandby());
  await connection.switchTo('primary').catch(() => {});
  await until(() => served('primary')() && hasStandby());
  primary.isDown = true;
  backup.isDown = true;
  for (const vpp of [backup, primary]) vpp.lose(new Error('power failure'));
  await until(() => connection.state === 'backoff');
  primary.isDown = false;
  await until(served('primary'));
}

async function ended({ connection, primary, backup, told }: Life): Promise<void> {
  await soon(() => connection.state).toBe('closed');
  await connection.close();
  await soon(() => [...primary.links, ...backup.links].every(({ closed }) => closed)).toBe(true);
  expect(() => connection.channel()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  expect(connection.stats()).toMatchObject({ inFlight: 0, channels: 0 });
  expect(told.filter((text) => /cannot (become|go from)/.test(text))).toEqual([]);
}

describe.each([
  ['close()', (connection: Connection) => void connection.close({ timeoutMs: 50 })],
  ['destroy()', (connection: Connection) => connection.destroy()],
])('%s from within', (_name, end) => {
  it('whatever is told: the connection ends, once and whole', async () => {
    const whole = begin(0, end);
    await live(whole);
    whole.connection.destroy();
    const moments = whole.told.length;
    expect(moments).toBeGreaterThan(25);
    for (let at = 1; at < moments; at++) {
      const life = begin(at, end);
      await live(life);
      if (life.told.length < at) life.connection.destroy();
      await ended(life);
    }
  });
});
