/** Conflicts of addresses, held against looking at each pair. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOneGo } from '../../src/slices.js';
import { AddressBook } from '../../src/wish/checks/address-book.js';
import { isSame, overlaps, parseNetwork } from '../../src/wish/networks.js';
import { Wish } from '../../src/wish/wish.js';
import { runs } from '../support/scale.js';

const address = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 6, max: 32 }))
    .map(([low, high, length]) => `10.0.${high}.${low}/${length}`),
  fc
    .tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 90, max: 128 }))
    .map(([low, length]) => `2001:db8::${low.toString(16)}/${length}`),
);
const interfaces = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.record({
    addresses: fc.array(address, { maxLength: 4 }),
    'sub-interfaces': fc.dictionary(
      fc.constantFrom('1', '2'),
      fc.record({ addresses: fc.array(address, { maxLength: 3 }) }),
    ),
  }),
);

it('an address: conflicts with what looking at each other one finds', () => {
  fc.assert(
    fc.property(interfaces, (given) => {
      const wish = new Wish({ interfaces: given } as ConstructorParameters<typeof Wish>[0]);
      const book = inOneGo(AddressBook.of(wish));
      const all = [...wish.all()].flatMap(([owner, { addresses = [] }]) => addresses.map((text) => ({ owner, text })));
      for (const { owner, text } of all) {
        const network = parseNetwork(text);
        const touching = all.filter((each) => overlaps(parseNetwork(each.text), network));
        const foreign = touching.some((each) => each.owner !== owner && !each.owner.startsWith(`${owner}.`));
        const [first] = touching.filter((each) => each.owner === owner);
        const isRefused = foreign || !isSame(parseNetwork(first.text), network);
        expect(book.conflictOf(owner, text) !== undefined, `${owner} ${text}`).toBe(isRefused);
      }
    }),
    runs('addresses of a wish', { short: 200, long: 20_000 }),
  );
});

it.each([
  ['10.1.2.3/24', 4, 0x0a010200n],
  ['0.0.0.0/0', 4, 0n],
  ['255.255.255.255/32', 4, 0xffffffffn],
  ['::/0', 6, 0n],
  ['::1/128', 6, 1n],
  ['2001:db8::ff/120', 6, 0x20010db8_0000_0000_0000_0000_0000_0000n],
  ['::ffff:10.0.0.1/128', 6, 0xffff_0a00_0001n],
])('%s: its network', (text, version, start) => {
  expect(parseNetwork(text)).toMatchObject({ version, start });
});
