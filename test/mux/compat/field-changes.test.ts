import { describe, expect, it } from 'vitest';
import { fieldChanges } from '../../../src/mux/compat/field-changes.js';
import { definitions, file, message } from './sides.js';

type Entry = readonly unknown[];
type Parts = NonNullable<Parameters<typeof file>[2]>;

/** The differences between two messages of these fields. */
function changes(before: readonly Entry[], after: readonly Entry[], parts: readonly [Parts, Parts] = [{}, {}]) {
  const fields = (entries: readonly Entry[], own: Parts) =>
    definitions(file('x', [message('m', '00000001', entries)], own)).find('m')?.fields ?? [];
  return fieldChanges(fields(before, parts[0]), fields(after, parts[1]));
}

describe('fields of a message', () => {
  it('the same: nothing', () => {
    const fields = [
      ['u32', 'a'],
      ['string', 'b', 64],
    ];
    expect(changes(fields, fields)).toEqual([]);
  });

  it.each<[string, Entry[], Entry[], object[]]>([
    ['added', [], [['u8', 'a', 4]], [{ path: 'a', kind: 'added', after: 'u8[4]' }]],
    ['removed', [['string', 'a', 0]], [], [{ path: 'a', kind: 'removed', before: 'string[]' }]],
    ['another type', [['u16', 'a']], [['u32', 'a']], [{ path: 'a', kind: 'type', before: 'u16', after: 'u32' }]],
    [
      'another length',
      [['u8', 'a', 4]],
      [['u8', 'a', 16]],
      [{ path: 'a', kind: 'size', before: '[4]', after: '[16]' }],
    ],
    [
      'one becomes many',
      [
        ['u8', 'n'],
        ['u32', 'a'],
      ],
      [
        ['u8', 'n'],
        ['u32', 'a', 0, 'n'],
      ],
      [{ path: 'a', kind: 'size', before: '', after: '[n]' }],
    ],
    [
      'a default, a limit',
      [
        ['u32', 'a', { default: 1 }],
        ['string', 'b', 0, { limit: 10 }],
      ],
      [
        ['u32', 'a', { default: 2 }],
        ['string', 'b', 0],
      ],
      [
        { path: 'a', kind: 'default', before: '1', after: '2' },
        { path: 'b', kind: 'limit', before: '10', after: undefined },
      ],
    ],
  ])('%s: is told', (_, before, after, told) => {
    expect(changes(before, after)).toEqual(told);
  });

  it('one that stands elsewhere: only that one has moved', () => {
    const field = (name: string) => ['u32', name];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(field);
    expect(changes([a, b, c, d], [b, c, a, d])).toEqual([
      { path: 'a', kind: 'moved', before: 'behind context', after: 'behind c' },
    ]);
    expect(changes([a, b, c], [d, a, b, c])).toEqual([{ path: 'd', kind: 'added', after: 'u32' }]);
  });
});

describe('types of fields', () => {
  it('structs and unions: told down to the field, arrays included', () => {
    const path = (weight: string) => ({
      types: [
        ['path', ['u32', 'sw_if_index'], [weight, 'weight']],
        ['route', ['u8', 'n_paths'], ['vl_api_path_t', 'paths', 0, 'n_paths']],
      ],
      unions: [['either', [weight, 'a'], ['u64', 'b']]],
    });
    const fields = [
      ['vl_api_either_t', 'either'],
      ['vl_api_route_t', 'route'],
    ];
    expect(changes(fields, fields, [path('u8'), path('u16')])).toEqual([
      { path: 'either.a', kind: 'type', before: 'u8', after: 'u16' },
      { path: 'route.paths[].weight', kind: 'type', before: 'u8', after: 'u16' },
    ]);
  });

  it('enums: another width, and each value', () => {
    const color = (base: string, ...values: Entry[]) => ({ enums: [['color', ...values, { enumtype: base }]] });
    const fields = [['vl_api_color_t', 'c']];
    const before = color('u32', ['RED', 1], ['BLUE', 2]);
    const after = color('u8', ['RED', 3], ['GREEN', 2]);
    expect(changes(fields, fields, [before, after])).toEqual([
      { path: 'c', kind: 'size', before: 'u32', after: 'u8' },
      { path: 'c', kind: 'value', before: 'RED = 1', after: 'RED = 3' },
      { path: 'c', kind: 'value', before: 'BLUE = 2', after: undefined },
      { path: 'c', kind: 'value', before: undefined, after: 'GREEN = 2' },
    ]);
  });

  it('aliases: what they stand for', () => {
    const mac = (length: number) => ({ aliases: { mac: { type: 'u8', length } } });
    const fields = [['vl_api_mac_t', 'a']];
    expect(changes(fields, fields, [mac(6), mac(8)])).toEqual([
      { path: 'a', kind: 'type', before: 'mac (u8[6])', after: 'mac (u8[8])' },
    ]);
  });

  it('a type of another name: one change, not one for each field of it', () => {
    const types = {
      types: [
        ['one', ['u32', 'a'], ['u32', 'b']],
        ['two', ['u64', 'c']],
      ],
    };
    const told = changes([['vl_api_one_t', 'x', 2]], [['vl_api_two_t', 'x', 2]], [types, types]);
    expect(told).toEqual([{ path: 'x', kind: 'type', before: 'one[2]', after: 'two[2]' }]);
  });
});
