import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/errors.js';
import { parseArguments } from '../../../src/cli/fields/arguments.js';
import type { Node, Tree } from '../../../src/mux/json/field-tree.js';

describe('field=value arguments', () => {
  it.each<[string, string[], Tree]>([
    ['none', [], {}],
    ['a plain field', ['sw_if_index=1'], { sw_if_index: '1' }],
    ['a value with an equals sign', ['cmd=set a=b'], { cmd: 'set a=b' }],
    ['an empty value', ['tag='], { tag: '' }],
    [
      'dotted paths',
      ['route.prefix=10.0.0.0/24', 'route.table_id=1'],
      { route: { prefix: '10.0.0.0/24', table_id: '1' } },
    ],
    ['indexes', ['paths[0].weight=1', 'paths[1].weight=2'], { paths: [{ weight: '1' }, { weight: '2' }] }],
    ['a list of plain values', ['labels[0]=16', 'labels[1]=17'], { labels: ['16', '17'] }],
    ['a list in a list', ['a[0][0]=1'], { a: [['1']] }],
    ['JSON, which stays text here', ['route={"prefix":"::/0"}'], { route: '{"prefix":"::/0"}' }],
    [
      'names of Object.prototype',
      ['constructor=1', 'toString=2'],
      { constructor: '1', toString: '2' } as unknown as Tree,
    ],
  ])('%s: a tree', (_, args, tree) => {
    expect(parseArguments(args)).toEqual(tree);
  });

  it.each([
    ['no equals sign', ['sw_if_index'], /argument 'sw_if_index' is not field=value/],
    ['no name', ['=1'], /argument '=1' is not field=value/],
    ['a path that is none', ['a..b=1'], /argument 'a\.\.b=1': 'a\.\.b' is not the path of a field/],
    ['an index that is none', ['a[x]=1'], /'a\[x\]' is not the path/],
    ['__proto__', ['__proto__.x=1'], /is not the path/],
    ['the same field twice', ['a=1', 'a=2'], /argument 'a=2': a has a value already/],
    ['the same member twice', ['a.b[0].c=1', 'a.b[0].c=2'], /a\.b\[0\]\.c has a value already/],
    ['a struct over a value', ['a=1', 'a.b=2'], /a has a value already/],
    ['a value over a struct', ['a.b=2', 'a=1'], /a has a value already/],
    ['a list that is a struct', ['a.b=1', 'a[0]=1'], /uses the same field in another way/],
    ['a hole in a list', ['a[1]=1'], /index 1 comes before 0 is given/],
  ])('%s: refused by name', (_, args, message) => {
    expect(() => parseArguments(args)).toThrow(UsageError);
    expect(() => parseArguments(args)).toThrow(message);
  });

  it('any tree, written out leaf by leaf: read back the same', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);
    const node = fc.letrec<{ node: Node }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.string(),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(name, tie('node'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      ),
    })).node;
    const tree = fc.dictionary(name, node, { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(tree, (given) => {
        expect(parseArguments(written(given))).toEqual(given);
      }),
    );
  });
});

function written(node: Node, path = ''): string[] {
  if (typeof node === 'string') return [`${path}=${node}`];
  if (Array.isArray(node)) return node.flatMap((member, at) => written(member, `${path}[${at}]`));
  return Object.entries(node).flatMap(([name, member]) => written(member, path === '' ? name : `${path}.${name}`));
}
