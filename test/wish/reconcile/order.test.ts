import { describe, expect, it } from 'vitest';
import { defineKind, type KindObject } from '../../../src/wish/kinds/kind.js';
import type { Operation } from '../../../src/wish/reconcile/operation.js';
import { inOrder, type Ordered } from '../../../src/wish/reconcile/order.js';

const PLAIN = { ownership: 'all', messages: [], *wanted() {}, read: async () => [], create: () => [] } as const;

/** A setting whose value lists what it precedes, and what it resets. */
interface Value {
  readonly needs?: readonly string[];
  readonly precedes?: readonly string[];
  readonly resets?: readonly string[];
  readonly isEarly?: boolean;
}

const setting = defineKind<Value>({
  ...PLAIN,
  name: 'setting',
  needs: ({ value }) => value.needs ?? [],
  precedes: (_found, wanted) => wanted?.value.precedes ?? [],
  resets: (_found, wanted) => wanted?.value.resets ?? [],
  isEarly: (_found, wanted) => wanted.value.isEarly === true,
  change: () => [],
});

function change(name: string, value: Value): Operation {
  const object: KindObject<Value> = { name, value };
  const key = `setting/${name}`;
  return {
    ...{ action: 'change', kind: setting, key, name, reason: 'differs' },
    ...{ before: object, after: { ...object, kind: setting, key, path: [] } },
  };
}

const names = (list: readonly Ordered[]) => list.map(({ operation }) => operation.name);
const rank = new Map([[setting, 0]]);

describe('the order of operations', () => {
  it('what precedes another comes before it, without a need of it', async () => {
    const { second } = await inOrder([change('a', {}), change('b', { precedes: ['setting/a'] })], rank);
    expect(names(second)).toEqual(['b', 'a']);
    expect(second[1]).toMatchObject({ after: [], behind: [{ operation: { name: 'b' } }] });
  });

  it('two that precede each other: one of them does', async () => {
    const both = [change('a', { precedes: ['setting/b'] }), change('b', { precedes: ['setting/a'] })];
    expect(names((await inOrder(both, rank)).second)).toEqual(['b', 'a']);
  });

  it('an early change that something later sets back is not early', async () => {
    const early = { isEarly: true };
    const { first, second } = await inOrder(
      [change('a', early), change('b', early), change('c', { resets: ['setting/a'] })],
      rank,
    );
    expect(names(first)).toEqual(['b']);
    expect(names(second)).toEqual(['c', 'a']);
  });

  it('two that need each other are refused', async () => {
    const both = [change('a', { needs: ['setting/b'] }), change('b', { needs: ['setting/a'] })];
    await expect(inOrder(both, rank)).rejects.toThrow('need each other');
  });
});
