import { describe, expect, it } from 'vitest';
import { columnName, messageColumns, recordColumns, valueAt } from '../../../../src/cli/output/formats/columns.js';
import type { Type } from '../../../../src/mux/schema/model.js';
import { field, interfaceIndex, macAddress, path, scalar, struct, text } from '../../../mux/json/sample-fields.js';

const ip4: Type = { kind: 'alias', name: 'ip4_address', target: scalar('u8'), length: 4, size: 4 };
const host: Type = { kind: 'union', name: 'host', arms: [field('ip4', ip4), field('id', 'u32')], size: 4 };
const prefix = struct('ip4_prefix', [field('address', ip4), field('len', 'u8')]);

const FIELDS = [
  field('_vl_msg_id', 'u16'),
  field('context', 'u32'),
  field('sw_if_index', interfaceIndex),
  field('mac', macAddress),
  field('outer', struct('outer', [field('prefix', prefix), field('inner', struct('inner', [text('name')]))])),
  field('nh', host),
  field('n_paths', 'u8'),
  field('paths', path, { kind: 'counted', countField: 'n_paths' }),
];

const names = (wanted?: readonly string[]) => messageColumns(FIELDS, wanted).map(columnName);

describe('columns of a message', () => {
  it('a leaf each: nested ones dotted, all arms of unions, lists whole; neither header nor counts', () => {
    expect(names()).toEqual(['sw_if_index', 'mac', 'outer.prefix', 'outer.inner.name', 'nh.ip4', 'nh.id', 'paths']);
  });

  it('wanted ones: in that order, a struct for all that is in it', () => {
    expect(names(['paths', 'outer', 'mac'])).toEqual(['paths', 'outer.prefix', 'outer.inner.name', 'mac']);
  });

  it('a wanted one that there is not: an error that names the nearest', () => {
    expect(() => names(['outer.pref'])).toThrow(/there is no outer\.pref; did you mean outer\.prefix/);
  });
});

it('columns of records without a definition: those of any, in the order of their first appearance', () => {
  const columns = recordColumns([
    { name: 'a', nh: { ip: 1, none: {} } },
    { id: 2, name: 'b', list: [{ x: 1 }] },
  ]);
  expect(columns.map(columnName)).toEqual(['name', 'nh.ip', 'nh.none', 'id', 'list']);
});

it('a value: undefined where the record does not go so far', () => {
  const record = { a: { b: 0 }, list: [1] };
  expect(
    [['a', 'b'], ['a', 'c'], ['a', 'b', 'c'], ['list', '0'], ['constructor']].map((c) => valueAt(record, c)),
  ).toEqual([0, undefined, undefined, undefined, undefined]);
});
