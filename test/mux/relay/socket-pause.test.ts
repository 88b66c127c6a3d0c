/** A pause of an API socket, without a socket. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SocketPause } from '../../../src/mux/relay/socket-pause.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const client = () => {
  const release = vi.fn();
  return { release, hold: vi.fn(() => release) };
};

it('a pause: holds each client once, those too that come meanwhile', () => {
  const pause = new SocketPause();
  const [first, second] = [client(), client()];
  pause.begin([first], 100, () => {});
  pause.begin([first], 100, () => {});
  pause.add(second);
  expect([first.hold.mock.calls.length, second.hold.mock.calls.length, pause.isOn]).toEqual([1, 1, true]);
  pause.end();
  expect([first.release.mock.calls.length, second.release.mock.calls.length, pause.isOn]).toEqual([1, 1, false]);
});

it('its time: begins anew with each call, and is over once', () => {
  const pause = new SocketPause();
  const over = vi.fn();
  pause.begin([], 100, over);
  vi.advanceTimersByTime(99);
  pause.begin([], 100, over);
  vi.advanceTimersByTime(99);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over).toHaveBeenCalledTimes(1);
});

it('who waits for its end: goes on then, and at once where there is none', async () => {
  const pause = new SocketPause();
  await pause.over();
  pause.begin([], 100, () => {});
  let went = false;
  const waiting = pause.over().then(() => {
    went = true;
  });
  await Promise.resolve();
  expect(went).toBe(false);
  pause.end();
  await waiting;
  expect([went, vi.getTimerCount()]).toEqual([true, 0]);
});
