import { describe, expect, it } from 'vitest';
import { content, contentHex } from './fixture.js';

/** The values that each kind of field decodes to and is encoded from: golden bytes. */
describe('numbers', () => {
  const hex = 'ff 80 1234 8000 89abcdef 80000000 ffffffffffffffff 8000000000000000 000000000000f83f 01'.replaceAll(
    ' ',
    '',
  );
  const value = {
    a: 255,
    b: -128,
    c: 0x1234,
    d: -32768,
    e: 0x89abcdef,
    f: -2147483648,
    g: 2n ** 64n - 1n,
    h: -(2n ** 63n),
    i: 1.5,
    j: true,
  };

  it('each kind: big-endian but for doubles, 64 bits as bigint', () => {
    expect(content('numbers', hex)).toEqual(value);
    expect(contentHex('numbers', value)).toBe(hex);
  });

  it('64 bits: taken as bigint, safe integer or decimal text', () => {
    for (const g of [5n, 5, '5']) expect(contentHex('numbers', { g })).toBe(contentHex('numbers', { g: 5n }));
    for (const h of [-5n, -5, '-5']) expect(contentHex('numbers', { h })).toBe(contentHex('numbers', { h: -5n }));
    expect(contentHex('numbers', { g: '18446744073709551615' })).toBe(contentHex('numbers', { g: 2n ** 64n - 1n }));
  });

  it('minus zero: is zero', () => {
    expect(contentHex('numbers', { a: -0, f: -0 })).toBe(contentHex('numbers', {}));
  });

  it('a bool: is taken as 1 and 0 too', () => {
    expect(contentHex('numbers', { j: 1 })).toBe(contentHex('numbers', { j: true }));
    expect(contentHex('numbers', { j: 0 })).toBe(contentHex('numbers', { j: false }));
    expect(contentHex('route_add', { is_add: 0 })).toBe(contentHex('route_add', { is_add: false }));
  });

  it('a bool of another value: is true', () => {
    expect(content('numbers', `${hex.slice(0, -2)}07`).j).toBe(true);
  });
});

describe('fields left out', () => {
  it('without a default: are zero', () => {
    expect(contentHex('numbers', {})).toMatch(/^0+$/);
  });

  it('with a default: take it, in nested structs and arrays too', () => {
    expect(content('defaults', contentHex('defaults', {}))).toEqual({
      yes: true,
      all: 4294967295,
      minus: -1,
      big: 8192n,
      one: 1,
      color: 2,
      name: 'eth',
      path: {
        sw_if_index: 4294967295,
        weight: 0,
        labels: [
          { label: 3, ttl: 0 },
          { label: 3, ttl: 0 },
          { label: 3, ttl: 0 },
        ],
      },
      labels: [
        { label: 3, ttl: 0 },
        { label: 3, ttl: 0 },
      ],
    });
  });

  it('given: replace the default whole', () => {
    const given = { yes: false, all: 0, minus: 0, big: 0n, one: 0, color: 0, name: '', path: { sw_if_index: 1 } };
    expect(content('defaults', contentHex('defaults', given))).toMatchObject(given);
    expect(content('defaults', contentHex('defaults', { name: 'x' })).name).toBe('x');
  });

  it('of elements: take their defaults', () => {
    const route = { paths: [{}, { weight: 2 }] };
    expect(content('route_add', contentHex('route_add', { route }))).toMatchObject({
      is_add: true,
      route: {
        n_paths: 2,
        paths: [
          { sw_if_index: 4294967295, weight: 0 },
          { sw_if_index: 4294967295, weight: 2 },
        ],
      },
    });
  });
});

describe('text forms', () => {
  const text = {
    address: '2001:db8::1',
    prefix: '10.1.2.3/8',
    with_prefix: '192.0.2.1/24',
    ip4: '192.0.2.1',
    ip6: '::ffff:10.0.0.1',
    ip4_prefix: '10.0.0.0/8',
    ip6_prefix: '2001:db8::/32',
    mac: 'de:ad:00:00:00:42',
    either: { ip4: '1.2.3.4', ip6: '102:304::' },
  };
  const hex =
    '01 20010db8000000000000000000000001 00 0a010203000000000000000000000000 08 00 c0000201000000000000000000000000 18' +
    'c0000201 00000000000000000000ffff0a000001 0a00000008 20010db800000000000000000000000020 dead00000042' +
    '01020304000000000000000000000000';

  it('each: decodes to text and encodes from it, host bits kept', () => {
    expect(content('texts', hex)).toEqual(text);
    expect(contentHex('texts', text)).toBe(hex.replaceAll(' ', ''));
  });

  it('each: as raw struct or bytes when asked for, which encode as well', () => {
    const raw = content('texts', hex, { raw: true });
    expect(raw).toMatchObject({
      address: { af: 1, un: Uint8Array.from(Buffer.from('20010db8000000000000000000000001', 'hex')) },
      prefix: { address: { af: 0 }, len: 8 },
      ip4: Uint8Array.of(192, 0, 2, 1),
      ip4_prefix: { address: Uint8Array.of(10, 0, 0, 0), len: 8 },
      either: Uint8Array.from(Buffer.from('01020304000000000000000000000000', 'hex')),
    });
    expect(contentHex('texts', raw)).toBe(hex.replaceAll(' ', ''));
  });

  it('a struct with text within, bytes of the whole, hex: all are taken', () => {
    const whole = Buffer.from('000a010203000000000000000000000000 08'.replace(' ', ''), 'hex');
    for (const prefix of [
      { address: '10.1.2.3', len: 8 },
      { address: { af: 'ADDRESS_IP4', un: { ip4: '10.1.2.3' } }, len: 8 },
      { address: { af: 0, un: '10.1.2.3' }, len: 8 },
      whole,
      `0x${whole.toString('hex')}`,
    ]) {
      expect(content('texts', contentHex('texts', { prefix })).prefix).toBe('10.1.2.3/8');
    }
    expect(content('texts', contentHex('texts', { mac: [1, 2, 3, 4, 5, 6] })).mac).toBe('01:02:03:04:05:06');
    expect(content('texts', contentHex('texts', { either: '2001::' })).either).toEqual({
      ip4: '32.1.0.0',
      ip6: '2001::',
    });
  });

  it('an unknown address family: stays the raw struct, and encodes to the same bytes', () => {
    const odd = `05${hex.replaceAll(' ', '').slice(2)}`;
    const value = content('texts', odd);
    expect(value.address).toEqual({ af: 5, un: { ip4: '32.1.13.184', ip6: '2001:db8::1' } });
    expect(contentHex('texts', value)).toBe(odd);
  });

  it('a length beyond the address: stays the raw struct, and encodes to the same bytes', () => {
    const value = content('texts', contentHex('texts', { prefix: { address: '10.0.0.0', len: 200 } }));
    expect(value.prefix).toEqual({ address: '10.0.0.0', len: 200 });
    expect(content('texts', contentHex('texts', value)).prefix).toEqual(value.prefix);
  });

  it('a list of addresses: is a list of texts', () => {
    const list = ['10.0.0.1', '::1'];
    expect(content('addresses', contentHex('addresses', { list }))).toEqual({ count: 2, list });
  });
});

describe('strings', () => {
  it('fixed: ends at its first NUL, whatever is behind', () => {
    expect(content('strings', '6162006364656667 00000000000000000000000000000000 00000000')).toMatchObject({
      fixed: 'ab',
    });
    expect(content('strings', '6162636465666768 00000000000000000000000000000000 00000000')).toMatchObject({
      fixed: 'abcdefgh',
    });
  });

  it('counted: has its length before it, and none of the NULs that close it', () => {
    const hex = contentHex('strings', { rest: 'héllo' });
    expect(hex.slice(48)).toBe(`00000006${Buffer.from('héllo').toString('hex')}`);
    expect(content('strings', hex).rest).toBe('héllo');
    expect(content('strings', `${'00'.repeat(24)}0000000461620000`).rest).toBe('ab');
  });

  it('not UTF-8: is readable all the same', () => {
    expect(content('strings', `61ff62${'00'.repeat(25)}`).fixed).toBe('a\ufffdb');
  });

  it('UTF-8: is written and read whole', () => {
    const value = { fixed: 'ü€', limited: '€', rest: '😀' };
    expect(content('strings', contentHex('strings', value))).toEqual(value);
  });
});

describe('arrays', () => {
  it('each kind: decodes to what it encodes from', () => {
    const value = {
      fixed: Uint8Array.of(1, 2, 3, 4),
      numbers: [1, 2],
      flags: Array.from({ length: 20 }, (_, i) => i % 3 === 0),
      triple: [1, 2, 3],
      labels: [
        { label: 1, ttl: 2 },
        { label: 3, ttl: 4 },
      ],
      macs: ['00:00:00:00:00:01', '00:00:00:00:00:02'],
      count: 3,
      data: Uint8Array.of(7, 8, 9),
    };
    const decoded = content('arrays', contentHex('arrays', value));
    expect(decoded).toEqual(value);
    expect(decoded.data).not.toBeInstanceOf(Buffer);
  });

  it('bytes: are copies of their own', () => {
    const hex = contentHex('arrays', { data: [1, 2, 3] });
    const { data, fixed } = content('arrays', hex) as { data: Uint8Array; fixed: Uint8Array };
    expect([data.byteOffset, data.buffer.byteLength, fixed.buffer.byteLength]).toEqual([0, 3, 4]);
  });

  it('bytes: taken as Uint8Array, Buffer, list, or hex', () => {
    const expected = contentHex('arrays', { fixed: [0xab, 0xcd, 0, 1], data: [0xab, 0xcd] });
    for (const [fixed, data] of [
      [Uint8Array.of(0xab, 0xcd, 0, 1), Uint8Array.of(0xab, 0xcd)],
      [Buffer.from('abcd0001', 'hex'), Buffer.from('abcd', 'hex')],
      ['0xabcd0001', '0xABCD'],
      ['abcd0001', '0xabcd'],
    ]) {
      expect(contentHex('arrays', { fixed, data })).toBe(expected);
    }
    expect(contentHex('arrays', { fixed: '0xabcd0001', count: 2, data: 'abcd' })).toBe(expected);
  });

  it('fewer bytes than there is room for: are followed by zeros', () => {
    const expected = contentHex('arrays', { fixed: [0x61, 0x62, 0, 0] });
    for (const fixed of [[0x61, 0x62], Buffer.from('ab'), '0x6162', 'hex:6162', 'text:ab', 'text:ab\0\0']) {
      expect(contentHex('arrays', { fixed })).toBe(expected);
    }
    for (const fixed of [[], new Uint8Array(0), '0x', 'hex:', 'text:']) {
      expect(contentHex('arrays', { fixed })).toBe(contentHex('arrays', {}));
    }
  });

  it('bytes as text: UTF-8 without an end of its own, where text: says so', () => {
    expect(contentHex('arrays', { data: 'text:ü1' })).toBe(contentHex('arrays', { data: [0xc3, 0xbc, 0x31] }));
    expect(contentHex('arrays', { data: 'hex:FAcade' })).toBe(contentHex('arrays', { data: [0xfa, 0xca, 0xde] }));
    expect(contentHex('arrays', { data: 'text:0x01' })).toBe(contentHex('arrays', { data: [...Buffer.from('0x01')] }));
  });

  it('an empty list where there is room for more: is as left out', () => {
    const empty = { numbers: [], flags: [], triple: [], labels: [], macs: [], data: [] };
    expect(contentHex('arrays', empty)).toBe(contentHex('arrays', {}));
  });

  it('a count: may be left out, and may agree', () => {
    expect(contentHex('arrays', { data: [1, 2], count: 2 })).toBe(contentHex('arrays', { data: [1, 2] }));
    expect(contentHex('arrays', { count: 0 })).toBe(contentHex('arrays', { data: [] }));
  });

  it('structs fewer than there is room for: leave the rest empty', () => {
    expect(content('arrays', contentHex('arrays', { labels: [{ label: 9 }] })).labels).toEqual([
      { label: 9, ttl: 0 },
      { label: 3, ttl: 0 },
    ]);
  });

  it('numbers in a typed array: are a list', () => {
    expect(contentHex('arrays', { numbers: Uint32Array.of(5, 6) })).toBe(contentHex('arrays', { numbers: [5, 6] }));
  });

  it('an uncounted array at the end: is all that follows', () => {
    expect(content('tail', '00010002ff')).toEqual({ values: [1, 2] });
    expect(contentHex('tail', { values: [1, 2] })).toBe('00010002');
  });
});

describe('enums', () => {
  it('decode to numbers, known or not', () => {
    expect(content('enums', '02 03 00000009 ff01 0c')).toEqual({
      color: 2,
      mode: 3,
      old: 9,
      more: [255, 1],
      speed: 12,
    });
  });

  it.each([
    [{ color: 'BLUE' }, '02'],
    [{ color: 77 }, '4d'],
    [{ mode: 'MODE_LINK' }, '0002'],
    [{ mode: 'MODE_UP|MODE_LINK' }, '0003'],
    [{ mode: 'MODE_UP | MODE_LINK' }, '0003'],
    [{ mode: ['MODE_UP', 'MODE_LINK', 8] }, '000b'],
    [{ mode: [] }, '0000'],
    [{ old: ['OLD_A', 'OLD_B'] }, '000000000003'],
    [{ more: ['GREEN', 'BLUE'] }, '0000000000000102'],
    [{ color: 'blue' }, '02'],
    [{ mode: 'UP|link' }, '0003'],
    [{ mode: ['UP', 'LINK', 8] }, '000b'],
    [{ speed: 'LINK_SPEED_API_AUTO' }, '000000000000000003'],
    [{ speed: 'AUTO' }, '000000000000000003'],
    [{ speed: 'api_auto' }, '000000000000000003'],
    [{ speed: '10G' }, '000000000000000001'],
    [{ speed: 'API_10' }, '000000000000000002'],
    [{ speed: 'B_LINE' }, '000000000000000005'],
    [{ speed: 'SAME' }, '000000000000000006'],
  ])('%j: encodes from number or any unambiguous end of a name, flags from several', (fields, hex) => {
    expect(contentHex('enums', fields)).toBe(hex.padEnd(18, '0'));
  });
});

describe('unions', () => {
  const bytes = '0001020304000000000000000000000000 00'.replace(' ', '');

  it('decode to all their arms, and encode from them when they agree', () => {
    const value = content('unions', bytes);
    expect(value).toMatchObject({ choice: { number: 0x00010203, mac: '00:01:02:03:04:00', prefix: '1.2.3.4/0' } });
    expect(contentHex('unions', value)).toBe(bytes);
  });

  it('an address that is meant for another arm: stays raw, so that the arms agree', () => {
    const other = `00${'11'.repeat(17)}`;
    const value = content('unions', other);
    expect(value).toMatchObject({ choice: { prefix: { address: { af: 0 } } } });
    expect(contentHex('unions', value)).toBe(other);
  });

  it('none of the arms: is zero, as left out', () => {
    expect(contentHex('unions', { choice: {} })).toBe('00'.repeat(18));
    expect(contentHex('texts', { address: { af: 1, un: {} } })).toBe(contentHex('texts', { address: '::' }));
  });

  it('one arm: is followed by zeros', () => {
    expect(contentHex('unions', { choice: { number: 0xffffffff } })).toBe(`ffffffff${'00'.repeat(14)}`);
  });

  it('raw: bytes of the whole, both ways', () => {
    const value = content('unions', bytes, { raw: true });
    expect(value).toEqual({ choice: Uint8Array.from(Buffer.from(bytes, 'hex')) });
    expect(contentHex('unions', value)).toBe(bytes);
    expect(contentHex('unions', { choice: `0x${bytes}` })).toBe(bytes);
  });
});

describe('a struct without a fixed size', () => {
  it('at the end: is read and written', () => {
    expect(contentHex('nested', { named: { number: 1, name: 'ab' } })).toBe('01000000026162');
    expect(content('nested', '01000000026162')).toEqual({ named: { number: 1, name: 'ab' } });
    expect(contentHex('nested', {})).toBe('0000000000');
    expect(contentHex('route_add', {}).length).toBe(2 * 24);
  });
});
