import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/plugins/desired-state/comparison.js';
import { refusalOf } from '../../../src/plugins/desired-state/refusal.js';
import { validateWish, type Wish } from '../../../src/wish/index.js';

const wishOf = (text: string) => validateWish(text).wish as Wish;
const CARDS = wishOf('interfaces: { GigabitEthernet3/0/0: {}, GigabitEthernet4/0/0: {} }\n');
const against = (deletions: number, ...interfaces: string[]) => {
  const has = (key: string) => interfaces.includes(key.replace('interface/', ''));
  return { deletions, reconciliation: { inventory: { has } } } as unknown as Comparison;
};

describe('a wish that may not be meant', () => {
  it('too many deletions: refused, unless so many are allowed', () => {
    expect(refusalOf(CARDS, against(21, 'GigabitEthernet3/0/0'), { most: 20 })).toContain('would delete 21 objects');
    expect(refusalOf(CARDS, against(21), { most: 20, allowed: 20 })).toContain('would delete 21 objects');
    expect(refusalOf(CARDS, against(21), { most: 20, allowed: 21 })).toBeUndefined();
    expect(refusalOf(CARDS, against(1e6), { most: 20, allowed: true })).toBeUndefined();
  });

  it('none of its cards in VPP, and something to delete: refused, with the cards', () => {
    expect(refusalOf(CARDS, against(1), { most: 20 })).toMatch(
      /^none of its cards \(GigabitEthernet3\/0\/0, GigabitEthernet4\/0\/0\) is in VPP, .* delete 1 object: .*another host/,
    );
    expect(refusalOf(CARDS, against(1), { most: 20, allowed: 1 })).toBeUndefined();
    expect(refusalOf(CARDS, against(0), { most: 20 })).toBeUndefined();
    expect(refusalOf(CARDS, against(1, 'GigabitEthernet4/0/0'), { most: 20 })).toBeUndefined();
  });

  it('a wish without cards: is not doubted', () => {
    const made = 'bondethernets: { BondEthernet0: {} }\ninterfaces: { BondEthernet0: { mtu: 1500 } }\n';
    expect(refusalOf(wishOf(made), against(1), { most: 20 })).toBeUndefined();
    expect(refusalOf(wishOf('loopbacks: { loop0: {} }\n'), against(1), { most: 20 })).toBeUndefined();
  });
});
