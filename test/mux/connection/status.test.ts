/** The status of a connection as users see it: which change is legal, over the whole table, and who is told of it. */

import { describe, expect, it, vi } from 'vitest';
import { LEGAL_CHANGES, StatusCell } from '../../../src/mux/connection/status.js';
import type { ConnectionState, ConnectionStatus } from '../../../src/mux/types.js';
import { afterThis } from '../../support/world.js';

const STATES = Object.keys(LEGAL_CHANGES) as ConnectionState[];

/** The states that bring a new connection into each state. */
const WAYS: Record<ConnectionState, readonly ConnectionState[]> = {
  connecting: [],
  ready: ['ready'],
  degraded: ['ready', 'degraded'],
  'not-responding': ['ready', 'not-responding'],
  backoff: ['backoff'],
  closed: ['closed'],
};

function cellIn(state: ConnectionState): StatusCell {
  const cell = new StatusCell('/run/vpp/api.sock');
  for (const next of WAYS[state]) cell.move(next, `it is ${next}`);
  return cell;
}

describe('the status of a connection', () => {
  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    '%s to %s: as the table says',
    (from, to) => {
      const cell = cellIn(from);
      const before = cell.value;
      if (LEGAL_CHANGES[from].includes(to)) {
        cell.move(to, 'because');
        expect(cell.value).toMatchObject({ state: to, reason: 'because' });
      } else {
        expect(() => cell.move(to, 'because')).toThrow(`a connection cannot go from ${from} to ${to} (because)`);
        expect(cell.value).toBe(before);
      }
    },
  );

  it('every state can be left but closed, and closed can be reached from each', () => {
    for (const state of STATES) expect(LEGAL_CHANGES[state].includes('closed')).toBe(state !== 'closed');
    expect(LEGAL_CHANGES.closed).toEqual([]);
  });

  it('since: begins anew with each state, but goes on between connecting and backoff', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    afterThis(() => vi.useRealTimers());
    const cell = cellIn('backoff');
    const { since } = cell.value;
    vi.advanceTimersByTime(1000);
    cell.move('connecting', 'again');
    expect(cell.value.since).toEqual(since);
    cell.move('ready', 'there');
    expect(cell.value.since.getTime()).toBe(since.getTime() + 1000);
  });

  it('a note: adds what became known without a change of state; nothing after the end', () => {
    const cell = cellIn('ready');
    const { since } = cell.value;
    cell.note({ pid: 4711, reason: 'still there' });
    expect(cell.value).toMatchObject({ state: 'ready', pid: 4711, reason: 'still there', since });
    cell.move('closed', 'the end');
    cell.note({ reason: 'too late' });
    expect(cell.value.reason).toBe('the end');
  });

  it('watch: gives the present value, then each change until it is ended; onChange: the changes only', () => {
    const cell = cellIn('connecting');
    const seen: ConnectionStatus[] = [];
    const changes: string[] = [];
    const stop = cell.watch((status) => seen.push(status));
    cell.onChange(({ state }) => changes.push(state));
    cell.move('ready', 'there');
    stop();
    cell.move('backoff', 'gone');
    expect(seen.map(({ state }) => state)).toEqual(['connecting', 'ready']);
    expect(changes).toEqual(['ready', 'backoff']);
  });
});
