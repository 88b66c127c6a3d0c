import { describe, expect, it } from 'vitest';
import { byPrefix } from '../../../src/cli/op/by-prefix.js';

const rows = (...prefixes: unknown[]) => prefixes.map((prefix) => ({ prefix }));

describe('routes by prefix', () => {
  it('IPv4 first, by number and not by letter, the shorter one first', () => {
    const given = rows('fe80::/10', '::/0', '240.0.0.0/4', '10.2.0.0/16', '0.0.0.0/32', '9.0.0.0/8', '0.0.0.0/0');
    const sorted = rows('0.0.0.0/0', '0.0.0.0/32', '9.0.0.0/8', '10.2.0.0/16', '240.0.0.0/4', '::/0', 'fe80::/10');
    expect(byPrefix(given)).toEqual(sorted);
  });

  it.each([[undefined], ['10.0.0.0'], ['loop0/3'], ['1.2.3/8'], [7]])(
    'one whose prefix is %j: all stay as they came',
    (odd) => {
      const given = rows('10.0.0.0/8', odd, '9.0.0.0/8');
      expect(byPrefix(given)).toBe(given);
    },
  );
});
