/** Interfaces of NAT44, by what they are to it: `inside`, `outside` and `output`. An object is `INTERFACE FEATURE`. */

import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';
import { describeList } from './describe-nat.js';
import { GONE, NAT44_KEY } from './nat44.js';
import { natOf, natPath } from './section.js';

const FEATURES = ['inside', 'outside', 'output'] as const;

interface NatInterface {
  readonly interface: string;
  readonly feature: (typeof FEATURES)[number];
}

/** Bits of `nat_config_flags`. */
const FLAGS = { inside: 0x20, outside: 0x10 } as const;

function change({ value }: KindObject<NatInterface>, refs: References, is_add: boolean) {
  const sw_if_index = refs.interface(value.interface);
  if (value.feature === 'output') return { name: 'nat44_ed_add_del_output_interface', fields: { is_add, sw_if_index } };
  return { name: 'nat44_interface_add_del_feature', fields: { is_add, sw_if_index, flags: FLAGS[value.feature] } };
}

const found = (vpp: VppSnapshot, swIfIndex: unknown, feature: NatInterface['feature']): Found<NatInterface>[] => {
  const itf = vpp.nameOf(swIfIndex);
  return itf === undefined ? [] : [{ name: `${itf} ${feature}`, value: { interface: itf, feature } }];
};

export const natInterfaceKind = defineKind<NatInterface>({
  name: 'nat44-interface',
  ownership: 'wished',
  messages: ['nat44_interface_add_del_feature', 'nat44_interface_dump', 'nat44_ed_add_del_output_interface'],
  *wanted(wish) {
    for (const feature of FEATURES) {
      for (const [at, itf] of (natOf(wish)?.[feature] ?? []).entries()) {
        yield { name: `${itf} ${feature}`, value: { interface: itf, feature }, path: natPath(feature, at) };
      }
    }
  },
  async read(vpp) {
    const both = (await vpp.dump('nat44_interface_dump')).flatMap(({ sw_if_index, flags }) =>
      (['inside', 'outside'] as const)
        .filter((feature) => ((flags as number) & FLAGS[feature]) !== 0)
        .flatMap((feature) => found(vpp, sw_if_index, feature)),
    );
    const output = await vpp.dumpIfKnown('nat44_ed_output_interface_get');
    return [...both, ...output.flatMap(({ sw_if_index }) => found(vpp, sw_if_index, 'output'))];
  },
  needs: ({ value }) => [NAT44_KEY, `interface/${value.interface}`],
  create: (wanted, refs) => [change(wanted, refs, true)],
  remove: (object, refs) => [{ ...change(object, refs, false), settledBy: GONE }],
  describe(all, draft) {
    for (const { value } of all) describeList(draft, value.feature).push(value.interface);
  },
});
