import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchOwner } from '../../../src/plugins/capture/owner-watch.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const reasons = (terms: { timeMs: number; keepAliveMs?: number; signal?: AbortSignal }) => {
  const ended = vi.fn();
  return { ended, watch: watchOwner({ owner: 'ada', ...terms }, ended) };
};

it('a lease: ends when its time is up', () => {
  const { ended } = reasons({ timeMs: 1000 });
  vi.advanceTimersByTime(999);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledWith('its time was up');
});

it('an owner that says nothing any more: is gone', () => {
  const { ended, watch } = reasons({ timeMs: 10_000, keepAliveMs: 100 });
  vi.advanceTimersByTime(99);
  watch.touch();
  vi.advanceTimersByTime(99);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledWith('its owner is gone');
});

it('a watch that was disposed of: ends nothing', () => {
  const owner = new AbortController();
  const { ended, watch } = reasons({ timeMs: 100, keepAliveMs: 10, signal: owner.signal });
  watch.dispose();
  owner.abort();
  vi.advanceTimersByTime(1000);
  expect([ended.mock.calls, vi.getTimerCount()]).toEqual([[], 0]);
});
