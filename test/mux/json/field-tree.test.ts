import { expect, it } from 'vitest';
import { plant, type Tree } from '../../../src/mux/json/field-tree.js';

it('paths with values: become a tree, and its own refusals have the path', () => {
  const tree: Tree = {};
  plant(tree, 'route.paths[0].sw_if_index', '1');
  plant(tree, 'route.paths[1].sw_if_index', '2');
  plant(tree, 'is_add', '');
  expect(tree).toEqual({ route: { paths: [{ sw_if_index: '1' }, { sw_if_index: '2' }] }, is_add: '' });
  expect(() => plant(tree, 'route.paths[3].x', '')).toThrow('index 3 comes before 2 is given');
  expect(() => plant(tree, 'is_add', '1')).toThrow(expect.objectContaining({ code: 'BAD_FIELD', path: 'is_add' }));
});
