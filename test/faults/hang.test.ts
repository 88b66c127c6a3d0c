/** A dataplane that stops answering and keeps its socket: what is told when, and what its late answers do. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Channel, type LateReply, VppmuxError } from '../../src/mux/index.js';
import { long, scaled } from '../support/scale.js';
import { shown, spread } from './figures.js';
import { processWorld } from './process-world.js';

const LOOPBACKS = 3;
const PATIENCE = { interval: 5 };

/** As the kernel shows it; `T` is stopped. */
function processState(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '')[0];
}

/** How `promise` failed, and how long that took, milliseconds. */
async function failure(promise: Promise<unknown>): Promise<{ error: VppmuxError; afterMs: number }> {
  const begun = performance.now();
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof VppmuxError)) throw new Error('it was to fail with a typed error', { cause: error });
  return { error, afterMs: performance.now() - begun };
}

const count = (ch: Channel, late: readonly LateReply[]) => late.filter(({ channel }) => channel === ch.id).length;

describe('a dataplane that hangs', () => {
  it('SIGSTOP: deadlines in time; degraded, not-responding, ready again; late answers only to hook and counter', async () => {
    const late: LateReply[] = [];
    // A probe's time is long enough for a dataplane that only gets no processor for a while.
    const health = { intervalMs: 250, timeoutMs: 1000, threshold: 3 };
    const onLateReply = (reply: LateReply) => void late.push(reply);
    const { dataplane, vpp } = await processWorld({ health, onLateReply }, { loopbacks: LOOPBACKS });
    const states: { state: string; at: number }[] = [];
    vpp.states().subscribe(({ state }) => {
      if (state !== states.at(-1)?.state) states.push({ state, at: performance.now() });
    });
    const [requests, narrow, dumps] = [
      vpp.channel({ requestBuffer: 1000 }),
      vpp.channel({ requestBuffer: 5 }),
      vpp.channel(),
    ];
    const { received } = await dataplane.order({ do: 'tell', received: 'show_version' });

    dataplane.signal('SIGSTOP');
    await expect.poll(() => processState(dataplane.pid), PATIENCE).toBe('T');
    const stopped = performance.now();
    const lateness: number[] = [];
    const expectTimeout = async (promise: Promise<unknown>, timeoutMs: number, outcome = 'unknown') => {
      const { error, afterMs } = await failure(promise);
      expect(error).toMatchObject({ code: 'REPLY_TIMEOUT', outcome, afterMs: timeoutMs });
      lateness.push(afterMs - timeoutMs);
    };
    const deadlines = Array.from({ length: scaled({ short: 20, long: 200 }) }, (_, i) => 50 + 10 * (i % 90));
    await Promise.all([
      ...deadlines.map((timeoutMs) => expectTimeout(requests.request('show_version', {}, { timeoutMs }), timeoutMs)),
      // Five fill the window; those behind them have less time, so that it is over before there is room.
      ...[600, 600, 600, 600, 600, 300, 300, 300].map((timeoutMs, i) =>
        expectTimeout(narrow.request('show_version', {}, { timeoutMs }), timeoutMs, i < 5 ? 'unknown' : 'not-sent'),
      ),
      expectTimeout(dumps.dump('sw_interface_dump', {}, { timeoutMs: 300 }).toArray(), 300),
      expectTimeout(
        dumps
          .dump('sw_interface_dump', {}, { timeoutMs: 300 })
          .observe()
          .forEach(() => {}),
        300,
      ),
    ]);
    await expect.poll(() => vpp.state, PATIENCE).toBe('not-responding');
    const seen = (wanted: string) => Math.round(states.find(({ state }) => state === wanted)!.at - stopped);
    console.log(`deadlines were late by: ${shown(spread(lateness))}`);
    console.log(
      `degraded after ${seen('degraded')} ms, not-responding after ${seen('not-responding')} ms (bound 1750)`,
    );
    // A timer does not come early (its clock has whole milliseconds); how late it comes is the machine's affair.
    expect(Math.min(...lateness)).toBeGreaterThan(-2);
    expect(late).toEqual([]);
    expect(vpp.stats()).toMatchObject({ waiting: 0 });

    dataplane.signal('SIGCONT');
    await expect.poll(() => vpp.state, PATIENCE).toBe('ready');
    const answered = await requests.request('show_version');
    expect(answered).toMatchObject({ program: 'vpe' });
    expect(count(requests, late)).toBe(deadlines.length);
    expect(count(narrow, late)).toBe(5);
    expect(count(dumps, late)).toBe(2 * (1 + LOOPBACKS + 1)); // local0, the loopbacks, and the ping behind them
    expect(vpp.stats()).toMatchObject({ lateReplies: late.length, strayReplies: 0 });
    await expect.poll(() => vpp.stats().inFlight, PATIENCE).toBe(0); // but for a probe
    const told = await dataplane.order({ do: 'tell', received: 'show_version' });
    expect(told.received - received).toBe(deadlines.length + 5 + 1);
    expect(states.slice(0, 4).map(({ state }) => state)).toEqual(['ready', 'degraded', 'not-responding', 'ready']);
    expect(vpp.status.generation).toBe(1);
    if (!long) return;
    expect(spread(lateness).median).toBeLessThan(20);
    expect(spread(lateness).p99).toBeLessThan(200); // a loop found late gives what may have arrived 100 ms of grace
    expect(seen('not-responding')).toBeLessThan(1850);
  });

  it('a dataplane that reads nothing, until the kernel takes no more: all fails in time; what has left is answered late, the rest was never sent', async () => {
    const late: LateReply[] = [];
    const onLateReply = (reply: LateReply) => void late.push(reply);
    const { dataplane, vpp } = await processWorld({ health: { probe: false }, onLateReply });
    await dataplane.order({ do: 'misbehave', how: { stall: true } });
    const sent = 4000;
    const ch = vpp.channel({ requestBuffer: sent });
    const request = () => ch.request('cli_inband', { cmd: 'x'.repeat(500) }, { timeoutMs: 300 });
    const errors = await Promise.all(Array.from({ length: sent }, () => failure(request())));
    expect(new Set(errors.map(({ error }) => error.code))).toEqual(new Set(['REPLY_TIMEOUT']));
    expect(vpp.stats()).toMatchObject({ inFlight: 0, waiting: 0 });
    await dataplane.order({ do: 'behave' });
    await expect(ch.request('show_version')).resolves.toMatchObject({ program: 'vpe' });
    const left = errors.filter(({ error }) => error.outcome === 'unknown').length;
    console.log(`${sent} given up, ${left} of them had left`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(sent);
    expect(late.length).toBe(left);
    expect(vpp.stats().lateReplies).toBe(left);
  });
});
