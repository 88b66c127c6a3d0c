import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingWriter } from '../../../src/mux/codec/byte-writer.js';
import { FieldError } from '../../../src/mux/errors.js';
import { shown } from '../../../src/mux/schema/shown.js';
import { fixture, fixtureSchema } from './fixture.js';

function refusal(message: string, fields: unknown): FieldError {
  const write = fixture(message).write;
  const writer = new GrowingWriter(16);
  writer.pos = 3;
  try {
    write(writer, fields as Record<string, unknown>, 1, 2, 3);
  } catch (error) {
    expect(writer.pos).toBe(3);
    if (error instanceof FieldError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

class Custom {
  get a(): number {
    return 1;
  }
}

describe('values that do not fit', () => {
  const rows: [message: string, fields: unknown, path: string, says: RegExp][] = [
    ['numbers', null, '', /an object of fields is expected .*not null/],
    ['numbers', undefined, '', /not undefined/],
    ['numbers', 'a', '', /an object of fields/],
    ['numbers', [], '', /an object of fields/],
    ['numbers', Promise.resolve({}), '', /Promise .*await/],
    ['numbers', new Map(), '', /Map/],
    ['numbers', new Date(0), '', /Date/],
    ['numbers', new Custom(), '', /Custom/],
    ['numbers', { a: 256 }, 'a', /u8 \(an integer, 0 … 255\) is expected, not 256/],
    ['numbers', { a: -1 }, 'a', /0 … 255/],
    ['numbers', { a: 1.5 }, 'a', /not 1\.5/],
    ['numbers', { a: Number.NaN }, 'a', /not NaN/],
    ['numbers', { a: Number.POSITIVE_INFINITY }, 'a', /not Infinity/],
    ['numbers', { a: '1' }, 'a', /not "1"/],
    ['numbers', { a: 1n }, 'a', /not 1n/],
    ['numbers', { a: null }, 'a', /null is no value; leave the field out/],
    ['numbers', { a: true }, 'a', /not true/],
    ['numbers', { a: Symbol('x') }, 'a', /a symbol/],
    ['numbers', { a: { valueOf: () => 1 } }, 'a', /u8/],
    ['numbers', { b: 128 }, 'b', /-128 … 127/],
    ['numbers', { c: 65536 }, 'c', /0 … 65535/],
    ['numbers', { d: -32769 }, 'd', /-32768 … 32767/],
    ['numbers', { e: 2 ** 32 }, 'e', /0 … 4294967295/],
    ['numbers', { e: -1 }, 'e', /not -1/],
    ['numbers', { f: 2 ** 31 }, 'f', /-2147483648 … 2147483647/],
    ['numbers', { g: -1n }, 'g', /u64 \(0 … 18446744073709551615\)/],
    ['numbers', { g: 2n ** 64n }, 'g', /u64/],
    ['numbers', { g: 2 ** 53 }, 'g', /safe integer/],
    ['numbers', { g: 0.5 }, 'g', /u64/],
    ['numbers', { g: '0x5' }, 'g', /decimal text/],
    ['numbers', { g: '' }, 'g', /decimal text/],
    ['numbers', { h: 2n ** 63n }, 'h', /i64/],
    ['numbers', { i: Number.NaN }, 'i', /a finite number/],
    ['numbers', { i: Number.NEGATIVE_INFINITY }, 'i', /a finite number/],
    ['numbers', { i: 1n }, 'i', /a finite number/],
    ['numbers', { j: 2 }, 'j', /true or false \(or 1 or 0\) is expected, not 2/],
    ['numbers', { j: 1n }, 'j', /not 1n/],
    ['numbers', { j: 'true' }, 'j', /true or false/],
    ['numbers', { aa: 1 }, 'aa', /no such field/],
    ['numbers', { a: 1, zzzz: undefined }, 'zzzz', /no such field; the fields are: a, b, c/],
    ['numbers', { a: undefined }, 'a', /undefined is no value \(a look-up that found nothing\?\); leave the field out/],
    ['numbers', { a: 1, j: undefined }, 'j', /undefined is no value/],
    ['route_add', { route: undefined }, 'route', /undefined is no value/],
    ['route_add', { route: { table_id: undefined } }, 'route.table_id', /undefined is no value/],
    ['route_add', { route: { paths: undefined } }, 'route.paths', /undefined is no value/],
    ['route_add', { route: { n_paths: undefined, paths: [] } }, 'route.n_paths', /undefined is no value/],
    ['route_add', { route: { paths: [{}, { sw_if_index: undefined }] } }, 'route.paths[1].sw_if_index', /undefined/],
    ['route_add', { route: { prefix: { address: undefined, len: 8 } } }, 'route.prefix.address', /undefined/],
    [
      'route_add',
      { route: { paths: [{ labels: [{ ttl: undefined }] }] } },
      'route.paths[0].labels[0].ttl',
      /undefined/,
    ],
    ['texts', { mac: undefined }, 'mac', /undefined/],
    ['texts', { either: { ip4: undefined } }, 'either.ip4', /undefined/],
    ['strings', { fixed: undefined }, 'fixed', /undefined/],
    ['strings', { rest: undefined }, 'rest', /undefined/],
    ['arrays', { data: undefined }, 'data', /undefined/],
    ['arrays', { data: undefined, count: 0 }, 'data', /undefined/],
    ['arrays', { fixed: undefined }, 'fixed', /undefined/],
    ['arrays', { numbers: [1, undefined] }, 'numbers[1]', /undefined/],
    ['enums', { color: undefined }, 'color', /undefined/],
    ['unions', { choice: { number: undefined } }, 'choice.number', /undefined/],
    ['unions', { choice: { number: 1, mac: undefined } }, 'choice.mac', /undefined/],
    ['nested', { named: { name: undefined } }, 'named.name', /undefined/],
    ['tail', { values: undefined }, 'values', /undefined/],
    ['route_add', { is_ad: true }, 'is_ad', /no such field; did you mean is_add\?/],
    ['route_add', { route: { tableid: 1 } }, 'route.tableid', /did you mean table_id\?/],
    ['route_add', { route: 5 }, 'route', /an object of fields is expected \(table_id, prefix, n_paths, paths\), not 5/],
    ['route_add', { route: null }, 'route', /null/],
    [
      'route_add',
      { route: { prefix: '10.0.0.0' } },
      'route.prefix',
      /"10\.0\.0\.0" is not a prefix .*length is missing/,
    ],
    ['route_add', { route: { prefix: '10.0.0.0/33' } }, 'route.prefix', /is not a prefix such as/],
    ['route_add', { route: { prefix: '::/129' } }, 'route.prefix', /is not a prefix/],
    ['route_add', { route: { prefix: 5 } }, 'route.prefix', /a prefix such as .* is expected, not 5/],
    ['route_add', { route: { prefix: { len: 256 } } }, 'route.prefix.len', /u8/],
    [
      'route_add',
      { route: { prefix: { address: { un: { ip4: 'x' } } } } },
      'route.prefix.address.un.ip4',
      /IPv4 address/,
    ],
    [
      'route_add',
      { route: { prefix: { address: new Uint8Array(4) } } },
      'route.prefix.address',
      /17 bytes are expected, not 4/,
    ],
    ['route_add', { route: { paths: {} } }, 'route.paths', /a list is expected/],
    ['route_add', { route: { paths: 'ab' } }, 'route.paths', /a list is expected/],
    ['route_add', { route: { paths: [{ weight: 300 }] } }, 'route.paths[0].weight', /u8/],
    ['route_add', { route: { paths: [{}, { weigth: 3 }] } }, 'route.paths[1].weigth', /did you mean weight/],
    ['route_add', { route: { paths: [undefined] } }, 'route.paths[0]', /undefined/],
    ['route_add', { route: { paths: [null] } }, 'route.paths[0]', /null/],
    ['route_add', { route: { paths: new Array(3) } }, 'route.paths[0]', /undefined/],
    [
      'route_add',
      { route: { paths: [{}, {}], n_paths: 1 } },
      'route.n_paths',
      /1 does not agree with paths, which has 2/,
    ],
    ['route_add', { route: { n_paths: 1 } }, 'route.n_paths', /does not agree/],
    ['route_add', { route: { n_paths: '1' } }, 'route.n_paths', /u8/],
    [
      'route_add',
      { route: { paths: new Array(256).fill({}) } },
      'route.paths',
      /256 elements are more than n_paths can count/,
    ],
    [
      'route_add',
      { route: { paths: [{ labels: [{}, {}, {}, {}] }] } },
      'route.paths[0].labels',
      /at most 3 elements are expected, not 4/,
    ],
    ['route_add', { route: { paths: [{ labels: [{}, { ttl: -1 }] }] } }, 'route.paths[0].labels[1].ttl', /u8/],
    ['texts', { address: '1.2.3' }, 'address', /is not an address such as/],
    ['texts', { address: 'fe80::1%eth0' }, 'address', /zone ids/],
    ['texts', { address: '' }, 'address', /is not an address/],
    ['texts', { ip4: '::1' }, 'ip4', /IPv4 address/],
    ['texts', { ip6: '1.2.3.4' }, 'ip6', /IPv6 address/],
    ['texts', { ip4: [1, 2, 3] }, 'ip4', /4 bytes are expected, not 3/],
    ['texts', { ip4: 'c000020' }, 'ip4', /IPv4 address/],
    ['texts', { mac: 'de:ad:be:ef' }, 'mac', /MAC address/],
    ['texts', { mac: new Uint8Array(7) }, 'mac', /6 bytes are expected, not 7/],
    ['texts', { ip4_prefix: '::/0' }, 'ip4_prefix', /IPv4 prefix/],
    ['texts', { ip6_prefix: '10.0.0.0/8' }, 'ip6_prefix', /IPv6 prefix/],
    ['texts', { either: 'nonsense' }, 'either', /an address such as/],
    ['texts', { either: Promise.resolve({}) }, 'either', /Promise .*await/],
    ['texts', { either: { ip4: '1.2.3.4', ip6: '::' } }, 'either', /ip4 and ip6 share their bytes/],
    ['strings', { fixed: '12345678' }, 'fixed', /takes 8 bytes; 7 is the most/],
    ['strings', { fixed: 'äöüß' }, 'fixed', /takes 8 bytes; 7 is the most/],
    ['strings', { fixed: 'a\0b' }, 'fixed', /NUL/],
    ['strings', { fixed: 'ä\0' }, 'fixed', /NUL/],
    ['strings', { fixed: '\ud800' }, 'fixed', /surrogate/],
    ['strings', { fixed: 5 }, 'fixed', /a string is expected, not 5/],
    ['strings', { fixed: ['a'] }, 'fixed', /a string is expected/],
    ['strings', { limited: 'abcde' }, 'limited', /takes 5 bytes; 4 is the most/],
    ['strings', { limited: 'äöü' }, 'limited', /takes 6 bytes; 4 is the most/],
    ['strings', { rest: 'a\0' }, 'rest', /NUL/],
    ['strings', { rest: 'a\udc00' }, 'rest', /surrogate/],
    ['strings', { rest: Buffer.from('a') }, 'rest', /a string is expected/],
    ['arrays', { fixed: new Uint8Array(5) }, 'fixed', /at most 4 bytes are expected, not 5/],
    ['arrays', { fixed: 'text:hallo' }, 'fixed', /at most 4 bytes are expected, not 5/],
    ['arrays', { fixed: 'text:äöü' }, 'fixed', /at most 4 bytes are expected, not 6/],
    ['arrays', { fixed: 'text:\ud800' }, 'fixed', /surrogate/],
    ['arrays', { fixed: '0x0102030405' }, 'fixed', /at most 4 bytes are expected, not 5/],
    ['arrays', { fixed: '' }, 'fixed', /not "": the text of an empty variable\?; no bytes are written "0x"/],
    ['arrays', { fixed: [1, 2, 3, 256] }, 'fixed', /at most 4 bytes are expected/],
    ['arrays', { fixed: [1, 2, 3, 4n] }, 'fixed', /at most 4 bytes are expected/],
    ['arrays', { fixed: '0x12345' }, 'fixed', /hex/],
    ['arrays', { fixed: 'hex:xy' }, 'fixed', /hex/],
    ['arrays', { fixed: 'abcd' }, 'fixed', /"abcd": it can be text or hex; write "text:abcd" or "0xabcd"/],
    ['arrays', { data: 'facade' }, 'data', /"facade": it can be text or hex; write "text:facade" or "0xfacade"/],
    ['arrays', { fixed: 'ab c' }, 'fixed', /text is written "text:ab c"/],
    ['texts', { mac: [1, 2, 3] }, 'mac', /6 bytes are expected, not 3/],
    ['texts', { mac: 'text:abc' }, 'mac', /MAC address/],
    ['arrays', { numbers: [1] }, 'numbers', /exactly 2 elements are expected, not 1/],
    ['arrays', { numbers: [1, -1] }, 'numbers[1]', /u32/],
    ['arrays', { numbers: 5 }, 'numbers', /a list/],
    ['arrays', { flags: new Array(20).fill(2) }, 'flags[0]', /true or false/],
    ['arrays', { triple: [1, 2] }, 'triple', /exactly 3/],
    ['arrays', { triple: [1, 2, 65536] }, 'triple[2]', /u16/],
    ['arrays', { macs: ['00:00:00:00:00:01', 'x'] }, 'macs[1]', /MAC/],
    ['arrays', { data: new Uint8Array(9) }, 'data', /9 elements are too many; 8 is the limit/],
    ['arrays', { data: '0x0102', count: 3 }, 'count', /3 does not agree with data, which has 2/],
    ['arrays', { data: null }, 'data', /null/],
    ['arrays', { data: null, count: 3 }, 'data', /null/],
    ['arrays', { data: 'xyz', count: 3 }, 'data', /bytes are expected/],
    ['enums', { color: 'GREAN' }, 'color', /color has no "GREAN"; did you mean GREEN\?/],
    ['enums', { color: 'x' }, 'color', /the names are: RED, GREEN, BLUE/],
    ['enums', { speed: 'LINE' }, 'speed', /"LINE" can be LINK_SPEED_API_A_LINE or LINK_SPEED_API_B_LINE/],
    ['enums', { speed: '10' }, 'speed', /link_speed has no "10"/],
    ['enums', { speed: '' }, 'speed', /link_speed has no ""/],
    ['enums', { color: 'RED|BLUE' }, 'color', /a number or one name of color/],
    ['enums', { color: ['RED'] }, 'color', /a number or one name/],
    ['enums', { color: 256 }, 'color', /u8/],
    ['enums', { color: true }, 'color', /color/],
    ['enums', { mode: 'MODE_UP|MODE_LNK' }, 'mode', /did you mean MODE_LINK/],
    ['enums', { mode: ['MODE_UP', 256] }, 'mode', /u8/],
    ['enums', { mode: [1.5] }, 'mode', /u8/],
    ['enums', { mode: ['MODE_UP', {}] }, 'mode', /u8/],
    ['enums', { more: ['RED', 'PINK'] }, 'more[1]', /color has no "PINK"/],
    ['unions', { choice: 5 }, 'choice', /an object with one of number, mac, prefix is expected, not 5/],
    ['unions', { choice: new Map() }, 'choice', /Map/],
    ['unions', { choice: { nummer: 5 } }, 'choice.nummer', /did you mean number/],
    ['unions', { choice: { number: -1 } }, 'choice.number', /u32/],
    ['unions', { choice: { number: 1, mac: '00:00:00:00:00:00' } }, 'choice', /number and mac share their bytes/],
    ['unions', { choice: new Uint8Array(17) }, 'choice', /18 bytes are expected, not 17/],
    ['unions', { choice: '1234' }, 'choice', /18 bytes are expected/],
    ['nested', { named: { name: 5 } }, 'named.name', /a string is expected/],
    ['tail', { values: [65536] }, 'values[0]', /u16/],
    ['route_add', { context: 5 }, 'context', /set by the mux/],
    ['route_add', { client_index: 5, is_add: true }, 'client_index', /set by the mux/],
    ['route_add', { _vl_msg_id: 5 }, '_vl_msg_id', /set by the mux/],
    ['route_add', JSON.parse('{"__proto__": 1}'), '__proto__', /no such field/],
    ['route_add', { toString: 1 }, 'toString', /no such field/],
  ];
  it.each(rows.map((row) => [row[0], shown(row[1]), ...row.slice(1)] as const))(
    '%s %s: refused',
    (message, _shown, ...rest) => {
      const [fields, path, says] = rest as [unknown, string, RegExp];
      const error = refusal(message, fields);
      expect(error).toMatchObject({ code: 'BAD_FIELD', messageName: message, path });
      expect(error.message).toMatch(says);
      expect(error.message.startsWith(`${message}: `)).toBe(true);
      expect(error.message.length).toBeLessThan(400);
    },
  );

  it('a getter that throws: its own error comes out', () => {
    const fields = {
      get a(): number {
        throw new RangeError('mine');
      },
    };
    expect(() => fixture('numbers').encode(fields)).toThrow('mine');
  });

  it('a value that changes between looks: is refused all the same', () => {
    let looks = 0;
    const fields = Object.defineProperty({}, 'a', { enumerable: true, get: () => (looks++ === 0 ? 300 : 1) });
    expect(refusal('numbers', fields)).toMatchObject({ code: 'BAD_FIELD', path: '' });
  });

  it('nearest names: come with the error', () => {
    expect(refusal('route_add', { is_ad: true }).nearest).toEqual(['is_add']);
  });

  it('anything at all: accepted, or refused with a path that leads to something given', () => {
    const messages = [...fixtureSchema().model.messages.keys()];
    const names = [
      'a',
      'g',
      'address',
      'prefix',
      'mac',
      'either',
      'fixed',
      'rest',
      'numbers',
      'labels',
      'count',
      'data',
    ];
    const more = [
      'list',
      'values',
      'route',
      'color',
      'mode',
      'more',
      'choice',
      'named',
      'name',
      'n_paths',
      'paths',
      'ip4',
    ];
    const key = fc.constantFrom(...names, ...more, 'un', 'af', 'len', 'number', 'weight', 'x', 'context');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.anything({ withBigInt: true, withTypedArray: true }),
        tie('leaf'),
        tie('object'),
        tie('list'),
      ),
      object: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
      list: fc.array(tie('any'), { maxLength: 4 }),
      leaf: fc.oneof(
        fc.constantFrom('10.0.0.1', '::1/64', '00:00:00:00:00:01', '0x00', 'MODE_UP', 'RED', '', 1n, -0),
        fc.nat(300),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...messages), value.object, (name, fields) => {
        const message = fixture(name);
        let bytes: Buffer;
        try {
          bytes = message.encode(fields);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
          const { code, path } = error as FieldError;
          expect(code).toBe('BAD_FIELD');
          // The whole message is blamed only when it is no set of fields; these are.
          expect(path).not.toBe('');
          const top = String(path).split(/[.[]/)[0];
          expect(
            Object.keys(fields).some((given) => given === top || given.startsWith(top)),
            path,
          ).toBe(true);
          return;
        }
        expect(message.encode(message.decode(bytes)).equals(bytes), message.name).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
