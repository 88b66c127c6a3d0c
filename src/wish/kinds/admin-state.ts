/** Whether an interface is up: `state`, which is `up` where nothing is said. An interface that no wish names stays as it is. */

import { subName } from '../wish.js';
import { interfacesOf } from './interfaces-of.js';
import { defineKind, type Found, type References, type Wanted } from './kind.js';

interface AdminState {
  readonly isUp: boolean;
}

/** `IF_STATUS_API_FLAG_ADMIN_UP` */
const ADMIN_UP = 1;

const set = ({ name, value }: Wanted<AdminState>, refs: References) => [
  { name: 'sw_interface_set_flags', fields: { sw_if_index: refs.interface(name), flags: value.isUp ? ADMIN_UP : 0 } },
];

export const adminStateKind = defineKind<AdminState>({
  name: 'admin-state',
  ownership: 'all',
  vanishes: true,
  messages: ['sw_interface_set_flags'],
  *wanted(wish) {
    for (const { name, itf, path } of interfacesOf(wish)) {
      yield { name, value: { isUp: !('state' in itf) || itf.state !== 'down' }, path };
    }
  },
  read: async (vpp) =>
    [...vpp.interfaces.values()].map(({ interface_name: name, flags }): Found<AdminState> => {
      return { name, value: { isUp: ((flags as number) & ADMIN_UP) !== 0 } };
    }),
  needs: ({ name }) => [`interface/${name}`],
  create: set,
  change: (_found, wanted, refs) => set(wanted, refs),
  // VPP takes a sub-interface up only on an interface that is up.
  follows(found, wanted) {
    const sub = subName((wanted ?? found)?.name ?? '');
    return sub === undefined ? [] : [`admin-state/${sub.parent}`];
  },
  describe(found, { file }) {
    for (const { name, value } of found) {
      const { parent, id } = subName(name) ?? { parent: name };
      const itf = file.interfaces?.[parent];
      const entry = id === undefined ? itf : itf?.['sub-interfaces']?.[id];
      if (entry !== undefined && !value.isUp) entry.state = 'down';
    }
  },
  cli: (_before, after) =>
    after === undefined
      ? []
      : [{ block: 'sync', line: `set interface state ${after.name} ${after.value.isUp ? 'up' : 'down'}` }],
});
