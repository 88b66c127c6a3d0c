import { describe, expect, it } from 'vitest';
import { byReason, heldUp } from '../../../src/cli/wish/by-reason.js';

const objects = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `mtu/eth0.${i}` }));

describe('objects that are held up', () => {
  it('one: its key and its reason', () => {
    expect(heldUp('!', 'needs table/7, which is not there', objects(1))).toEqual([
      '! mtu/eth0.0',
      'needs table/7, which is not there',
    ]);
  });

  it('several by the same thing: one line, which names the first', () => {
    expect(heldUp('!', 'pending: needs interface/eth0, which is not there', objects(8))).toEqual([
      '! 8 objects',
      'pending: need interface/eth0, which is not there: mtu/eth0.0, mtu/eth0.1, mtu/eth0.2, mtu/eth0.3, mtu/eth0.4, mtu/eth0.5, and 2 more',
    ]);
  });

  it('groups: in the order of their first objects', () => {
    const all = ['b1', 'a1', 'b2'];
    expect(byReason(all, (text) => text[0])).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});
