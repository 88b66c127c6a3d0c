import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slices } from '../../../src/slices.js';
import { defineKind } from '../../../src/wish/kinds/kind.js';
import type { WantedObject } from '../../../src/wish/reconcile/operation.js';
import { reachable } from '../../../src/wish/reconcile/reachable.js';

const thing = defineKind<readonly string[]>({
  ...{ name: 'thing', ownership: 'all', messages: [], *wanted() {}, read: async () => [], create: () => [] },
  needs: ({ value }) => value.map((name) => `thing/${name}`),
});

const want = (name: string, ...needs: string[]): WantedObject => ({
  ...{ kind: thing, key: `thing/${name}`, name, value: needs, path: [] },
});

async function among(list: readonly WantedObject[], here: readonly string[] = [], unread = new Map()) {
  const isHere = (key: string) => here.includes(key);
  const { possible, impossible } = await reachable(list, isHere, { unread }, new Slices());
  return { possible: possible.map(({ name }) => name), impossible };
}

describe('objects that can be made', () => {
  it('needs that are there, or come with others, however they are listed', async () => {
    const { possible, impossible } = await among([want('c', 'b', 'x'), want('b', 'a'), want('a')], ['thing/x']);
    expect(possible).toEqual(['c', 'b', 'a']);
    expect(impossible).toEqual([]);
  });

  it('a need that is nowhere: the object, and what stands on it, name what they lack', async () => {
    const { possible, impossible } = await among([want('b', 'a'), want('a', 'x', 'y'), want('d')], ['thing/y']);
    expect(possible).toEqual(['d']);
    expect(impossible).toEqual([
      { key: 'thing/b', reason: 'needs thing/a, which is not there' },
      { key: 'thing/a', reason: 'needs thing/x, which is not there' },
    ]);
  });

  it('objects that need each other: none of them can be made', async () => {
    const { possible, impossible } = await among([want('a', 'b'), want('b', 'a'), want('c', 'c')]);
    expect(possible).toEqual([]);
    expect(impossible).toHaveLength(3);
  });

  it('a kind that could not be read: its objects stay as they are, and nobody gets them', async () => {
    const { impossible } = await among([want('a'), want('b', 'a')], [], new Map([[thing, 'no plugin']]));
    expect(impossible).toEqual(['a', 'b'].map((name) => ({ key: `thing/${name}`, reason: 'no plugin' })));
  });

  it('a chain of 20,000, the last one first: is gone through once', async () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => want(`${i}`, `${i + 1}`));
    expect((await among(chain)).possible).toHaveLength(0);
    expect((await among(chain, ['thing/20000'])).possible).toHaveLength(20_000);
  });

  it('random needs: as trying again until nothing more can be made', async () => {
    const name = fc.constantFrom(...'abcdefgh');
    const object = fc.tuple(name, fc.array(name, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(object, { selector: ([own]) => own }), fc.array(name), async (list, there) => {
        const objects = list.map(([own, needs]) => want(own, ...needs));
        const here = there.map((each) => `thing/${each}`);
        const { possible } = await among(objects, here);
        const made = new Set(here);
        for (let before = -1; before < made.size; ) {
          before = made.size;
          for (const each of objects) if (thing.needs(each).every((key) => made.has(key))) made.add(each.key);
        }
        const expected = objects.filter((each) => thing.needs(each).every((key) => made.has(key)));
        expect(possible).toEqual(expected.map((each) => each.name));
      }),
    );
  });
});
