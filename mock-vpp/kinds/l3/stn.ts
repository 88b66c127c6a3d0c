/** Rules of stn: packets to an address, which VPP does not have itself, go to an interface. */
import { Pool } from '../../dataplane/pool.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export interface Rule {
  readonly index: number;
  readonly address: string;
  swIfIndex: number;
}

export const stn = defineKind({
  name: 'stn',
  title: 'rules of stn',
  state: () => new Pool<Rule>(),
  handlers: {
    stn_add_del_rule: (fields, { dataplane }, rules) => {
      const [address, swIfIndex] = [String(fields.ip_address), Number(fields.sw_if_index)];
      const known = [...rules.values()].find((rule) => rule.address === address);
      if (!fields.is_add) {
        if (known === undefined) return Retval.NO_SUCH_ENTRY;
        rules.remove(known.index);
        return Retval.OK;
      }
      // VPP aborts, or remembers memory that is not its own.
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      if (known === undefined) rules.add((index) => ({ index, address, swIfIndex }));
      else known.swIfIndex = swIfIndex;
      return Retval.OK;
    },

    stn_rules_dump: (_, _call, rules) =>
      [...rules.values()].map(({ address, swIfIndex }) => ({ ip_address: address, sw_if_index: swIfIndex })),
  },
});
