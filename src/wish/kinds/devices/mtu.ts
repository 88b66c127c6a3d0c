/**
 * The MTU of packets: `mtu` of every interface that the wish names. An interface is never left with a larger one than what it is on: what
 * shrinks does so early, the inner ones first, and what grows does so behind it, the outer ones first. linux-cp would cut it otherwise.
 */

import { subName, USUAL_MTU } from '../../wish.js';
import { aboveOf, interfacesOf } from '../interfaces-of.js';
import { defineKind, type Found, type References, type Wanted } from '../kind.js';

interface Mtu {
  readonly mtu: number;
  /** MTUs of IPv4, IPv6 and MPLS alone, which VPP sets with the same message. Only for what was found. */
  readonly others?: readonly number[];
  /** Names of the interfaces that it is on. Only for what is wanted. */
  readonly above?: readonly string[];
}

/** Interfaces that VPP makes with this MTU. */
const MADE_WITH_MTU = /^(?:BondEthernet|loop|tap)\d+$/;
const MADE_MTU = 9000;

const set = ({ name, value }: Wanted<Mtu>, others: readonly number[], refs: References) => [
  { name: 'sw_interface_set_mtu', fields: { sw_if_index: refs.interface(name), mtu: [value.mtu, ...others] } },
];

export const mtuKind = defineKind<Mtu>({
  name: 'mtu',
  ownership: 'all',
  vanishes: true,
  messages: ['sw_interface_set_mtu'],
  *wanted(wish) {
    for (const { name, itf, path } of interfacesOf(wish)) {
      const isLoopback = path[0] === 'loopbacks';
      const mtu = isLoopback ? (itf.mtu ?? USUAL_MTU) : wish.mtuOf(name);
      yield { name, value: { mtu, above: aboveOf(wish, name) }, path: [...path, 'mtu'] };
    }
  },
  read: async (vpp) =>
    [...vpp.interfaces.values()].map(({ interface_name: name, mtu: all }): Found<Mtu> => {
      const [mtu, ...others] = all as number[];
      return { name, value: { mtu, others } };
    }),
  needs: ({ name }) => [`interface/${name}`],
  same: ({ value }, { value: found }) => value.mtu === found.mtu,
  create: (wanted, refs) => set(wanted, [0, 0, 0], refs),
  change: ({ value: { others = [0, 0, 0] } }, wanted, refs) => set(wanted, others, refs),
  isEarly: ({ value }, { value: wanted }) => wanted.mtu < value.mtu,
  precedes: (found, wanted) => (isShrinking(found, wanted) ? aboveKeys(wanted) : []),
  follows: (found, wanted) => (isShrinking(found, wanted) ? [] : aboveKeys(wanted)),
  show: ({ mtu }) => ({ mtu }),
  describe(found, draft) {
    for (const { name, value } of found) {
      const isThere =
        draft.file.loopbacks?.[name] !== undefined || draft.file.interfaces?.[subName(name)?.parent ?? name];
      if (isThere && value.mtu > 0) draft.layer3(name).mtu = value.mtu;
    }
  },
  cli(before, after) {
    const isMadeSo = before === undefined && after?.value.mtu === MADE_MTU && MADE_WITH_MTU.test(after.name);
    if (after === undefined || isMadeSo) return [];
    return [{ block: 'sync', line: `set interface mtu packet ${after.value.mtu} ${after.name}` }];
  },
});

type Maybe = { readonly value: Mtu } | undefined;

const isShrinking = (found: Maybe, wanted: Maybe) =>
  found !== undefined && wanted !== undefined && wanted.value.mtu < found.value.mtu;

const aboveKeys = (wanted: Maybe) => (wanted?.value.above ?? []).map((above) => `mtu/${above}`);
