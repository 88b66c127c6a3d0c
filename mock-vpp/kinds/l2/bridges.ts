/** Bridge domains. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { type BridgeDomain, BridgeDomains, type BridgeFeatures } from '../../dataplane/l2/bridge-domains.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import type { Answer } from '../../handlers/answers.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { tagRewrites } from './tag-rewrites.js';

const ANY_ID = 0xffffffff;

/** `bd_flags` of a feature, and its bit in the bitmap that VPP answers with. */
const FEATURES: readonly { readonly name: keyof BridgeFeatures; readonly flag: number; readonly bit: number }[] = [
  { name: 'learn', flag: 1, bit: 9 },
  { name: 'forward', flag: 2, bit: 7 },
  { name: 'flood', flag: 4, bit: 2 },
  { name: 'uu_flood', flag: 8, bit: 5 },
  { name: 'arp_term', flag: 16, bit: 4 },
  { name: 'arp_ufwd', flag: 32, bit: 3 },
];
/** Bits that are set in every domain. */
const OTHER_BITS = 0xfffffd03;

export const bridges = defineKind({
  name: 'bridges',
  title: 'bridge domains',
  state: () => new BridgeDomains(),
  // Going down gives up what was learnt.
  adminChanged: (bridges, { swIfIndex, adminUp }) => {
    if (!adminUp && bridges.bridgeOf(swIfIndex) !== undefined) bridges.flushed(swIfIndex);
  },
  interfaceDeleted: (bridges, itf, dataplane) => {
    // The interface at the other end of a cross-connect leaves layer 2 with it; one that only sends to it does not.
    const other = dataplane.interfaces.get(bridges.crossConnects.get(itf.swIfIndex) ?? NO_INTERFACE);
    if (other !== undefined) leave(dataplane, other);
    const isLayer2 = bridges.bridgeOf(itf.swIfIndex) !== undefined || bridges.crossConnects.has(itf.swIfIndex);
    // In layer 3 it is left to the next interface with the number.
    if (isLayer2) dataplane.of(tagRewrites).delete(itf.swIfIndex);
    bridges.forget(itf);
  },
  handlers: {
    bridge_domain_add_del: (fields, _, bridges) => addDel(bridges, Number(fields.bd_id), fields),

    bridge_domain_add_del_v2: (fields, _, bridges) => {
      const asked = Number(fields.bd_id);
      const id = asked === ANY_ID && fields.is_add ? bridges.unusedId() : asked;
      return { retval: addDel(bridges, id, fields), bd_id: id };
    },

    sw_interface_set_l2_bridge: (fields, { dataplane }, bridges) => {
      const itf = dataplane.interfaces.get(Number(fields.rx_sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (fields.enable) {
        return bridges.bridge(itf, Number(fields.bd_id), Number(fields.port_type), Number(fields.shg));
      }
      leave(dataplane, itf);
      return Retval.OK;
    },

    bridge_flags: (fields, _, bridges) =>
      onDomain(bridges, fields, (domain) => {
        for (const { name, flag } of FEATURES) if (Number(fields.flags) & flag) domain[name] = Boolean(fields.is_set);
        const bits = FEATURES.filter(({ name }) => domain[name]).map(({ bit }) => 1 << bit);
        return { resulting_feature_bitmap: (OTHER_BITS | bits.reduce((all, bit) => all | bit, 0)) >>> 0 };
      }),

    bridge_domain_set_mac_age: (fields, _, bridges) =>
      onDomain(bridges, fields, (domain) => {
        domain.macAge = Number(fields.mac_age);
        return Retval.OK;
      }),

    // Nothing is learnt by itself; VPP does not show the limits either.
    bridge_domain_set_learn_limit: (fields, _, bridges) => onDomain(bridges, fields, () => Retval.OK),
    bridge_domain_set_default_learn_limit: () => Retval.OK,

    bridge_domain_dump: (fields, _, bridges) => {
      // A filter by interface is declared, but VPP answers it with nothing.
      if (Number(fields.sw_if_index) !== NO_INTERFACE) return [];
      const id = Number(fields.bd_id);
      const all = bridges.values();
      return (id === ANY_ID ? all : all.filter((domain) => domain.id === id)).map(details);
    },
  },
});

/** Acts on the domain that a request names; the placeholder cannot be modified. */
export function onDomain(bridges: BridgeDomains, { bd_id }: Fields, act: (domain: BridgeDomain) => Answer): Answer {
  const id = Number(bd_id);
  const domain = bridges.find(id);
  if (id === 0) return Retval.BD_NOT_MODIFIABLE;
  return domain === undefined ? Retval.NO_SUCH_ENTRY : act(domain);
}

/** Takes an interface out of layer 2. */
export function leave(dataplane: Dataplane, itf: Interface): void {
  dataplane.of(bridges).unbridge(itf);
  dataplane.of(bridges).features.left(itf.swIfIndex);
  dataplane.of(tagRewrites).delete(itf.swIfIndex);
}

function addDel(bridges: BridgeDomains, id: number, fields: Fields): number {
  if (!fields.is_add) return bridges.remove(id);
  const chosen = Object.fromEntries(FEATURES.map(({ name }) => [name, Boolean(fields[name])]));
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
