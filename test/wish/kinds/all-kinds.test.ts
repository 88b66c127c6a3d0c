/** All kinds of vppmux: what holds for each of them. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInKinds, Draft, Inventory, type Kind, VppSnapshot, type Wanted } from '../../../src/wish/index.js';
import { ownSchema } from '../../support/mock.js';
import { channelToMock, wishOf } from '../reconcile/support.js';

const each = builtInKinds.map((kind) => [kind.name, kind] as const);
const names = new Set(builtInKinds.map(({ name }) => name));

/** Wishes of docs/wish.md, which names each section. */
const WISHES = readFileSync('docs/wish.md', 'utf8')
  .split(/^```/m)
  .filter((block) => block.startsWith('yaml\n'))
  .map((block) => block.slice('yaml\n'.length));

const repeated = (list: readonly string[]) => list.filter((name, at) => list.indexOf(name) !== at);

it('kinds: no two have one name, or one section', () => {
  expect(repeated(builtInKinds.map(({ name }) => name))).toEqual([]);
  expect(repeated(builtInKinds.flatMap(({ section }) => section?.key ?? []))).toEqual([]);
  expect(builtInKinds.map(({ name }) => name).filter((name) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))).toEqual(
    [],
  );
});

it('kinds: sections are described', () => {
  const document = readFileSync('docs/wish.md', 'utf8');
  const keys = builtInKinds.flatMap(({ section }) => section?.key ?? []);
  expect(keys.filter((key) => !document.includes(`\`${key}\``) && !document.includes(`\n  ${key}:`))).toEqual([]);
});

describe.each(each)('%s', (_, kind: Kind) => {
  it('asks for nothing in an empty wish, and finds no mistake in it', () => {
    const wish = wishOf('{}');
    expect([...kind.wanted(wish)]).toEqual([]);
    expect([...(kind.check?.(wish) ?? [])]).toEqual([]);
  });

  it('names messages that VPP has', async () => {
    const schema = await ownSchema();
    expect(kind.messages.filter((name) => schema.find(name) === undefined)).toEqual([]);
  });

  it('has a section that says what is wrong', () => {
    for (const nonsense of [12.5, [12.5], { '?': { '?': 12.5 } }]) {
      expect(kind.section?.schema.safeParse(nonsense).success ?? false).toBe(false);
    }
  });

  it('describes nothing where there is nothing', () => {
    const draft = new Draft();
    kind.describe?.([], draft);
    expect([Object.values(draft.file).filter((part) => Object.keys(part as object).length > 0), draft.extra]).toEqual([
      [],
      {},
    ]);
  });
});

describe('kinds together', () => {
  const wanted = WISHES.flatMap((text) => {
    const wish = wishOf(text);
    return builtInKinds.flatMap((kind) => [...kind.wanted(wish)].map((object): [Kind, Wanted] => [kind, object]));
  });

  it('need what some kind makes, or an interface; and nothing needs itself', () => {
    const strange = wanted.flatMap(([kind, object]) =>
      kind.needs(object).filter((key) => {
        const family = key.slice(0, key.indexOf('/'));
        return !(names.has(family) || family === 'interface') || key === `${kind.name}/${object.name}`;
      }),
    );
    expect(strange).toEqual([]);
  });

  it('have places in the file, and values that can be written as JSON', () => {
    for (const [kind, { name, path, value }] of wanted) {
      expect(path.length, `${kind.name}/${name}`).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify({ value })), `${kind.name}/${name}`).toEqual({ value });
    }
  });

  it('can all be read in a VPP that has nothing', async () => {
    const { channel } = await channelToMock();
    const inventory = await Inventory.read(await VppSnapshot.read(channel), builtInKinds);
    expect([...inventory.unread]).toEqual([]);
    const deletable = [...inventory.objects.values()].filter(({ kind }) => kind.remove !== undefined);
    expect(deletable.map(({ key }) => key)).toEqual([]);
  });
});
