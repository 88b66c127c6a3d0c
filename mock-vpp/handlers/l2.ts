/** Bridge domains. */
import type { Fields } from '../../src/mux/internal.js';
import type { Handlers } from '../call.js';
import type { BridgeDomain, BridgeFeatures } from '../dataplane/bridge-domains.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { Retval } from '../retvals.js';

const ANY_ID = 0xffffffff;

export const l2: Handlers = {
  bridge_domain_add_del: (fields, { vpp: { dataplane } }) => addDel(dataplane, Number(fields.bd_id), fields),

  bridge_domain_add_del_v2: (fields, { vpp: { dataplane } }) => {
    const asked = Number(fields.bd_id);
    const id = asked === ANY_ID && fields.is_add ? dataplane.bridges.unusedId() : asked;
    return { retval: addDel(dataplane, id, fields), bd_id: id };
  },

  sw_interface_set_l2_bridge: (fields, { vpp: { dataplane } }) => {
    const swIfIndex = Number(fields.rx_sw_if_index);
    if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
    if (fields.enable) {
      return dataplane.bridges.bridge(swIfIndex, Number(fields.bd_id), Number(fields.port_type), Number(fields.shg));
    }
    dataplane.bridges.unbridge(swIfIndex);
    return Retval.OK;
  },

  bridge_domain_dump: (fields, { vpp: { dataplane } }) => {
    // A filter by interface is declared, but VPP answers it with nothing.
    if (Number(fields.sw_if_index) !== NO_INTERFACE) return [];
    const id = Number(fields.bd_id);
    const all = dataplane.bridges.values();
    return (id === ANY_ID ? all : all.filter((domain) => domain.id === id)).map(details);
  },
};

function addDel(dataplane: Dataplane, id: number, fields: Fields): number {
  if (!fields.is_add) return dataplane.bridges.remove(id);
  const features = ['flood', 'uu_flood', 'forward', 'learn', 'arp_term', 'arp_ufwd'] as const;
  const chosen = Object.fromEntries(features.map((name) => [name, Boolean(fields[name])]));
  return dataplane.bridges.add(id, chosen as unknown as BridgeFeatures, Number(fields.mac_age), String(fields.bd_tag));
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
