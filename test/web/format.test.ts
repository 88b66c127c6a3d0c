/** Numbers as the dashboard shows them. */

import { describe, expect, it } from 'vitest';
import { bytes, duration, exact, milliseconds, percent, quantity, text } from '../../web/parts/format.js';

describe('a quantity', () => {
  it.each([
    [0, '0 pps'],
    [7, '7 pps'],
    [0.25, '0.25 pps'],
    [12.345, '12.3 pps'],
    [999, '999 pps'],
    [999.4, '999 pps'],
    [999.6, '1.00 kpps'],
    [1000, '1.00 kpps'],
    [9994, '9.99 kpps'],
    [9996, '10.0 kpps'],
    [1_234_567, '1.23 Mpps'],
    [99_950_000, '100 Mpps'],
    [1e10, '10.0 Gpps'],
    [-1500, '-1.50 kpps'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('%s: %s', (value, shown) => {
    expect(text(quantity(value, 'pps'))).toBe(shown);
  });

  it('bytes: in powers of 1024', () => {
    expect([0, 1023, 1024, 1.5 * 1024 ** 3, undefined].map((value) => text(bytes(value)))).toEqual([
      ...['0 B', '1023 B', '1.00 KiB', '1.50 GiB', '–'],
    ]);
  });

  it('exact, share, durations', () => {
    expect([exact(1_234_567), exact(0), exact(undefined)]).toEqual(['1,234,567', '0', '–']);
    expect([percent(0.5), percent(0.0123), percent(undefined)]).toEqual(['50 %', '1.2 %', '–']);
    expect([0, 999, 61_000, 3_600_000, 2 * 86_400_000 + 5_000, undefined].map(duration)).toEqual([
      ...['0 s', '0 s', '1 min 1 s', '1 h 0 min', '2 d 0 h', '–'],
    ]);
    expect([0, 0.0001, 0.123, 1.5, 12.3, 250, 1500, 65_000].map(milliseconds)).toEqual([
      ...['0 ms', '1 µs', '123 µs', '1.50 ms', '12.3 ms', '250 ms', '1.5 s', '1 min 5 s'],
    ]);
  });
});
