/** CNAT: translations of virtual addresses to backends, and the interfaces that translate. It has no sessions: no packet makes any. */
import type { Fields } from '../../../src/mux/internal.js';
import { Cnat, type CnatEndpoint, type CnatPath, type CnatTranslation } from '../../dataplane/nat/cnat.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Flag of a path whose two endpoints have addresses. */
const TRACKED = 4;
/** Protocols without a name of VPP's, below 143 and from 253 on; none between those has one. */
const UNNAMED = [61, 63, 68, 99, 114];
const isNamed = (protocol: number) => (protocol <= 143 || protocol >= 253) && !UNNAMED.includes(protocol);

export const cnat = defineKind({
  name: 'cnat',
  title: 'CNAT',
  state: (dataplane) => new Cnat(dataplane),
  addressAdded: (all, itf, address) => all.addressAdded(itf, address),
  addressRemoved: (all, itf, address) => all.addressRemoved(itf, address),
  handlers: {
    cnat_translation_update: ({ translation }, _, all) => {
      const { vip, ip_proto, lb_type, paths } = translation as Fields;
      if (!isNamed(Number(ip_proto))) return refused(Retval.INVALID_PROTOCOL);
      const asked = paths as { dst_ep: Fields; src_ep: Fields; flags: number }[];
      // VPP dies without paths.
      if (asked.length === 0) return refused(Retval.INVALID_VALUE);
      const endpoints = [vip as Fields, ...asked.flatMap(({ dst_ep, src_ep }) => [dst_ep, src_ep])];
      if (endpoints.some(({ sw_if_index, if_af }) => Number(sw_if_index) !== NO_INTERFACE && Number(if_af) > 1)) {
        return refused(Retval.INVALID_ADDRESS_FAMILY);
      }
      const made = asked.map(({ dst_ep, src_ep, flags }): CnatPath => {
        return { destination: endpointOf(dst_ep), source: endpointOf(src_ep), flags: Number(flags) };
      });
      return { id: all.update(endpointOf(vip as Fields), Number(ip_proto), Number(lb_type), made).index };
    },
    cnat_translation_del: ({ id }, _, all) => (all.remove(Number(id)) ? Retval.OK : Retval.NO_SUCH_ENTRY),
    cnat_translation_dump: (_, __, all) => [...all.values()].map(details),

    cnat_session_dump: () => [],
    // Translations go with the sessions.
    cnat_session_purge: (_, __, all) => {
      all.removeAll();
      return Retval.OK;
    },

    feature_cnat_enable_disable: onInterface(() => Retval.OK),
  },
});

const refused = (retval: number): Fields => ({ retval, id: 0xffffffff });

function endpointOf({ addr, sw_if_index, if_af, port }: Fields): CnatEndpoint {
  const swIfIndex = Number(sw_if_index);
  if (swIfIndex !== NO_INTERFACE) return { swIfIndex, v6: Number(if_af) === 1, port: Number(port) };
  const address = String(addr);
  return { address, swIfIndex, v6: address.includes(':'), port: Number(port) };
}

/** VPP leaves out whether the address is real, and the flags. */
function details({ index, vip, protocol, lbType, paths }: CnatTranslation): Fields {
  const translation = {
    ...{ vip: endpointFields(vip), id: index, ip_proto: protocol, lb_type: lbType },
    paths: paths.map(({ destination, source, flags }) => {
      const isTracked = destination.address !== undefined && source.address !== undefined;
      return {
        dst_ep: endpointFields(destination),
        src_ep: endpointFields(source),
        flags: isTracked ? flags | TRACKED : flags,
      };
    }),
  };
  return { translation };
}

function endpointFields({ address, swIfIndex, v6, port }: CnatEndpoint): Fields {
  return { addr: address ?? '0.0.0.0', sw_if_index: swIfIndex, if_af: v6 ? 1 : 0, port };
}
