import { describe, expect, it } from 'vitest';
import { Credit } from '../../../../src/plugins/remote/socket/credit.js';

describe('credit', () => {
  it('of a client that gives as much as it has taken: says which items it must have got', () => {
    const credit = new Credit(1, 100);
    credit.add(10);
    credit.spend(10);
    expect([credit.left, credit.arrived]).toEqual([0, 0]);
    credit.add(5);
    expect(credit.arrived).toBe(5);
    credit.spend(5);
    credit.add(10);
    expect(credit.arrived).toBe(15);
  });

  it('of a client that gives more before it has taken anything: says nothing', () => {
    const credit = new Credit(1, 100);
    for (let at = 0; at < 10; at++) credit.add(10);
    expect(credit.arrived).toBe(0);
    expect(() => credit.add(1)).toThrow(
      'a stream may have a credit of 100 open (max-credit in remote.conf), not 100 and 1',
    );
    expect(credit.left).toBe(100);
  });

  it('behind a resume: the new one counts, from the last item that has arrived', () => {
    const credit = new Credit(1, 100);
    credit.add(50);
    credit.spend(20);
    credit.reset(10, 15);
    expect([credit.left, credit.arrived]).toEqual([10, 15]);
    credit.spend(10);
    credit.add(10);
    expect(credit.arrived).toBe(25);
  });
});
