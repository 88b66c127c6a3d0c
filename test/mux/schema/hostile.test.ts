import { describe, expect, it } from 'vitest';
import { parseSchema, schemaFromApiJson } from '../../../src/mux/codec/load.js';
import { SchemaError } from '../../../src/mux/errors.js';

type Json = Record<string, unknown>;

const ID = ['u16', '_vl_msg_id'];
const INFO = { crc: '0x12345678', options: {} };

const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

/** One API file with these parts; `fields` are those of a message `m`. */
const withFields = (...fields: unknown[]): Json => ({ messages: [['m', ID, ...fields, INFO]] });

function refusal(api: Json | string, name = 'bad.api.json'): SchemaError {
  try {
    parseSchema([{ name, text: typeof api === 'string' ? api : JSON.stringify(api) }]);
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('hostile schema', () => {
  it.each<[what: string, api: Json | string, path: string, says: RegExp]>([
    ['not JSON', '{"messages": [', '', /not JSON/],
    ['deeply nested JSON', '['.repeat(100_000) + ']'.repeat(100_000), '', /JSON/],
    ['a list instead of an object', '[]', '', /JSON object/],
    ['null', 'null', '', /JSON object/],
    ['messages that are no list', { messages: {} }, 'messages', /a list/],
    ['services that are no object', { services: [] }, 'services', /an object/],
    ['aliases with a wild name', { aliases: { 'x y': { type: 'u8' } } }, 'aliases', /"x y" is not a name/],
    ['code as a message name', { messages: [['x;process.exit()', ID, INFO]] }, 'messages[0][0]', /not a name/],
    ['a name with a line end', { messages: [['x\n', ID, INFO]] }, 'messages[0][0]', /not a name/],
    ['an endless name', { messages: [['x'.repeat(10_000), ID, INFO]] }, 'messages[0][0]', /not a name/],
    ['a number as a name', { messages: [[1, ID, INFO]] }, 'messages[0][0]', /not a name/],
    ['a message that is no list', { messages: ['m'] }, 'messages[0]', /a list/],
    ['code as a field name', withFields(['u8', 'a:(()=>{throw 1})()']), 'messages[0][2][1]', /not a field's name/],
    ['__proto__ as a field name', withFields(['u8', '__proto__']), 'messages[0][2][1]', /__proto__/],
    ['a field that is no list', withFields('u8 a'), 'messages[0][2]', /a field/],
    ['a field without a name', withFields(['u8']), 'messages[0][2][1]', /undefined/],
    ['a type with code', withFields(['u8;', 'a']), 'messages[0][2][0]', /not a type's name/],
    ['a field twice', withFields(['u8', 'a'], ['u8', 'a']), 'messages[0][3][1]', /twice/],
    ['a missing type', withFields(['vl_api_nope_t', 'a']), 'messages[0][2][0]', /no type vl_api_nope_t/],
    ['a misspelt type', withFields(['uu32', 'a']), 'messages[0][2][0]', /did you mean u32/],
    ['a negative length', withFields(['u8', 'a', -1]), 'messages[0][2][2]', /length/],
    ['a broken length', withFields(['u8', 'a', 1.5]), 'messages[0][2][2]', /length/],
    ['a length as text', withFields(['u8', 'a', '4']), 'messages[0][2][2]', /length/],
    ['an endless array', withFields(['u8', 'a', 2 ** 31]), 'messages[0][2][2]', /too long/],
    ['too large a message', withFields(...'abcd'.split('').map((n) => ['u64', n, 65536])), 'messages[0]', /too many/],
    ['no such count', withFields(['u8', 'a', 0, 'n']), 'messages[0][2][3]', /no field n before a/],
    ['a count behind its array', withFields(['u8', 'a', 0, 'n'], ['u8', 'n']), 'messages[0][2][3]', /before a/],
    ['a count that is no number', withFields(['string', 'n', 4], ['u8', 'a', 0, 'n']), 'messages[0][3][3]', /count/],
    [
      'a count with a fraction',
      withFields(['f64', 'n'], ['u8', 'a', 0, 'n']),
      'messages[0][3][3]',
      /cannot be a count/,
    ],
    ['a count with a length', withFields(['u8', 'n'], ['u8', 'a', 4, 'n']), 'messages[0][3][2]', /length 0/],
    ['a counted string', withFields(['u8', 'n'], ['string', 'a', 0, 'n']), 'messages[0][3][3]', /no count/],
    ['a string of no length', withFields(['string', 'a']), 'messages[0][2][0]', /length/],
    ['a variable array in the middle', withFields(['u8', 'a', 0], ['u8', 'b']), 'messages[0][2]', /not the last/],
    ['surplus in a field', withFields(['u8', 'a', 0, 'n', 1]), 'messages[0][2][4]', /nothing/],
    ['a limit that is none', withFields(['u8', 'a', 0, { limit: '9' }]), 'messages[0][2][3].limit', /count/],
    ['a default of the wrong kind', withFields(['u8', 'a', { default: 'x' }]), 'messages[0][2][2]', /default "x"/],
    ['a default out of range', withFields(['u8', 'a', { default: 256 }]), 'messages[0][2][2]', /default 256/],
    [
      'a default nested without end',
      `{"messages":[["m",["u16","_vl_msg_id"],["u8","a",{"default":${DEEP}}],{"crc":"0x1"}]]}`,
      'messages[0][2][2]',
      /the default an object is no u8/,
    ],
    [
      'two defaults nested without end',
      `{"types":[["t",["u8","a",{"default":${DEEP}}]],["t",["u8","a",{"default":${DEEP}}]]]}`,
      'types[1]',
      /t differs from its definition in types\[0\]/,
    ],
    ['no _vl_msg_id', { messages: [['m', ['u32', 'context'], INFO]] }, 'messages[0]', /_vl_msg_id/],
    ['no CRC', { messages: [['m', ID]] }, 'messages[0][1].crc', /CRC/],
    ['a wild CRC', { messages: [['m', ID, { crc: '0x1"' }]] }, 'messages[0][2].crc', /CRC/],
    [
      'options that are no object',
      { messages: [['m', ID, { crc: '0x1', options: 1 }]] },
      'messages[0][2].options',
      /object/,
    ],
    [
      '__proto__ as an option',
      '{"messages":[["m",["u16","_vl_msg_id"],{"crc":"0x1","options":{"__proto__":1}}]]}',
      'messages[0][2].options',
      /__proto__/,
    ],
    ['a list without end as the name of a type', `{"types":[[${DEEP},["u8","a"]]]}`, 'types[0][0]', /is not a name/],
    [
      'an object that is no text as the name of a type',
      '{"types":[[{"toString":1,"valueOf":1},["u8","a"]]]}',
      'types[0][0]',
      /is not a name/,
    ],
    ['an empty type', { types: [['t']] }, 'types[0]', /no fields/],
    ['an empty union', { unions: [['t']] }, 'unions[0]', /no fields/],
    ['a type of itself', { types: [['t', ['vl_api_t_t', 'a']]] }, 'types[0][1][0]', /circle: t → t/],
    [
      'types in a circle',
      { types: [['t', ['vl_api_u_t', 'a']]], unions: [['u', ['vl_api_t_t', 'a']]] },
      'unions[0][1][0]',
      /circle: t → u → t/,
    ],
    ['an alias of itself', { aliases: { t: { type: 'vl_api_t_t' } } }, 'aliases.t.type', /circle/],
    ['an alias of nothing', { aliases: { t: {} } }, 'aliases.t', /type/],
    ['an alias of length 0', { aliases: { t: { type: 'u8', length: 0 } } }, 'aliases.t.length', /above 0/],
    ['an alias of a string', { aliases: { t: { type: 'string', length: 4 } } }, 'aliases.t.type', /no type string/],
    ['an arm without a size', { unions: [['t', ['string', 'a', 0]]] }, 'unions[0][1]', /no fixed size/],
    ['an enum value that is none', { enums: [['e', ['A', '1']]] }, 'enums[0][1][1]', /integer/],
    ['an enum value out of range', { enums: [['e', ['A', 256], { enumtype: 'u8' }]] }, 'enums[0]', /A = 256/],
    ['an enum value twice', { enums: [['e', ['A', 1], ['A', 2]]] }, 'enums[0][2][0]', /twice/],
    ['an enum of doubles', { enums: [['e', ['A', 1], { enumtype: 'f64' }]] }, 'enums[0]', /f64/],
    ['an enum of 64 bits', { enums: [['e', { enumtype: 'u64' }]] }, 'enums[0]', /u64/],
    ['an enum with a wild type', { enums: [['e', { enumtype: 'u8)' }]] }, 'enums[0][1].enumtype', /no type/],
    ['a service of nothing', { services: { s: { reply: 'null' } } }, 'services.s', /no message s/],
    ['a service without a reply', { services: { s: {} } }, 'services.s.reply', /not a message's name/],
    [
      'a reply that is not there',
      { ...withFields(), services: { m: { reply: 'n' } } },
      'services.m.reply',
      /no message n/,
    ],
    [
      'an event that is not there',
      { ...withFields(), services: { m: { reply: 'm', events: ['m', 'n'] } } },
      'services.m.events[1]',
      /no message n/,
    ],
    [
      'events that are no list',
      { ...withFields(), services: { m: { reply: 'm', events: 'm' } } },
      'services.m.events',
      /list/,
    ],
  ])('%s: refused with file and JSON path', (_what, api, path, says) => {
    const error = refusal(api);
    expect(error.code).toBe('SCHEMA_INVALID');
    expect(error.file).toBe('bad.api.json');
    expect(error.path).toBe(path);
    expect(error.message).toMatch(says);
    expect(error.message.length).toBeLessThan(500);
  });

  it('types nested without end: refused before the stack is', () => {
    const types = Array.from({ length: 5000 }, (_, i) => [`t${i}`, [`vl_api_t${i + 1}_t`, 'a']]);
    expect(refusal({ types: [...types, ['t5000', ['u8', 'a']]] }).message).toMatch(/nested more than 32 deep/);
  });

  it('types that double at each step: refused by the number of their fields', () => {
    const types = Array.from({ length: 30 }, (_, i) => [
      `t${i}`,
      [`vl_api_t${i + 1}_t`, 'a'],
      [`vl_api_t${i + 1}_t`, 'b'],
    ]);
    expect(refusal({ types: [...types, ['t30', ['u64', 'a']]] }).message).toMatch(
      /fields in all, with its types taken apart/,
    );
  });

  it('fields without end: refused', () => {
    const fields = Array.from({ length: 2000 }, (_, i) => ['u8', `f${i}`]);
    expect(refusal(withFields(...fields))).toMatchObject({ path: 'messages[0]' });
  });

  it('arrays of arrays of arrays: compile in no time', () => {
    const aliases = Object.fromEntries(
      ['u16', 'vl_api_a0_t', 'vl_api_a1_t', 'vl_api_a2_t'].map((type, i) => [`a${i}`, { type, length: 16 }]),
    );
    const schema = parseSchema([
      { name: 'a', text: JSON.stringify({ aliases, ...withFields(['vl_api_a3_t', 'x', 4]) }) },
    ]);
    const message = schema.message('m');
    const bytes = message.encode({});
    expect(bytes.length).toBe(2 + 4 * 16 ** 4 * 2);
    expect(message.encode(message.decode(bytes)).equals(bytes), message.name).toBe(true);
    expect(message.read.toString().length).toBeLessThan(1000);
  });

  it('types that double up to the limit: work', () => {
    const types = Array.from({ length: 12 }, (_, i) => {
      const next = i === 11 ? 'u8' : `vl_api_t${i + 1}_t`;
      return [`t${i}`, [next, 'a'], [next, 'b']];
    });
    const schema = parseSchema([{ name: 'a', text: JSON.stringify({ types, ...withFields(['vl_api_t0_t', 'x']) }) }]);
    const bytes = schema.message('m').encode({});
    expect(bytes.length).toBe(2 + 2 ** 12);
    expect(schema.message('m').encode(schema.message('m').decode(bytes)).equals(bytes)).toBe(true);
  });

  it.each<[what: string, element: unknown[], says: RegExp]>([
    ['take the rest of the message', ['u8', 'a', 0], /where one ends/],
    ['may take no bytes at all', ['vl_api_rest_t', 'a'], /where one ends/],
  ])('an array of elements that %s: refused', (_what, element, says) => {
    const types = [
      ['rest', ['u8', 'a', 0]],
      ['t', element],
    ];
    const api = { types, ...withFields(['u8', 'n'], ['vl_api_t_t', 'a', 0, 'n']) };
    expect(refusal(api)).toMatchObject({ path: 'messages[0][3][0]', message: expect.stringMatching(says) });
  });

  it('an array of elements without a size, and without a count: refused', () => {
    const api = { types: [['t', ['string', 'a', 0]]], ...withFields(['vl_api_t_t', 'a', 0]) };
    expect(refusal(api)).toMatchObject({ path: 'messages[0][2][0]' });
  });

  it('definitions of one name in one file that differ: refused, with both places named', () => {
    const types = [
      ['t', ['u8', 'a']],
      ['t', ['u16', 'a']],
    ];
    expect(refusal({ types }).message).toBe('bad.api.json: types[1]: t differs from its definition in types[0]');
  });

  it('definitions that differ in their comments only: are one', () => {
    const file = (comment: string) => ({
      name: 'a',
      text: JSON.stringify({ types: [['t', ['u8', 'a'], { comment }]] }),
    });
    expect(parseSchema([file('x'), file('y')]).model.types.size).toBe(1);
  });

  it('one name for a type and an enum: refused', () => {
    expect(refusal({ types: [['t', ['u8', 'a']]], enums: [['t', ['A', 1]]] }).message).toMatch(/t differs/);
  });

  it('unknown parts of a file: tolerated', () => {
    const text = JSON.stringify({ ...withFields(), counters: 5, paths: {}, future: [1] });
    expect(parseSchema([{ name: 'a', text }]).find('m')).toBeDefined();
  });

  it('get_api_json of another shape: refused', () => {
    expect(() => schemaFromApiJson('{}')).toThrow(/array of API definitions/);
    expect(() => schemaFromApiJson('[{"module":"ip","messages":5}]')).toThrow(/^ip\.api\.json: messages/);
    expect(() => schemaFromApiJson('[{"module":"../../x","messages":5}]')).toThrow(/^get_api_json\[0\]: messages/);
  });
});
