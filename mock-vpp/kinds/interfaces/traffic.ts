/** Traffic that moves the counters, and the requests and commands that clear them. */
import type { Dataplane } from '../../dataplane/dataplane.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { keyOf } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import type { Routes } from '../../traffic/route-counts.js';
import { Traffic } from '../../traffic/traffic.js';

export const traffic = defineKind({
  name: 'traffic',
  title: 'counters',
  state: (dataplane: Dataplane) => {
    const traffic = new Traffic(routesOf(dataplane));
    for (const itf of dataplane.interfaces.values()) traffic.add(itf);
    return traffic;
  },
  interfaceAdded: (traffic, itf) => traffic.add(itf),
  interfaceReused: (traffic, itf) => traffic.restart(itf),
  interfaceRenamed: (traffic, itf) => traffic.rename(itf),
  interfaceDeleted: (traffic, itf) => traffic.forget(itf),
  commands: {
    'clear interfaces': { help: 'Clear interfaces statistics', run: (traffic) => cleared(() => traffic.clear()) },
    'clear errors': { help: 'Clear error counters', run: ({ graph }) => cleared(() => graph.clearErrors()) },
    'clear runtime': {
      help: 'Clear packet processing statistics',
      run: ({ graph }) => cleared(() => graph.clearNodes()),
    },
  },
  handlers: {
    sw_interface_clear_stats: (fields, { dataplane }, traffic) => {
      const swIfIndex = Number(fields.sw_if_index);
      if (swIfIndex !== NO_INTERFACE && !dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      traffic.clear(swIfIndex === NO_INTERFACE ? undefined : swIfIndex);
      return Retval.OK;
    },

    collect_detailed_interface_stats: (fields, { dataplane }, traffic) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf?.sub !== undefined) return Retval.INVALID_VALUE;
      if (!itf?.device.isEthernet) return Retval.FEATURE_DISABLED;
      traffic.setDetailed(itf.swIfIndex, Boolean(fields.enable_disable));
      return Retval.OK;
    },
  },
});

/** All packets take the default route of the table that their interface is in. */
function routesOf({ counters, tables }: Dataplane): Routes {
  const defaults = { ip4: keyOf(parsePrefix('0.0.0.0/0')), ip6: keyOf(parsePrefix('::/0')) };
  return {
    get end() {
      return counters.end;
    },
    of: ({ table4, table6 }, v6) =>
      tables.find(v6 ? table6 : table4, v6)?.find(v6 ? defaults.ip6 : defaults.ip4, 0)?.statsIndex,
  };
}

function cleared(clear: () => void): string {
  clear();
  return '';
}
