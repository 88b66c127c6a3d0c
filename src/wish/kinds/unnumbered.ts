/** Interfaces that use the addresses of another one: `unnumbered`. */

import { interfacesOf } from './interfaces-of.js';
import { defineKind, type Found, type KindObject, type References } from './kind.js';
import { NONE } from './snapshot.js';

interface Unnumbered {
  /** The interface that has the addresses. */
  readonly lender: string;
}

/** VPP names the fields the other way round than one would think: `sw_if_index` has the addresses. */
const set = ({ name, value }: KindObject<Unnumbered>, refs: References, is_add: boolean) => [
  {
    name: 'sw_interface_set_unnumbered',
    fields: {
      ...{ sw_if_index: refs.interface(value.lender), unnumbered_sw_if_index: refs.interface(name), is_add },
    },
  },
];

export const unnumberedKind = defineKind<Unnumbered>({
  name: 'unnumbered',
  ownership: 'all',
  messages: ['sw_interface_set_unnumbered', 'ip_unnumbered_dump'],
  *wanted(wish) {
    for (const { name, itf, path } of interfacesOf(wish)) {
      if (itf.unnumbered === undefined) continue;
      yield { name, value: { lender: itf.unnumbered }, path: [...path, 'unnumbered'] };
    }
  },
  async read(vpp) {
    const list = await vpp.dump('ip_unnumbered_dump', { sw_if_index: NONE });
    return list.flatMap(({ sw_if_index, ip_sw_if_index }): Found<Unnumbered>[] => {
      const [name, lender] = [vpp.nameOf(sw_if_index), vpp.nameOf(ip_sw_if_index)];
      return name === undefined || lender === undefined ? [] : [{ name, value: { lender } }];
    });
  },
  needs: ({ name, value }) => [`interface/${name}`, `interface/${value.lender}`],
  create: (wanted, refs) => set(wanted, refs, true),
  change: (_found, wanted, refs) => set(wanted, refs, true),
  remove: (found, refs) => set(found, refs, false),
  describe(found, draft) {
    for (const { name, value } of found) draft.layer3(name).unnumbered = value.lender;
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `set interface unnumbered del ${before?.name}` }]
      : [{ block: 'sync', line: `set interface unnumbered ${after.name} use ${after.value.lender}` }],
});
