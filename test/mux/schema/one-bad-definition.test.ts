/** Definitions that do not suit: what they spoil, and what they leave alone. */

import { describe, expect, it } from 'vitest';
import { loadSchema, parseSchema } from '../../../src/mux/codec/load.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const ID = ['u16', '_vl_msg_id'];
const HEAD = [ID, ['u32', 'client_index'], ['u32', 'context']];
const REPLY = [ID, ['u32', 'context'], ['i32', 'retval']];

interface Parts {
  readonly types?: unknown[];
  readonly messages?: unknown[];
  readonly services?: object;
}

/** A file with a request of its name, `fields` and a CRC made of `crc`, and what answers it. */
function file(name: string, fields: unknown[], crc = '1', { types = [], messages = [], services = {} }: Parts = {}) {
  const own = [
    [name, ...HEAD, ...fields, { crc: `0x${crc}` }],
    [`${name}_reply`, ...REPLY, { crc: '0xe8d4e804' }],
  ];
  const all = { [name]: { reply: `${name}_reply` }, ...services };
  const text = JSON.stringify({ types, messages: [...own, ...messages], services: all });
  return { name: `${name}.api.json`, text };
}

describe('types of one name in two files', () => {
  const one = file('one', [['vl_api_entry_t', 'e']], '1', { types: [['entry', ['u8', 'a']]] });
  const two = file('two', [['vl_api_entry_t', 'e']], '2', { types: [['entry', ['u32', 'b']]] });

  it('different ones: each file has its own', () => {
    const schema = parseSchema([one, two]);
    expect(
      schema
        .message('one')
        .encode({ e: { a: 5 } })
        .toString('hex'),
    ).toMatch(/^0{20}05$/);
    expect(
      schema
        .message('two')
        .encode({ e: { b: 5 } })
        .toString('hex'),
    ).toMatch(/^0{20}00000005$/);
    expect(schema.model.problems).toEqual([]);
  });

  it('the same ones within types that differ: are told apart', () => {
    const wrap = ['wrap', ['vl_api_entry_t', 'inner', 2]];
    const at = (name: string, entry: unknown) => file(name, [['vl_api_wrap_t', 'w']], '1', { types: [entry, wrap] });
    const schema = parseSchema([at('one', ['entry', ['u8', 'a']]), at('two', ['entry', ['u32', 'a']])]);
    expect(schema.message('one').def.size).toBe(10 + 2);
    expect(schema.message('two').def.size).toBe(10 + 8);
  });

  it('equal ones: are one type', () => {
    const [a, b] = ['a', 'b'].map((name) =>
      file(name, [['vl_api_entry_t', 'e']], '1', { types: [['entry', ['u8', 'x']]] }),
    );
    const schema = parseSchema([a, b]);
    expect(schema.message('a').def.fields[3].type).toBe(schema.message('b').def.fields[3].type);
  });

  it('used by a third file that holds neither: an error of that message, which names both', () => {
    const schema = parseSchema([one, two, file('three', [['vl_api_entry_t', 'e']])]);
    expect(() => schema.message('three')).toThrow(/entry differs from its definition in one\.api\.json/);
    expect(schema.find('one')).toBeDefined();
  });

  it('a type that only another file holds: is taken from there', () => {
    const schema = parseSchema([one, file('three', [['vl_api_entry_t', 'e']])]);
    expect(schema.message('three').def.size).toBe(11);
  });
});

describe('two definitions of one message', () => {
  const own = (crc: string, field: string) => file('tag_set', [[field, 'x']], crc);
  const files = [own('1', 'u8'), { ...own('2', 'u32'), name: 'other.api.json' }];

  it('with a table: the one whose CRC it has', () => {
    const schema = parseSchema(files);
    for (const [crc, size] of [
      ['00000001', 11],
      ['00000002', 14],
      ['00000003', 11],
    ] as const) {
      const fitted = schema.forTable(new Map([['tag_set', { crc }]]));
      expect(fitted.message('tag_set').def.size, crc).toBe(size);
    }
  });

  it('known of: both, and which one is in use', () => {
    const { variants } = parseSchema(files).model;
    expect([...variants]).toEqual([
      [
        'tag_set',
        [
          { crc: '00000001', file: 'tag_set.api.json' },
          { crc: '00000002', file: 'other.api.json' },
        ],
      ],
    ]);
  });

  it('each with a service of its own: the one of its file counts', () => {
    const answer = (reply: string) => ({
      messages: [[reply, ...REPLY, { crc: '0x9' }]],
      services: { tag_set: { reply } },
    });
    const two = [file('tag_set', [], '1', answer('one_reply')), file('tag_set', [], '2', answer('two_reply'))];
    const schema = parseSchema(two.map((each, i) => ({ ...each, name: `${i}.api.json` })));
    expect(schema.message('tag_set').def.service?.reply).toBe('one_reply');
    const fitted = schema.forTable(new Map([['tag_set', { crc: '00000002' }]]));
    expect(fitted.message('tag_set').def.service?.reply).toBe('two_reply');
  });

  it('of the same CRC, but different: nobody can say which is right', () => {
    const schema = parseSchema([own('1', 'u8'), { ...own('1', 'u32'), name: 'b.api.json' }, file('fine', [])]);
    expect(() => schema.message('tag_set')).toThrow(/tag_set differs from its definition in tag_set\.api\.json/);
    expect(schema.find('fine')).toBeDefined();
  });

  it('one that cannot be used: the other is, unless the table has the bad one', () => {
    const bad = file('tag_set', [['vl_api_nowhere_t', 'x']], '2');
    const schema = parseSchema([{ ...bad, name: 'bad.api.json' }, own('1', 'u8')]);
    expect(schema.message('tag_set').def.crc).toBe('00000001');
    const fitted = schema.forTable(new Map([['tag_set', { crc: '00000002' }]]));
    expect(() => fitted.message('tag_set')).toThrow(/there is no type vl_api_nowhere_t/);
  });
});

describe('a definition that cannot be used', () => {
  it.each<[what: string, bad: ReturnType<typeof file>, says: RegExp]>([
    [
      'a missing type',
      file('bad', [['vl_api_nowhere_t', 'x']]),
      /bad\.api\.json: messages\[0\]\[4\]\[0\]: there is no type/,
    ],
    ['a type that is broken', file('bad', [['vl_api_t_t', 'x']], '1', { types: [['t', ['u8', 'a', -1]]] }), /length/],
    ['a wild name of a field', file('bad', [['u8', 'a b']]), /not a field's name/],
    [
      'a field twice',
      file('bad', [
        ['u8', 'a'],
        ['u8', 'a'],
      ]),
      /twice/,
    ],
    ['a wild CRC', file('bad', [], '"'), /CRC/],
    ['a service of nothing', file('bad', [], '1', { services: { bad: { reply: 'gone' } } }), /no message gone/],
    ['a service that is none', file('bad', [], '1', { services: { bad: 5 } }), /an object/],
  ])('%s: is an error of that message when it is used, and of no other', (_what, bad, says) => {
    const schema = parseSchema([bad, file('fine', [['u8', 'x']])]);
    expect(schema.find('bad')).toBeUndefined();
    expect(() => schema.message('bad')).toThrow(
      expect.objectContaining({ code: 'SCHEMA_INVALID', messageName: 'bad' }),
    );
    expect(() => schema.message('bad')).toThrow(says);
    expect(schema.message('fine').encode({ x: 1 }).length).toBe(11);
    expect(schema.message('fine').def.service).toMatchObject({ kind: 'unary', reply: 'fine_reply' });
    expect(schema.model.problems.some(({ message }) => says.test(message))).toBe(true);
  });

  it('a reply: its request keeps its definition, and the reply says why it cannot be read', () => {
    const reply = ['bad_reply', ...REPLY, ['vl_api_nowhere_t', 'x'], { crc: '0x2' }];
    const text = JSON.stringify({
      messages: [['bad', ...HEAD, { crc: '0x1' }], reply],
      services: { bad: { reply: 'bad_reply' } },
    });
    const schema = parseSchema([{ name: 'bad.api.json', text }]);
    expect(schema.message('bad').def.service?.reply).toBe('bad_reply');
    expect(() => schema.message('bad_reply')).toThrow(/nowhere/);
  });

  it('a whole section, or a whole file: spoils nothing elsewhere', () => {
    const schema = parseSchema([
      { name: 'a', text: '{"messages":5}' },
      { name: 'b', text: '[]' },
      { name: 'c', text: '{"mess' },
      file('fine', []),
    ]);
    expect([...schema.model.messages.keys()]).toEqual(['fine', 'fine_reply']);
    expect(schema.model.problems.map(({ file }) => file).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('definitions that vppapigen accepts', needs(sharedMissing), () => {
  it.each(['private-types', 'same-message', 'hard'])('%s: the directory is usable', async (name) => {
    const schema = await loadSchema(sharedPath('cases', 'schema', name));
    const fine = { 'private-types': ['gamma_details', 'delta_set'], 'same-message': ['tag_set'], hard: [] }[name] ?? [];
    for (const message of [...fine, ...(name === 'hard' ? ['lists_ok', 'words_ok', 'counts_ok'] : [])]) {
      expect(schema.message(message).encode({}).length, message).toBeGreaterThan(9);
    }
  });
});
