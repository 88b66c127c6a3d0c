import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { duration } from '../../../src/agent/config/duration.js';

describe('duration', () => {
  it.each([
    ['1s', 1000],
    ['250ms', 250],
    ['1m30s', 90_000],
    ['1.5s', 1500],
    ['.5s', 500],
    ['2h', 7_200_000],
    ['500us', 0.5],
    ['500µs', 0.5],
    ['1000000ns', 1],
    ['0', 0],
    ['0s', 0],
    [' 3s ', 3000],
    [1_000_000_000, 1000],
    [250_000_000, 250],
    [0, 0],
  ])('%s: is %s ms', (text, ms) => {
    expect(duration().parse(text)).toBe(ms);
  });

  it.each([
    ['fast', '"fast" is no duration; write it like 1s, 250ms or 1m30s'],
    ['5', '"5" is no duration'],
    ['1 s', 'no duration'],
    ['-1s', 'no duration'],
    ['1s2', 'no duration'],
    ['', 'no duration'],
    ['600h', '600h is longer than a timer can wait'],
    [5, '5 without a unit is in nanoseconds, less than a millisecond; write "5s" or "5ms" if that is meant'],
    [0.5, '0.5 without a unit is in nanoseconds'],
    [-1, '-1 is negative'],
    [true, 'expected a duration like 1s'],
    [null, 'expected a duration like 1s'],
  ])('%s: is refused in plain words', (value, message) => {
    const result = duration().safeParse(value);
    expect(result.error?.issues[0].message).toContain(message);
  });

  it('a default: is written as in a file', () => {
    const schema = z.object({ every: duration().default('10s'), rest: duration().default(2_000_000_000) });
    expect(schema.parse({})).toEqual({ every: 10_000, rest: 2000 });
    expect(schema.parse({ every: '1s' }).every).toBe(1000);
  });

  it('one schema’s default: is not another’s', () => {
    duration().default('10s');
    expect(() => z.object({ every: duration() }).parse({})).toThrow();
  });

  it('whole milliseconds in any form: come out as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (ms) => {
        expect(duration().parse(`${ms}ms`)).toBe(ms);
        expect(duration().parse(ms * 1_000_000)).toBe(ms);
      }),
    );
  });

  it('any text: gives a number of milliseconds or a refusal, nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = duration().safeParse(text);
        expect(result.success ? result.data >= 0 : result.error.issues.length === 1).toBe(true);
      }),
    );
  });
});
