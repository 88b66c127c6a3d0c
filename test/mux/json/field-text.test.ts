import { describe, expect, it } from 'vitest';
import { fieldTexts } from '../../../src/mux/json/field-text.js';
import { readFields } from '../../../src/mux/json/read-fields.js';
import type { Field } from '../../../src/mux/schema/model.js';
import * as sample from './sample-fields.js';

const { field } = sample;
const header = [field('_vl_msg_id', 'u16'), field('context', 'u32')];
const textOf = (wanted: Field, value: unknown) => fieldTexts([...header, wanted], { [wanted.name]: value })[0];

const inBytes = (text: string, length?: number) =>
  Uint8Array.from(
    Buffer.concat([Buffer.from(text), Buffer.alloc((length ?? Buffer.byteLength(text)) - Buffer.byteLength(text))]),
  );

describe('texts of a message', () => {
  it.each<[string, Field, unknown, string]>([
    ['a number', field('f', 'u32'), 7, '7'],
    ['64 bits', field('f', 'u64'), 18446744073709551615n, '18446744073709551615'],
    ['bool', field('f', 'bool'), true, 'true'],
    ['text', sample.text('f'), 'loop0', 'loop0'],
    ['text with control characters', sample.text('f'), 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['bytes', field('f', 'u8', { kind: 'fixed', length: 2 }), Uint8Array.from([1, 255]), '01ff'],
    ['text in bytes', field('f', 'u8', { kind: 'fixed', length: 8 }), inBytes('tap 0', 8), 'tap 0'],
    [
      'text in bytes that looks like hex',
      field('f', 'u8', { kind: 'fixed', length: 8 }),
      inBytes('facade', 8),
      'text:facade',
    ],
    ['text in bytes that looks like a number', field('f', 'u8', { kind: 'trailing' }), inBytes('0x12'), 'text:0x12'],
    ['text in bytes that looks like a file', field('f', 'u8', { kind: 'trailing' }), inBytes('@home'), 'text:@home'],
    ['text in counted bytes', field('f', 'u8', { kind: 'trailing' }), inBytes('über'), 'über'],
    ['text and its NUL in counted bytes', field('f', 'u8', { kind: 'trailing' }), inBytes('tap0', 5), '7461703000'],
    ['bytes with an escape', field('f', 'u8', { kind: 'trailing' }), inBytes('a\u001b[0m'), '611b5b306d'],
    ['bytes with a bidi control', field('f', 'u8', { kind: 'trailing' }), inBytes('abc\u202e'), '616263e280ae'],
    ['bytes that are text by chance', field('f', 'u8', { kind: 'fixed', length: 4 }), inBytes('z!', 4), '7a210000'],
    ['text in bytes of an alias', field('f', sample.sessionKey), inBytes('secret', 32), 'secret'],
    ['an enum', field('f', sample.linkDuplex), 2, 'FULL'],
    [
      'an enum next to one that begins with a digit',
      field('f', sample.enumeration('speed', { SPEED_10G: 1, SPEED_AUTO: 2 })),
      2,
      'AUTO',
    ],
    ['an enum without a name', field('f', sample.linkDuplex), 9, '9'],
    ['flags', field('f', sample.statusFlags), 3, 'ADMIN_UP|LINK_UP'],
    ['flags, one unknown', field('f', sample.statusFlags), 9, 'ADMIN_UP|8'],
    ['flags, none', field('f', sample.statusFlags), 0, '0'],
    ['flags declared as a plain enum', field('f', { ...sample.statusFlags, flags: false }), 3, 'ADMIN_UP|LINK_UP'],
    ['all ones', field('f', sample.interfaceIndex), 0xffffffff, '~0'],
    ['an address that has a text form', field('f', sample.address), '192.0.2.1', '192.0.2.1'],
    ['numbers', field('f', 'u32', { kind: 'fixed', length: 2 }), [1, 2], '1,2'],
    [
      'structs',
      field('f', sample.path, { kind: 'trailing' }),
      [{ sw_if_index: 1, weight: 0 }, { weight: 2 }],
      'sw_if_index=1, weight=2',
    ],
  ])('%s: short text', (_, wanted, value, text) => {
    expect(textOf(wanted, value)).toMatchObject({ name: 'f', text });
  });

  it.each<[Field, unknown, boolean]>([
    [field('f', 'u32'), 0, true],
    [field('f', 'u64'), 0n, true],
    [field('f', 'bool'), false, true],
    [sample.text('f'), '', true],
    [sample.text('f'), '00', false],
    [field('f', sample.macAddress), '00:00:00:00:00:00', true],
    [field('f', sample.address), '::', true],
    [field('f', sample.address), '0.0.0.1', false],
    [field('f', 'u8', { kind: 'fixed', length: 2 }), new Uint8Array(2), true],
    [field('f', 'u32', { kind: 'fixed', length: 2 }), [0, 0], true],
    [field('f', 'u32'), 1, false],
    [sample.text('f'), 'x', false],
  ])('blank %#: %j', (wanted, value, blank) => {
    expect(textOf(wanted, value).blank).toBe(blank);
  });

  it('bytes: what is shown of text can be given as it is, and means the same', () => {
    for (const word of ['tap 0', 'facade', '@home', '[1]', 'text:x', 'hex:00', 'abc', 'größe', '{a}']) {
      const wanted = field('f', 'u8', { kind: 'trailing' });
      const { text } = textOf(wanted, inBytes(word));
      expect(readFields([wanted], { f: text }).f).toEqual(inBytes(word));
    }
  });

  it('a nested struct: flattened, counts left out', () => {
    const values = { route: { table_id: 1, prefix: '10.0.0.0/24', n_paths: 2, paths: [{ weight: 1 }, { weight: 2 }] } };
    const texts = fieldTexts([field('route', sample.route)], values);
    expect(texts.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'route.table_id 1',
      'route.prefix 10.0.0.0/24',
      'route.paths weight=1, weight=2',
    ]);
  });
});
