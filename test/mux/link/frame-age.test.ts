/** A frame that does not complete: the link ends, with a cause that says so. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameAge } from '../../../src/mux/link/frame-age.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const input = { frames: 0, incomplete: 0 };
  const ends: { code: string; message: string; socket?: string }[] = [];
  const age = new FrameAge(input, '/run/vpp/api.sock', (cause) => ends.push(cause));
  return { input, ends, age };
}

describe('frame age', () => {
  it('a byte now and then of a frame that never ends: the link ends after ten seconds, with FRAME_STALLED', () => {
    const { input, ends, age } = watched();
    input.frames = 7;
    for (let second = 0; second < 9; second++) {
      input.incomplete++;
      vi.advanceTimersByTime(1000);
    }
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(2000);
    age.stop();
    expect(ends[0]).toMatchObject({
      code: 'FRAME_STALLED',
      socket: '/run/vpp/api.sock',
      message: expect.stringMatching(/9 bytes have come has not been completed for 10 s/),
    });
  });

  it('frames that straddle every look: are none of it', () => {
    const { input, ends } = watched();
    for (let second = 0; second < 60; second++) {
      input.frames++;
      input.incomplete = 100 + second;
      vi.advanceTimersByTime(1000);
    }
    expect(ends).toEqual([]);
  });

  it('a large frame that takes its time: is waited for while it grows', () => {
    const { input, ends } = watched();
    for (let second = 0; second < 60; second++) {
      input.incomplete += 1024 * 1024;
      vi.advanceTimersByTime(1000);
    }
    expect(ends).toEqual([]);
  });

  it('nothing incomplete: silence is none of its business', () => {
    const { ends, age } = watched();
    vi.advanceTimersByTime(60_000);
    age.stop();
    expect(ends).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
