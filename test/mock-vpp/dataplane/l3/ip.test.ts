import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, broadcast, masked, parsePrefix, within } from '../../../../mock-vpp/dataplane/l3/ip.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('parsePrefix', () => {
  it.each([
    ['192.0.2.1/24', 'c0000201', 24],
    ['192.0.2.1', 'c0000201', 32],
    ['::/0', '0'.repeat(32), 0],
    ['2001:db8::1/64', '20010db8000000000000000000000001', 64],
    ['fe80::', `fe80${'0'.repeat(28)}`, 128],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201', 128],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008', 128],
  ])('%s: %s/%i', (text, bytes, length) => {
    const prefix = parsePrefix(text);
    expect([hex(prefix.bytes), prefix.length, prefix.v6]).toEqual([bytes, length, bytes.length === 32]);
  });

  it.each([
    '',
    '192.0.2',
    '192.0.2.1/33',
    '2001:db8::/129',
    '::1/',
    '1/2/3',
    'fe80::1%eth0',
    '192.0.2.1/-1',
    '300.1.1.1',
  ])('%j: refused', (text) => {
    expect(() => parsePrefix(text)).toThrow(RangeError);
  });

  it('any address: its own bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(16));
        expect(hex(addressBytes(groups.join(':')))).toBe(hex(bytes));
      }),
    );
  });
});

it('masks: within a prefix are exactly its addresses', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 32 }), (bytes, length) => {
      expect(within(masked(bytes, length), bytes, length)).toBe(true);
      expect(within(broadcast(bytes, length), bytes, length)).toBe(true);
      const number =
        Buffer.from(broadcast(bytes, length)).readUInt32BE(0) - Buffer.from(masked(bytes, length)).readUInt32BE(0);
      expect(number).toBe(2 ** (32 - length) - 1);
    }),
  );
});
