/** Each misbehaviour of a dataplane with 1,000 requests in flight: everything settles, typed, with an outcome. */
import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '../../mock-vpp/index.js';
import { type Connection, type LateReply, VppmuxError } from '../../src/mux/index.js';
import { world } from '../support/world.js';

/** 1,000 requests on ten channels, and a dump on each. */
function load(connection: Connection): Promise<PromiseSettledResult<unknown>[]> {
  const channels = Array.from({ length: 10 }, () => connection.channel({ requestBuffer: 60 }));
  const work = channels.flatMap((ch) => [
    ...Array.from({ length: 99 }, () => ch.request('show_version')),
    ch.dump('sw_interface_dump').toArray(),
  ]);
  return Promise.allSettled(work);
}

interface Expected {
  readonly fault: Misbehaviour;
  /** Codes that may be seen. */
  readonly codes: readonly string[];
  /** Requests that VPP does not answer fail by their deadline, which is short then. */
  readonly isSilent?: boolean;
  /** Whether replies still come. */
  readonly someSucceed?: boolean;
}

const messages = ['show_version', 'sw_interface_dump'];

/** Every fault the mock knows that can hit a request in flight. */
const TABLE: Record<string, Expected> = {
  silent: { fault: { silent: true }, codes: ['REPLY_TIMEOUT'], isSilent: true },
  stall: { fault: { stall: true }, codes: ['REPLY_TIMEOUT'], isSilent: true },
  'closed now': {
    fault: { close: { messages, after: 100 } },
    codes: ['CONNECTION_LOST', 'NOT_CONNECTED'],
    someSucceed: true,
  },
  'closed mid-frame': {
    fault: { closeMidFrame: { messages, after: 100 } },
    codes: ['CONNECTION_LOST', 'NOT_CONNECTED'],
    someSucceed: true,
  },
  oversize: {
    fault: { oversize: { messages, after: 100, count: 1 } },
    codes: ['FRAME_TOO_LARGE', 'NOT_CONNECTED'],
    someSucceed: true,
  },
  garbage: {
    fault: { garbage: { messages, after: 100, count: 1 } },
    codes: ['FRAME_TOO_LARGE', 'CONNECTION_LOST', 'REPLY_TIMEOUT', 'NOT_CONNECTED'],
    someSucceed: true,
    isSilent: true,
  },
  truncated: { fault: { truncate: { messages: ['show_version'] } }, codes: ['TRUNCATED'], someSucceed: true },
  'wrong type': {
    fault: { wrongType: { messages: ['show_version'], reply: 'control_ping_reply' } },
    codes: ['UNEXPECTED_REPLY', 'TRUNCATED'],
    someSucceed: true,
  },
  late: {
    fault: { late: { messages: ['show_version'], ms: 500 } },
    codes: ['REPLY_TIMEOUT'],
    someSucceed: true,
    isSilent: true,
  },
};

/** Faults that must not be seen at all. */
const HARMLESS: Record<string, Misbehaviour> = {
  delay: { delay: 20 },
  'split at every byte': { split: { bytes: 1 } },
  merged: { merge: { ms: 10 } },
  trailing: { trailing: true },
  'a reply nobody asked for': { stray: true },
};

describe('faults', () => {
  it.each(Object.keys(TABLE))(
    '%s: all 1,000 settle with a typed error and an outcome, and the connection comes back',
    async (name) => {
      const { fault, codes, someSucceed = false, isSilent = false } = TABLE[name];
      const { mock, connection } = await world({ replyTimeoutMs: isSilent ? 300 : 60_000 });
      mock.misbehave(fault);
      const results = await load(connection);
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const seen = new Map<string, number>();
      for (const error of errors) {
        expect(error).toBeInstanceOf(VppmuxError);
        expect(['not-sent', 'unknown']).toContain(error.outcome);
        seen.set(error.code, (seen.get(error.code) ?? 0) + 1);
      }
      console.log(`${name}: ${results.length} settled, ${errors.length} failed: ${JSON.stringify([...seen])}`);
      expect(results.length).toBe(1000);
      expect(errors.length).toBeGreaterThan(0);
      if (!someSucceed) expect(errors.length).toBe(1000);
      expect([...seen.keys()].filter((code) => !codes.includes(code))).toEqual([]);
      mock.behave();
      await connection.ready();
      await expect(connection.channel().request('show_version', {}, { timeoutMs: 120_000 })).resolves.toMatchObject({
        program: 'vpe',
      });
      await expect.poll(() => connection.stats()).toMatchObject({ inFlight: 0, waiting: 0 });
    },
  );

  it.each(Object.keys(HARMLESS))('%s: nobody notices', async (name) => {
    const { mock, connection } = await world({ replyTimeoutMs: 60_000 });
    mock.misbehave(HARMLESS[name]);
    const results = await load(connection);
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(connection.status.generation).toBe(1);
  });

  it('a kill with 1,000 in flight: all settle in the same tick, sent ones unknown, waiting ones not sent', async () => {
    const { mock, connection } = await world({ replyTimeoutMs: 60_000 });
    mock.misbehave({ silent: { messages } });
    const results = load(connection);
    await expect.poll(() => mock.received('show_version')).toBeGreaterThan(500);
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    expect(connection.stats()).toMatchObject({ inFlight: 0, waiting: 0 });
    const outcomes = (await results).map((result) =>
      result.status === 'rejected' ? result.reason.outcome : 'answered',
    );
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    expect([count('unknown'), count('not-sent'), count('answered')]).toEqual([600, 400, 0]);
  });

  it('wrong CRCs in the table: what differs is refused before it is sent, what does not goes on', async () => {
    const { mock, connection } = await world({ replyTimeoutMs: 300 });
    mock.misbehave({ wrongCrc: ['show_version'] });
    await mock.restart({ renumber: true });
    await expect.poll(() => connection.status.generation).toBe(2);
    mock.forget();
    const refused = connection.channel().request('show_version');
    await expect(refused).rejects.toMatchObject({
      code: 'CRC_MISMATCH',
      outcome: 'not-sent',
      messageName: 'show_version',
    });
    expect(mock.received('show_version')).toBe(0);
    await expect(connection.channel().request('control_ping')).resolves.toMatchObject({ retval: 0 });
  });

  it('late replies: reach nobody but the hook and the counter', async () => {
    const late: LateReply[] = [];
    const { mock, connection } = await world({ replyTimeoutMs: 300, onLateReply: (reply) => late.push(reply) });
    mock.misbehave({ late: { messages: 'show_version', ms: 150, count: 1 } });
    const ch = connection.channel();
    await expect(ch.request('show_version', {}, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'REPLY_TIMEOUT',
      outcome: 'unknown',
    });
    await expect(ch.request('show_version')).resolves.toMatchObject({ program: 'vpe' });
    await expect
      .poll(() => late)
      .toMatchObject([
        {
          messageName: 'show_version_reply',
          requestName: 'show_version',
          channel: ch.id,
          generation: 1,
          message: { program: 'vpe' },
        },
      ]);
    expect(connection.stats().lateReplies).toBe(1);
  });
});
