/** When the primary serves again: the clock of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FailBack } from '../../../src/mux/connection/fail-back.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

function failBack(failBackAfterMs = 10 * SECOND, mode: 'auto' | 'manual' = 'auto') {
  const goBack = vi.fn();
  const policy = new FailBack({ socket: '/b', failBack: mode, failBackAfterMs }, goBack);
  return { policy, goBack };
}

/** The backup has to serve, and the primary is healthy until it goes back; returns after how long it did. */
function goesBackAfter({ policy, goBack }: ReturnType<typeof failBack>): number {
  policy.onSwitch('backup', false);
  policy.look(true);
  const wait = (policy.at?.getTime() ?? Number.NaN) - Date.now();
  const before = goBack.mock.calls.length;
  vi.advanceTimersByTime(wait - 1);
  expect(goBack).toHaveBeenCalledTimes(before);
  vi.advanceTimersByTime(1);
  expect(goBack).toHaveBeenCalledTimes(before + 1);
  policy.onSwitch('primary', true);
  return wait;
}

describe('fail-back', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('a healthy primary: serves again after the time, and only then', () => {
    expect(goesBackAfter(failBack())).toBe(10 * SECOND);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a primary that falters: has to be healthy for the whole time again', () => {
    const { policy, goBack } = failBack();
    policy.onSwitch('backup', false);
    policy.look(true);
    vi.advanceTimersByTime(9 * SECOND);
    policy.look(false);
    expect(policy.at).toBeUndefined();
    vi.advanceTimersByTime(9 * SECOND);
    policy.look(true);
    vi.advanceTimersByTime(9 * SECOND);
    expect(goBack).not.toHaveBeenCalled();
    policy.look(true); // told twice: the clock goes on
    vi.advanceTimersByTime(SECOND);
    expect(goBack).toHaveBeenCalledTimes(1);
  });

  it('a primary that does not last: waits twice as long each time, an hour at most; one that lasts: as at first', () => {
    const all = failBack();
    const waits = Array.from({ length: 12 }, () => goesBackAfter(all));
    expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80].map((seconds) => seconds * SECOND));
    expect(waits.at(-1)).toBe(HOUR);
    vi.advanceTimersByTime(HOUR);
    expect(goesBackAfter(all)).toBe(10 * SECOND);
  });

  it('a time of more than an hour: is kept, and not doubled', () => {
    const all = failBack(2 * HOUR);
    expect([goesBackAfter(all), goesBackAfter(all)]).toEqual([2 * HOUR, 2 * HOUR]);
  });

  it('a switch to the backup that was asked for: is no failure of the primary', () => {
    const all = failBack();
    goesBackAfter(all);
    all.policy.onSwitch('backup', true);
    all.policy.look(true);
    vi.advanceTimersByTime(10 * SECOND);
    expect(all.goBack).toHaveBeenCalledTimes(2);
  });

  it('manual, or a backup that was asked for: the primary waits for ever', () => {
    const manual = failBack(SECOND, 'manual');
    manual.policy.onSwitch('backup', false);
    manual.policy.look(true);
    const pinned = failBack(SECOND);
    pinned.policy.onSwitch('backup', true);
    pinned.policy.look(true);
    pinned.policy.pin('backup');
    pinned.policy.look(true);
    vi.advanceTimersByTime(HOUR);
    expect(manual.goBack).not.toHaveBeenCalled();
    expect(pinned.goBack).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    pinned.policy.pin('primary');
    pinned.policy.look(true);
    expect(pinned.policy.at).toBeDefined();
  });
});
