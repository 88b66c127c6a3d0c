import { describe, expect, it } from 'vitest';
import type { CallerLimits } from '../../../src/plugins/remote/caller.js';
import { Callers } from '../../../src/plugins/remote/callers.js';
import type { Mux } from '../../../src/sdk/mux.js';

/** Callers over a mux that only keeps book of its channels. */
function scene(limits: Partial<CallerLimits> = {}) {
  const opened: { readonly options: object; closed: boolean }[] = [];
  const mux = {
    channel(options: object) {
      const channel = {
        options,
        closed: false,
        close() {
          channel.closed = true;
        },
      };
      opened.push(channel);
      return channel;
    },
  } as unknown as Pick<Mux, 'channel'>;
  const clock = { now: 0 };
  const all = {
    callsPerSecond: 10,
    bytesPerSecond: 1000,
    dumps: 2,
    streams: 1,
    counters: 1,
    buffer: 1e6,
    sockets: 1,
    bufferBytes: 100,
    ...limits,
  };
  return { callers: new Callers(mux, all, () => clock.now), opened, clock, all };
}

const JOE = { name: 'write-token', access: 'write' } as const;
const ANN = { name: 'read-token', access: 'read' } as const;
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { code, message, headers } = error as { code: string; message: string; headers: Record<string, string> };
    return { code, message, headers };
  }
  return undefined;
};

describe('a caller', () => {
  it('its HTTP requests: share one channel, whose owner it is, until the last of them leaves', () => {
    const { callers, opened } = scene();
    const [one, two] = [callers.enter(JOE, '192.0.2.7'), callers.enter(JOE, '192.0.2.7')];
    expect(one.shared).toBe(two.shared);
    expect(one.shared).toBe(one.shared);
    const options = { name: 'HTTP write-token at 192.0.2.7', owner: 'write-token', access: 'write' };
    const bounds = { replyBuffer: Number.MAX_SAFE_INTEGER, replyBytes: 1e6 };
    expect(opened.map((each) => each.options)).toEqual([{ ...options, ...bounds }]);
    one.leave();
    one.leave();
    expect(opened[0].closed).toBe(false);
    two.leave();
    expect(opened[0].closed).toBe(true);
    expect(callers.enter(JOE, '192.0.2.7').shared).not.toBe(opened[0]);
  });

  it('of another token, another access or another address: is another one', () => {
    const { callers, opened } = scene();
    for (const who of [JOE, ANN, { ...JOE, access: 'read' as const }]) void callers.enter(who, '::1').shared;
    void callers.enter(JOE, '192.0.2.7').shared;
    expect(opened).toHaveLength(4);
    expect(callers.shown).toHaveLength(4);
  });

  it('channels of its own: have its name as owner, at most its access, and end with the visit', () => {
    const { callers, opened } = scene();
    const [ann, joe] = [callers.enter(ANN, '::1'), callers.enter(JOE, '::1')];
    ann.open({ name: 'routes', access: 'write' });
    joe.open({ access: 'read', replyBuffer: 5 });
    expect(opened.map((each) => each.options)).toEqual([
      { name: 'routes (read-token at ::1)', access: 'read', owner: 'read-token' },
      { name: 'write-token at ::1', access: 'read', replyBuffer: 5, owner: 'write-token' },
    ]);
    ann.leave('it hung up');
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
    expect(ann.signal.reason).toMatchObject({ message: 'it hung up' });
    joe.leave();
    expect(callers.shown).toEqual([]);
  });

  it('what it opens after its end: is closed immediately', () => {
    const { callers, opened } = scene();
    const visit = callers.enter(JOE);
    visit.leave();
    visit.open({});
    expect(opened.map(({ closed }) => closed)).toEqual([true]);
  });
});

describe('shares', () => {
  it('calls: over them is refused with the time to wait, and does not count', () => {
    const { callers, clock } = scene();
    const visit = callers.enter(JOE, '::1');
    for (let i = 0; i < 10; i++) visit.call();
    for (let i = 0; i < 5; i++) {
      expect(refusal(() => visit.call())).toEqual({
        code: 'RATE_LIMITED',
        message:
          'write-token at ::1 is over its share (calls-per-second, bytes-per-second in remote.conf); go on in 100 ms',
        headers: { 'retry-after': '1' },
      });
    }
    clock.now = 100;
    expect(refusal(() => visit.call())).toBeUndefined();
    expect(refusal(() => callers.enter(ANN, '::1').call())).toBeUndefined();
  });

  it('bytes: may be overdrawn once, and refuse calls until they are paid back', () => {
    const { callers, clock } = scene();
    const visit = callers.enter(JOE);
    visit.call(3500);
    expect(refusal(() => visit.call())).toMatchObject({ headers: { 'retry-after': '3' } });
    expect(visit.spend(500)).toBe(3000);
    clock.now = 3000;
    expect(refusal(() => visit.call())).toBeUndefined();
  });

  it('for ways that can hold a caller back: are the milliseconds to do so', () => {
    const { callers } = scene();
    const visit = callers.enter(JOE);
    expect([visit.calls(10), visit.calls(10), visit.spend(1000), visit.spend(1)]).toEqual([0, 1000, 0, 1]);
  });

  it('are remembered when it has left, and forgotten when they are whole again', () => {
    const { callers, clock } = scene();
    const [visit] = [callers.enter(JOE, 'a')];
    visit.calls(20);
    visit.leave();
    expect(refusal(() => callers.enter(JOE, 'a').call())).toMatchObject({ code: 'RATE_LIMITED' });
    clock.now = 10_000;
    expect(refusal(() => callers.enter(JOE, 'a').call())).toBeUndefined();
  });

  it('0: any number', () => {
    const { callers } = scene({ callsPerSecond: 0, bytesPerSecond: 0 });
    const visit = callers.enter(JOE);
    expect([visit.calls(1e9), visit.spend(1e12)]).toEqual([0, 0]);
    visit.call(1e9);
  });

  it('changed while it is there: count from the next call on', () => {
    const { callers, all } = scene();
    const visit = callers.enter(JOE);
    visit.calls(20);
    callers.configure({ ...all, callsPerSecond: 100, dumps: 1 });
    expect(refusal(() => visit.call())).toBeUndefined();
    visit.hold('dumps');
    expect(refusal(() => visit.hold('dumps'))).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('places for dumps and streams: are of the caller, and free when its visit ends or earlier', () => {
    const { callers } = scene();
    const [one, two] = [callers.enter(JOE), callers.enter(JOE)];
    const free = one.hold('dumps');
    two.hold('dumps');
    expect(refusal(() => one.hold('dumps'))?.message).toMatch(/has 2 dumps under way \(max-dumps in remote.conf\)/);
    free();
    free();
    one.hold('dumps');
    one.hold('streams');
    expect(refusal(() => two.hold('streams'))?.message).toMatch(/1 streams/);
    one.leave();
    two.hold('streams');
    expect(callers.shown).toEqual([
      { name: 'write-token', address: '', access: 'write', requests: 1, dumps: 1, streams: 1, counters: 0, sockets: 0 },
    ]);
  });

  it('bytes of events: a stream has what it asks for, and thousands together no more than the share of their caller', () => {
    const bufferBytes = 512 * 2 ** 20;
    const { callers } = scene({ bufferBytes });
    const [one, other] = [callers.enter(JOE), callers.enter(ANN)];
    expect(one.reserve(1000).bytes).toBe(1000);
    const first = one.reserve(Number.MAX_SAFE_INTEGER);
    expect(first.bytes).toBe(Math.floor((bufferBytes - 1000) / 64));
    let sum = 1000 + first.bytes;
    for (let at = 2; at < 4096; at++) sum += one.reserve(64 * 2 ** 20).bytes;
    expect(sum).toBeLessThan(bufferBytes + 4096 * 16_384);
    expect(one.reserve(64 * 2 ** 20).bytes).toBe(16_384);
    const own = other.reserve(1e9);
    own.free();
    own.free();
    expect([own.bytes, other.reserve(1e9).bytes]).toEqual([bufferBytes / 64, bufferBytes / 64]);
    one.leave();
    expect(callers.enter(JOE).reserve(1e9).bytes).toBe(bufferBytes / 64);
  });

  it('of very many callers: the newest are remembered', () => {
    const { callers } = scene();
    for (let i = 0; i < 3000; i++) {
      const visit = callers.enter(JOE, String(i));
      visit.calls(20);
      visit.leave();
    }
    expect(refusal(() => callers.enter(JOE, '2999').call())).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refusal(() => callers.enter(JOE, '0').call())).toBeUndefined();
  });
});

it('closed: ends every visit, with the reason', () => {
  const { callers, opened } = scene();
  const visits = [callers.enter(JOE), callers.enter(ANN)];
  for (const visit of visits) void visit.shared;
  callers.close('the agent ends');
  expect(visits.map(({ signal }) => signal.reason.message)).toEqual(['the agent ends', 'the agent ends']);
  expect(opened.every(({ closed }) => closed)).toBe(true);
});
