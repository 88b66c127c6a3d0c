import { describe, expect, it } from 'vitest';
import { readFields } from '../../../src/mux/json/read-fields.js';
import type { Field } from '../../../src/mux/schema/model.js';
import * as sample from './sample-fields.js';

const { field } = sample;
const bytes = (...values: number[]) => Uint8Array.from(values);
const read = (wanted: Field, value: unknown) => readFields([wanted], { [wanted.name]: value })[wanted.name];

describe('values as their types', () => {
  it.each<[string, Field, unknown, unknown]>([
    ['decimal', field('f', 'u32'), '7', 7],
    ['negative', field('f', 'i32'), '-7', -7],
    ['hex', field('f', 'u16'), '0xff', 255],
    ['hex in capitals', field('f', 'u16'), '0XFF', 255],
    ['~0', field('f', 'u32'), '~0', 0xffffffff],
    ['~0 of eight bits', field('f', 'u8'), '~0', 255],
    ['~0, signed', field('f', 'i32'), '~0', -1],
    ['out of range, for the codec to refuse', field('f', 'u8'), '300', 300],
    ['no number, for the codec to refuse', field('f', 'u8'), 'x', 'x'],
    ['no number at all', field('f', 'u8'), '', ''],
    ['an alias of a number', field('f', sample.interfaceIndex), '3', 3],
    ['64 bits', field('f', 'u64'), '18446744073709551615', 18446744073709551615n],
    ['64 bits in hex', field('f', 'u64'), '0xffffffffffffffff', 18446744073709551615n],
    ['64 bits as a JSON number', field('f', 'i64'), -5, -5n],
    ['64 bits as an unsafe JSON number, for the codec to refuse', field('f', 'u64'), 2 ** 60, 2 ** 60],
    ['a float', field('f', 'f64'), '1.5e3', 1500],
    ['a float that is none', field('f', 'f64'), 'fast', 'fast'],
    ['text', sample.text('f'), '7', '7'],
    ['text that looks like JSON', sample.text('f'), '{"a":1}', '{"a":1}'],
  ])('%s: %#', (_, wanted, given, expected) => {
    expect(read(wanted, given)).toEqual(expected);
  });

  it.each<[unknown, unknown]>([
    ...['true', 'yes', 'on', '1', 'TRUE'].map((word): [unknown, unknown] => [word, true]),
    ...['false', 'no', 'off', '0'].map((word): [unknown, unknown] => [word, false]),
    ['maybe', 'maybe'],
    [1, true],
    [0, false],
    [true, true],
    [2, 2],
  ])('bool %s: %s', (given, expected) => {
    expect(read(field('f', 'bool'), given)).toBe(expected);
  });

  it.each<[string, unknown, unknown]>([
    ['the whole name', 'IF_STATUS_API_FLAG_LINK_UP', 2],
    ['the short name', 'LINK_UP', 2],
    ['in small letters', 'link_up', 2],
    ['several flags', 'ADMIN_UP|link_up', 3],
    ['several flags by comma', 'ADMIN_UP,LINK_UP', 3],
    ['a number', '3', 3],
    ['a JSON number', 3, 3],
    ['an unknown name, for the codec to refuse', 'UPP', 'UPP'],
    ['one unknown of two', 'ADMIN_UP|UPP', 'ADMIN_UP|UPP'],
  ])('enum, %s: %j', (_, given, expected) => {
    expect(read(field('f', sample.statusFlags), given)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['UNKNOWN', 0],
    ['API_HALF', 1],
    ['duplex_api_full', 2],
    ['LINK_DUPLEX_API_FULL', 2],
    ['ULL', 'ULL'],
  ])('enum, any end of its name: %s is %j', (given, expected) => {
    expect(read(field('f', sample.linkDuplex), given)).toBe(expected);
  });

  it('enum with a value that begins with a digit: the others keep their short names, digits alone are a number', () => {
    const speed = sample.enumeration('speed', { TM_API_SPEED_10G: 1, TM_API_SPEED_AUTO: 2, TM_API_SPEED_40: 3 });
    const values = ['AUTO', '10G', 'SPEED_10G', 'SPEED_40', '40'].map((word) => read(field('f', speed), word));
    expect(values).toEqual([2, 1, 1, 3, 40]);
  });

  it('enum that is no set of flags: no sum of names', () => {
    expect(read(field('f', sample.linkDuplex), 'HALF|FULL')).toBe('HALF|FULL');
  });

  it.each<[string, Field, unknown, unknown]>([
    ['bytes', field('f', 'u8', { kind: 'fixed', length: 2 }), '0xbeef', bytes(0xbe, 0xef)],
    ['bytes as hex:', field('f', 'u8', { kind: 'counted', countField: 'n' }), 'hex:beef', bytes(0xbe, 0xef)],
    ['bytes in capitals', field('f', 'u8', { kind: 'counted', countField: 'n' }), '0XBEEF', bytes(0xbe, 0xef)],
    ['bytes as long as the array', field('f', 'u8', { kind: 'fixed', length: 2 }), 'beef', bytes(0xbe, 0xef)],
    ['text: for its bytes', field('f', 'u8', { kind: 'trailing' }), 'text:beef', bytes(0x62, 0x65, 0x65, 0x66)],
    [
      'plain text that can be nothing else',
      field('f', 'u8', { kind: 'trailing' }),
      'my ü',
      bytes(109, 121, 32, 0xc3, 0xbc),
    ],
    ['bytes of an alias', field('f', sample.sessionKey), 'text:me', bytes(0x6d, 0x65)],
    ['a MAC in a u8 array, which can be hex or text', field('f', 'u8', { kind: 'trailing' }), 'de:ad', 'de:ad'],
    ['an address, likewise', field('f', 'u8', { kind: 'fixed', length: 16 }), '10.0.0.1', '10.0.0.1'],
    ['numbers, likewise', field('f', 'u8', { kind: 'fixed', length: 16 }), '1, 2', '1, 2'],
    ['hex that is none', field('f', 'u8', { kind: 'trailing' }), '0xmany', '0xmany'],
    ['hex: that is none', field('f', 'u8', { kind: 'trailing' }), 'hex:many', 'hex:many'],
    ['no bytes', field('f', 'u8', { kind: 'trailing' }), '', bytes()],
    ['half a byte, for the codec to refuse', field('f', 'u8', { kind: 'trailing' }), 'abc', 'abc'],
    ['a MAC as text', field('f', sample.macAddress), 'de:ad:00:00:00:42', 'de:ad:00:00:00:42'],
    ['a MAC as hex', field('f', sample.macAddress), 'dead00000042', bytes(0xde, 0xad, 0, 0, 0, 0x42)],
    ['an address as text', field('f', sample.address), '192.0.2.1', '192.0.2.1'],
    ['numbers by comma', field('f', 'u32', { kind: 'fixed', length: 3 }), '1, 2,0x3', [1, 2, 3]],
    ['an empty list', field('f', 'u32', { kind: 'trailing' }), '', []],
  ])('%s: %#', (_, wanted, given, expected) => {
    expect(read(wanted, given)).toEqual(expected);
  });

  it.each(['facade', 'FACADE', '12', 'abc', 'fax', 'dead-beef'])(
    'bytes that can be hex as well as text: %s is no guess, the codec refuses it',
    (word) => {
      for (const array of [{ kind: 'trailing' }, { kind: 'fixed', length: 128 }] as const) {
        expect(read(field('f', 'u8', array), word)).toBe(word);
      }
    },
  );

  it('nested structs and lists: each leaf by its own type', () => {
    const given = {
      prefix: '10.0.0.0/24',
      table_id: '1',
      paths: [{ sw_if_index: '1', weight: '0x2', labels: ['16', '17'] }],
    };
    expect(read(field('route', sample.route), given)).toEqual({
      prefix: '10.0.0.0/24',
      table_id: 1,
      paths: [{ sw_if_index: 1, weight: 2, labels: [16, 17] }],
    });
  });

  it('strings that only a command line has: as they are, where no forms are given', () => {
    const list = field('f', 'u8', { kind: 'trailing' });
    for (const word of ['@/etc/hostname', '[1,2]']) expect(read(list, word)).toBe(word);
    expect(read(field('route', sample.route), '{"table_id":1}')).toBe('{"table_id":1}');
  });

  it('unknown fields: kept, for the codec to refuse with their path', () => {
    expect(readFields([field('a', 'u8')], { b: '1' })).toEqual({ b: '1' });
    expect(Object.keys(readFields([], JSON.parse('{"__proto__":1}')))).toEqual(['__proto__']);
  });
});
