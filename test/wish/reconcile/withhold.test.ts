import { describe, expect, it } from 'vitest';
import { builtInKinds, carryOut, defineKind, planOf, withhold } from '../../../src/wish/index.js';
import { channelToMock, compare, fulfil } from './support.js';

const TWO = `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24 ] }
  loop1: {}
`;

describe('operations that are withheld', () => {
  it('keep back what depends on them, and nothing else', async () => {
    const { mock, channel } = await channelToMock();
    const reconciliation = await compare(channel, TWO);
    const { order, withheld } = withhold(reconciliation.order, ({ key }) =>
      key === 'loopback/loop0' ? 'not now' : undefined,
    );
    expect(withheld).toEqual([
      { key: 'loopback/loop0', reason: 'not now' },
      { key: 'mtu/loop0', reason: 'waits for loopback/loop0: not now' },
      { key: 'address/loop0 192.0.2.1/24', reason: 'waits for loopback/loop0: not now' },
      { key: 'admin-state/loop0', reason: 'waits for loopback/loop0: not now' },
    ]);
    const { inventory, newest } = reconciliation;
    const results = await carryOut(channel, { order, inventory, newest });
    expect(results.map(({ operation, outcome }) => `${operation.key} ${outcome}`)).toEqual([
      'loopback/loop1 applied',
      'mtu/loop1 applied',
      'admin-state/loop1 applied',
    ]);
    expect(mock.dataplane.hasInterface(2)).toBe(false);
  });

  it('that delete: keep what they stand on', async () => {
    const { channel } = await channelToMock();
    await fulfil(channel, TWO);
    const { order } = await compare(channel, 'loopbacks:\n  loop1: {}\n');
    const { withheld } = withhold(order, ({ kind }) => (kind.name === 'address' ? 'unmanaged' : undefined));
    expect(withheld.map(({ key }) => key)).toEqual(['address/loop0 192.0.2.1/24', 'loopback/loop0']);
  });
});

describe('a kind with a fault', () => {
  const broken = (fault: object) => [
    ...builtInKinds,
    defineKind<number>({
      name: 'broken',
      ownership: 'all',
      messages: [],
      *wanted() {
        yield { name: 'one', value: 1, path: [] };
      },
      read: async () => [{ name: 'one', value: 2 }],
      needs: () => [],
      create: () => [],
      remove: () => [],
      ...fault,
    }),
  ];
  const failing = () => {
    throw new TypeError('no such thing');
  };

  it('that cannot be read: its objects are pending, all others are created', async () => {
    const { channel } = await channelToMock();
    const { changes, pending } = planOf(await compare(channel, TWO, { kinds: broken({ read: failing }) }));
    expect(changes.map(({ key }) => key)).toContain('loopback/loop0');
    expect(pending).toEqual([{ key: 'broken/one', reason: 'it cannot be read: no such thing' }]);
  });

  it('that cannot be changed: fails, and is not deleted', async () => {
    const { channel } = await channelToMock();
    const reconciliation = await compare(channel, TWO, { kinds: broken({ change: failing }) });
    expect(planOf(reconciliation).changes).toContainEqual(
      expect.objectContaining({ action: 'change', key: 'broken/one', reason: 'differs; it will fail: no such thing' }),
    );
    const results = await carryOut(channel, reconciliation);
    const failed = results.filter(({ outcome }) => outcome !== 'applied');
    expect(failed).toMatchObject([{ operation: { key: 'broken/one' }, outcome: 'failed' }]);
  });
});
