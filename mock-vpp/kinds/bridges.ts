/** Bridge domains. */
import type { Fields } from '../../src/mux/internal.js';
import { type BridgeDomain, BridgeDomains, type BridgeFeatures } from '../dataplane/bridge-domains.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { defineKind } from '../kind.js';
import { Retval } from '../retvals.js';
import { tagRewrites } from './tag-rewrites.js';

const ANY_ID = 0xffffffff;

export const bridges = defineKind({
  name: 'bridges',
  title: 'bridge domains',
  state: () => new BridgeDomains(),
  interfaceDeleted: (bridges, { swIfIndex }, dataplane) => {
    // The interface at the other end of a cross-connect leaves layer 2 with it; one that only sends to it does not.
    const other = bridges.crossConnects.get(swIfIndex);
    if (other !== undefined) leave(dataplane, other);
    bridges.unbridge(swIfIndex);
  },
  handlers: {
    bridge_domain_add_del: (fields, _, bridges) => addDel(bridges, Number(fields.bd_id), fields),

    bridge_domain_add_del_v2: (fields, _, bridges) => {
      const asked = Number(fields.bd_id);
      const id = asked === ANY_ID && fields.is_add ? bridges.unusedId() : asked;
      return { retval: addDel(bridges, id, fields), bd_id: id };
    },

    sw_interface_set_l2_bridge: (fields, { dataplane }, bridges) => {
      const swIfIndex = Number(fields.rx_sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      if (fields.enable) {
        return bridges.bridge(swIfIndex, Number(fields.bd_id), Number(fields.port_type), Number(fields.shg));
      }
      leave(dataplane, swIfIndex);
      return Retval.OK;
    },

    bridge_domain_dump: (fields, _, bridges) => {
      // A filter by interface is declared, but VPP answers it with nothing.
      if (Number(fields.sw_if_index) !== NO_INTERFACE) return [];
      const id = Number(fields.bd_id);
      const all = bridges.values();
      return (id === ANY_ID ? all : all.filter((domain) => domain.id === id)).map(details);
    },
  },
});

/** Takes an interface out of layer 2. */
export function leave(dataplane: Dataplane, swIfIndex: number): void {
  dataplane.of(bridges).unbridge(swIfIndex);
  dataplane.of(tagRewrites).delete(swIfIndex);
}

function addDel(bridges: BridgeDomains, id: number, fields: Fields): number {
  if (!fields.is_add) return bridges.remove(id);
  const features = ['flood', 'uu_flood', 'forward', 'learn', 'arp_term', 'arp_ufwd'] as const;
  const chosen = Object.fromEntries(features.map((name) => [name, Boolean(fields[name])]));
  return bridges.add(id, chosen as unknown as BridgeFeatures, Number(fields.mac_age), String(fields.bd_tag));
}

function details(domain: BridgeDomain): Fields {
  const { flood, uu_flood, forward, learn, arp_term, arp_ufwd } = domain;
  return {
    bd_id: domain.id,
    ...{ flood, uu_flood, forward, learn, arp_term, arp_ufwd },
    mac_age: domain.macAge,
    bd_tag: domain.tag,
    bvi_sw_if_index: domain.bvi,
    uu_fwd_sw_if_index: domain.uuForward,
    sw_if_details: domain.members.map(({ swIfIndex, shg }) => ({ sw_if_index: swIfIndex, shg })),
  };
}
