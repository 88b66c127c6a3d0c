import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ip4Text,
  ip6Text,
  macText,
  parseIp4,
  parseIp6,
  parseLength,
  parseMac,
} from '../../../src/mux/codec/ip-text.js';

const ip6Bytes = (text: string): Buffer | undefined => {
  const bytes = Buffer.alloc(20, 0xee);
  if (!parseIp6(text, 0, text.length, bytes, 2)) return undefined;
  expect([bytes[0], bytes[1], bytes[18], bytes[19]]).toEqual([0xee, 0xee, 0xee, 0xee]);
  return bytes.subarray(2, 18);
};
const rewritten = (text: string) => {
  const bytes = ip6Bytes(text);
  return bytes && ip6Text(bytes, 0);
};

describe('IPv6 text', () => {
  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['0:0:1:2:3:4:5:6', '::1:2:3:4:5:6'],
    ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['fe80::1:0', 'fe80::1:0'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['0:0:0:0:0:FFFF:192.0.2.1', '::ffff:192.0.2.1'],
    ['::192.0.2.1', '::c000:201'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ])('%s: is written %s', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  it.each([
    '',
    ':',
    ':::',
    '1',
    '1:',
    ':1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1::2::3',
    '12345::',
    'g::',
    'fe80::1%eth0',
    '::1/64',
    ' ::1',
    '::1 ',
    '[::1]',
    '1.2.3.4',
    '::1.2.3',
    '::1.2.3.256',
    '::1.2.3.4:1',
    '::01.2.3.4',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::\u0661',
  ])('%j: is none', (text) => {
    expect(ip6Bytes(text)).toBeUndefined();
  });

  it('any 16 bytes: written as the URL standard does, and read back', () => {
    const sparse = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.oneof(sparse, fc.uint8Array({ minLength: 16, maxLength: 16 })), (octets) => {
        const bytes = Buffer.from(octets);
        const text = ip6Text(bytes, 0);
        expect(ip6Bytes(text)).toEqual(bytes);
        if (!text.includes('.')) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
        expect(ip6Text(bytes, 0)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('any text made of its characters: read exactly when Node thinks it an address', () => {
    const piece = fc.oneof(
      fc.constantFrom(':', '::', '.', '0', '1.2.3.4'),
      fc.nat(0xfffff).map((n) => n.toString(16)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 17 }), (pieces) => {
        const text = pieces.join('');
        expect(ip6Bytes(text) !== undefined, text).toBe(isIPv6(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('IPv4 text', () => {
  const bytesOf = (text: string) => {
    const bytes = Buffer.alloc(4);
    return parseIp4(text, 0, text.length, bytes, 0) ? bytes : undefined;
  };

  it('any 4 bytes: written and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (octets) => {
        const text = ip4Text(octets, 0);
        expect(text).toBe([...octets].join('.'));
        expect(bytesOf(text)).toEqual(Buffer.from(octets));
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '256.1.1.1',
    '01.2.3.4',
    '00.1.1.1',
    '-1.2.3.4',
    '1.2.3.4 ',
  ])('%j: is none', (text) => {
    expect(bytesOf(text)).toBeUndefined();
  });
});

describe('MAC text', () => {
  const bytesOf = (text: string) => {
    const bytes = Buffer.alloc(6);
    return parseMac(text, bytes, 0) ? bytes.toString('hex') : undefined;
  };

  it.each(['de:ad:00:00:00:42', 'DE:AD:00:00:00:42', 'de-ad-00-00-00-42', 'dead.0000.0042'])('%s: is read', (text) => {
    expect(bytesOf(text)).toBe('dead00000042');
  });

  it.each([
    '',
    'de:ad:00:00:00',
    'de:ad:00:00:00:4',
    'de:ad:00:00:00:4g',
    'de:ad-00:00:00:42',
    'de:ad:00:00:00:42:',
    'dead:0000:0042',
    'de ad 00 00 00 42',
  ])('%j: is none', (text) => {
    expect(bytesOf(text)).toBeUndefined();
  });

  it('any 6 bytes: written and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (octets) => {
        expect(bytesOf(macText(octets, 0))).toBe(Buffer.from(octets).toString('hex'));
      }),
    );
  });
});

describe('prefix length', () => {
  it.each([
    ['/0', 32, 0],
    ['/32', 32, 32],
    ['/33', 32, -1],
    ['/128', 128, 128],
    ['/', 32, -1],
    ['/00', 32, -1],
    ['/08', 32, -1],
    ['/1x', 32, -1],
    ['/-1', 32, -1],
    ['/0128', 128, -1],
  ])('%s up to %d: %d', (text, max, expected) => {
    expect(parseLength(text, 1, max)).toBe(expected);
  });
});
