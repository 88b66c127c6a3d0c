/** Ethertypes that pass ACLs on an interface, for what comes in and goes out. */
import type { Fields } from '../../../src/mux/internal.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const ethertypes = defineKind({
  name: 'ethertypes',
  title: 'ethertypes that pass ACLs',
  /** sw_if_index → the fields of its details. VPP keeps those of a deleted interface for the next one with its index. */
  state: () => new Map<number, Fields>(),
  handlers: {
    acl_interface_set_etype_whitelist: onInterface(({ swIfIndex }, fields, _, passing) => {
      const whitelist = fields.whitelist as number[];
      const n_input = Math.min(Number(fields.n_input), whitelist.length);
      if (whitelist.length === 0) passing.delete(swIfIndex);
      else passing.set(swIfIndex, { sw_if_index: swIfIndex, n_input, whitelist: [...whitelist] });
      return Retval.OK;
    }),

    acl_interface_etype_whitelist_dump: ({ sw_if_index }, { dataplane }, passing) =>
      [...dataplane.interfaces.values()]
        .filter(({ swIfIndex }) => [NO_INTERFACE, swIfIndex].includes(Number(sw_if_index)))
        .map(({ swIfIndex }) => passing.get(swIfIndex))
        .filter((each) => each !== undefined),
  },
});
