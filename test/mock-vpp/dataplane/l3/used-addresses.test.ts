/** Overlaps of addresses: found in their order as by a comparison with each. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Dataplane } from '../../../../mock-vpp/dataplane/dataplane.js';
import type { Address, Interface } from '../../../../mock-vpp/dataplane/interfaces/interface.js';
import { parsePrefix, same, within } from '../../../../mock-vpp/dataplane/l3/ip.js';
import { UsedAddresses } from '../../../../mock-vpp/dataplane/l3/used-addresses.js';

const dataplane = new Dataplane([]);
const interfaces = [0, 1].map(() => dataplane.interfaceAt(dataplane.addLoopback()));

/** Prefixes that are near each other, so that many overlap. */
const prefix = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 26, max: 32 }))
  .map(([last, length]) => `10.0.0.${last * 8}/${length}`);
const wish = fc.record({ itf: fc.constantFrom(...interfaces), text: prefix, goes: fc.boolean() });

function overlap(known: Address, added: Address, isSameInterface: boolean): boolean {
  const { bytes, length } = known;
  if (!within(added.bytes, bytes, length) && !within(bytes, added.bytes, added.length)) return false;
  return !(isSameInterface && length === added.length && !same(bytes, added.bytes));
}

it('added, refused and removed in any order', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      const used = new UsedAddresses();
      const known: { itf: Interface; address: Address }[] = [];
      for (const { itf, text, goes } of wishes) {
        const address = { text, ...parsePrefix(text) };
        const expected = known.some((each) => overlap(each.address, address, each.itf === itf));
        expect(used.overlaps(itf, address)).toBe(expected);
        if (!expected) {
          used.add(itf, address);
          known.push({ itf, address });
        } else if (goes) used.remove(known.shift()!.address);
      }
    }),
  );
});
