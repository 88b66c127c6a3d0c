/** The ACL plugin: lists, their places on interfaces, and settings. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Acl, Acls } from '../../dataplane/policy/acls.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { GARBAGE } from '../../handlers/garbage.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const ALL = 0xffffffff;
const MAX_SESSIONS = 500_000n;

export const acls = defineKind({
  name: 'acls',
  title: 'ACLs',
  state: () => new Acls(),
  interfaceDeleted: (acls, { swIfIndex }) => acls.forget(swIfIndex),
  handlers: {
    acl_plugin_get_version: () => ({ major: 1, minor: 4 }),

    acl_plugin_control_ping: (_, { vpp }) => ({ client_index: GARBAGE, vpe_pid: vpp.pid }),

    acl_plugin_get_conn_table_max_entries: () => ({ conn_table_max_entries: MAX_SESSIONS }),

    acl_plugin_use_hash_lookup_get: (_, _call, { usesHash }) => ({ enable: usesHash }),

    acl_plugin_use_hash_lookup_set: ({ enable }, _, acls) => {
      acls.usesHash = Boolean(enable);
      return Retval.OK;
    },

    acl_stats_intf_counters_enable: () => Retval.OK,

    acl_add_replace: (fields, _, acls) => {
      const { retval, index } = acls.put(Number(fields.acl_index), String(fields.tag), fields.r as Fields[]);
      return { retval, acl_index: index };
    },

    acl_del: (fields, _, acls) => acls.remove(Number(fields.acl_index)),

    acl_dump: (fields, _, acls) => {
      const index = Number(fields.acl_index);
      if (index === ALL) return [...acls.values()].map(details);
      const found = acls.get(index);
      return found === undefined ? [] : [details(found)];
    },

    acl_interface_set_acl_list: (fields, { dataplane }, acls) => {
      const swIfIndex = Number(fields.sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const indices = fields.acls as number[];
      const inputs = Number(fields.n_input);
      return acls.apply(swIfIndex, { input: indices.slice(0, inputs), output: indices.slice(inputs) });
    },

    acl_interface_add_del: onInterface(({ swIfIndex }, { is_add, is_input, acl_index }, _, acls) => {
      const direction = is_input ? 'input' : 'output';
      if (is_add) return acls.applyOne(swIfIndex, direction, Number(acl_index));
      return acls.takeOff(swIfIndex, direction, Number(acl_index));
    }),

    acl_interface_list_dump: (fields, { dataplane }, acls) => {
      const swIfIndex = Number(fields.sw_if_index);
      const wanted = [...dataplane.interfaces.values()].filter(
        (itf) => swIfIndex === NO_INTERFACE || itf.swIfIndex === swIfIndex,
      );
      return wanted.map((itf): Fields => {
        const { input, output } = acls.appliedTo(itf.swIfIndex);
        return { sw_if_index: itf.swIfIndex, n_input: input.length, acls: [...input, ...output] };
      });
    },
  },
});

function details({ index, tag, rules }: Acl): Fields {
  return { acl_index: index, tag, r: [...rules] };
}
