import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BoardStatus, StatusBoard } from '../../../src/agent/status/status-board.js';
import { ODDITIES } from '../../support/oddities.js';
import { deferred } from '../support.js';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A board with these parts, all running. */
function running(...names: string[]) {
  const board = new StatusBoard();
  const parts = names.map((name) => board.add({ name, version: '1', optional: name.endsWith('?') }));
  for (const part of parts) part.life('ok', 'running');
  return { board, parts, part: (name: string) => parts[names.indexOf(name)] };
}

describe('the status board', () => {
  it('overall: the worst of all parts, whoever reported last', () => {
    const { board, part } = running('a', 'b', 'c');
    expect(board.status).toMatchObject({ overall: 'ok', reason: 'all is well' });
    part('a').error('broken');
    part('b').degraded('slow');
    part('c').ok();
    expect(board.status).toMatchObject({ overall: 'error', reason: 'a: broken; b: slow' });
    part('a').ok();
    expect(board.status).toMatchObject({ overall: 'degraded', reason: 'b: slow' });
  });

  it('before everything has started: init, whatever a plugin says meanwhile', () => {
    const board = new StatusBoard();
    const part = board.add({ name: 'a', version: '1', optional: false });
    part.ok('ready already');
    expect(board.status).toMatchObject({ overall: 'init', parts: [{ state: 'init', reason: 'not started yet' }] });
    part.life('ok', 'running');
    expect(board.status).toMatchObject({ overall: 'ok', parts: [{ state: 'ok', reason: 'ready already' }] });
  });

  it('an optional part: counts at most as degraded, and shows its own state', () => {
    const { board, part } = running('a', 'extra?');
    part('extra?').error('gone');
    expect(board.status).toMatchObject({ overall: 'degraded', reason: 'extra?: gone' });
    expect(board.status.parts[1].state).toBe('error');
  });

  it('since: moves with the state, not with the reason', () => {
    const { board, part } = running('a');
    vi.setSystemTime(1000);
    part('a').error('first');
    vi.setSystemTime(2000);
    part('a').error('second');
    expect(board.status.parts[0]).toMatchObject({ reason: 'second', since: new Date(1000) });
    expect(board.status.since).toEqual(new Date(1000));
    vi.setSystemTime(3000);
    part('a').ok();
    expect(board.status.since).toEqual(new Date(3000));
  });

  it('subscribers: told of each change once, of nothing else, until they leave', () => {
    const { board, part } = running('a');
    const seen: string[] = [];
    const leave = board.subscribe(({ overall, reason }) => seen.push(`${overall} ${reason}`));
    part('a').error('x');
    part('a').error('x');
    part('a').ok();
    leave();
    part('a').error('y');
    expect(seen).toEqual(['error a: x', 'ok all is well']);
  });

  it('a subscriber that throws: harms neither the reporter nor the others, and its error is not lost', () => {
    const faults: unknown[] = [];
    const board = new StatusBoard((error) => faults.push(error));
    const part = board.add({ name: 'a', version: '1', optional: false });
    const escaped = vi.spyOn(globalThis, 'queueMicrotask');
    const other = vi.fn();
    board.subscribe(() => {
      throw new Error('mine');
    });
    board.subscribe(other);
    part.error('x');
    part.error('y');
    expect(other).toHaveBeenCalledTimes(2);
    expect(faults).toEqual([new Error('mine')]);
    expect(escaped).not.toHaveBeenCalled();
    escaped.mockRestore();
  });

  it.each(Object.entries(ODDITIES))('a report of %s: is shown as an error of its part, and harms nobody', (_, make) => {
    const { board, part } = running('a', 'b');
    for (const report of [make(), { state: make(), reason: 'r' }, { state: 5n, reason: make(), details: make() }]) {
      part('a').report(report as never);
      expect(board.status.parts[0].state).toBe('error');
      expect(board.status.parts[0].reason).toMatch(/^it reported /);
    }
    part('a').degraded(make() as never);
    expect(typeof board.status.parts[0].reason).toBe('string');
    part('b').report({ state: 'ok', reason: 'r', details: { b: 1 } });
    expect(board.status.details).toMatchObject({ b: 1 });
  });

  it('changes(): the present status first, then every change', () => {
    const { board, part } = running('a');
    const seen: BoardStatus['overall'][] = [];
    const subscription = board.changes().subscribe(({ overall }) => seen.push(overall));
    part('a').degraded('hm');
    subscription.unsubscribe();
    part('a').ok();
    expect(seen).toEqual(['ok', 'degraded']);
  });

  it('details of a hundred thousand sections, or with a name without end: the first are shown, and how many more there are', () => {
    const { board, part } = running('a');
    const entries = Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]);
    part('a').report({ state: 'ok', reason: 'r', details: Object.fromEntries(entries) });
    expect(Object.keys(board.status.details)).toHaveLength(51);
    expect(board.status.details['…']).toBe('99950 more sections are not shown');
    part('a').report({ state: 'ok', reason: 'r', details: { ['x'.repeat(1_000_000)]: 1 } });
    expect(Object.keys(board.status.details)).toEqual(['x'.repeat(200)]);
  });

  it('details: of all parts side by side, replaced as a whole, one change with the state', () => {
    const { board, part } = running('a', 'b');
    const told = vi.fn();
    board.subscribe(told);
    part('a').report({ state: 'degraded', reason: 'r', details: { vpp: { state: 'x', pid: 1 } } });
    part('b').report({ state: 'ok', reason: 'r', details: { other: 2 } });
    part('a').report({ state: 'degraded', reason: 'r', details: { vpp: { state: 'y' } } });
    expect(board.status.details).toEqual({ vpp: { state: 'y' }, other: 2 });
    expect(told).toHaveBeenCalledTimes(3);
  });

  it('a part that has ended: is not heard any more', () => {
    const { board, part } = running('a');
    part('a').end('closed', 'closed');
    part('a').error('a late cry');
    expect(board.status).toMatchObject({ overall: 'closed', parts: [{ state: 'closed', reason: 'closed' }] });
  });

  it('a status once read: does not change under its reader', () => {
    const { board, part } = running('a');
    const before = board.status;
    part('a').error('x');
    expect(before.overall).toBe('ok');
  });
});

describe('polled probes', () => {
  it('first asked at once, then at intervals; what they find counts', async () => {
    const { board, part } = running('a');
    let found: 'ok' | 'degraded' = 'ok';
    const probe = vi.fn(() => ({ state: found, reason: `it is ${found}` }));
    part('a').probe(probe, { everyMs: 1000 });
    await vi.advanceTimersByTimeAsync(0);
    expect(board.status.parts[0]).toMatchObject({ state: 'ok', reason: 'it is ok' });
    found = 'degraded';
    await vi.advanceTimersByTimeAsync(999);
    expect(board.status.overall).toBe('ok');
    await vi.advanceTimersByTimeAsync(1);
    expect(board.status.parts[0]).toMatchObject({ state: 'degraded', reason: 'it is degraded' });
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it('nothing returned: well; a throw: an error with its message', async () => {
    const { board, part } = running('a');
    part('a').probe(() => {});
    const stop = part('a').probe(async () => {
      throw new Error('no pulse');
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(board.status.parts[0]).toMatchObject({ state: 'error', reason: 'no pulse' });
    stop();
    expect(board.status.parts[0].state).toBe('ok');
  });

  it('silence: an error after its time, the signal aborted; never asked again before it has answered', async () => {
    const { board, part } = running('a');
    const answer = deferred();
    const probe = vi.fn((_signal: AbortSignal) => answer.promise);
    part('a').probe(probe, { everyMs: 100, timeoutMs: 500 });
    await vi.advanceTimersByTimeAsync(499);
    expect(board.status.overall).toBe('init');
    await vi.advanceTimersByTimeAsync(1);
    expect(board.status).toMatchObject({ overall: 'error', reason: 'a: its probe has not answered for 500 ms' });
    expect(probe.mock.calls[0][0].aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(probe).toHaveBeenCalledTimes(1);
    answer.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(board.status.overall).toBe('error');
    await vi.advanceTimersByTimeAsync(100);
    expect(probe).toHaveBeenCalledTimes(2);
    expect(board.status.overall).toBe('ok');
  });

  it('the worst of what a plugin says and what its probes find: counts', async () => {
    const { board, part } = running('a');
    part('a').error('said');
    part('a').probe(() => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(board.status.parts[0]).toMatchObject({ state: 'error', reason: 'said' });
  });

  it('the end of a part: ends its probes, with no timer left', async () => {
    const { part } = running('a');
    const probe = vi.fn();
    part('a').probe(probe, { everyMs: 100 });
    await vi.advanceTimersByTimeAsync(0);
    part('a').end('closed', 'closed');
    expect(vi.getTimerCount()).toBe(0);
    part('a').probe(probe);
    await vi.advanceTimersByTimeAsync(1000);
    expect(probe).toHaveBeenCalledTimes(1);
  });
});
