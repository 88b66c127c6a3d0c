/** VRRP: virtual routers, their peers, and the interfaces that they track. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Tracked, type VirtualRouter, VrFlag, Vrrp, VrState } from '../../dataplane/host/vrrp.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import type { Call } from '../../handlers/call.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const vrrp = defineKind({
  name: 'vrrp',
  title: 'VRRP',
  state: (dataplane) => new Vrrp(dataplane),
  adminChanged: (vrrp, itf) => vrrp.follow(itf),
  addressAdded: (vrrp, itf) => vrrp.follow(itf),
  addressRemoved: (vrrp, itf) => vrrp.follow(itf),
  handlers: {
    vrrp_vr_add_del: (fields, call, vrrp) => {
      const refusal = refusalOf(fields, call);
      if (refusal !== Retval.OK) return refusal;
      if (fields.is_add) {
        const made = vrrp.add(fields);
        return typeof made === 'number' ? made : Retval.OK;
      }
      const isIp6 = (Number(fields.flags) & VrFlag.IPV6) !== 0;
      const vr = vrrp.find(Number(fields.sw_if_index), Number(fields.vr_id), isIp6);
      if (vr === undefined) return Retval.NO_SUCH_ENTRY;
      vrrp.remove(vr);
      return Retval.OK;
    },

    vrrp_vr_update: (fields, call, vrrp) => {
      const asked = Number(fields.vrrp_index);
      const refusal = refusalOf(fields, call);
      if (refusal !== Retval.OK) return { retval: refusal, vrrp_index: asked };
      if (asked === NO_INTERFACE) {
        const made = vrrp.add(fields);
        return typeof made === 'number' ? { retval: made, vrrp_index: asked } : { vrrp_index: made.index };
      }
      const vr = vrrp.routers.get(asked);
      const retval = vr === undefined ? Retval.NO_SUCH_ENTRY : vrrp.update(vr, fields);
      return { retval, vrrp_index: asked };
    },

    vrrp_vr_del: (fields, _, vrrp) => {
      const vr = vrrp.routers.get(Number(fields.vrrp_index));
      if (vr === undefined) return Retval.NO_SUCH_ENTRY;
      vrrp.removeButListed(vr);
      return Retval.OK;
    },

    vrrp_vr_dump: (fields, _, vrrp) => {
      const asked = Number(fields.sw_if_index);
      return [...vrrp.routers.values()]
        .filter(({ swIfIndex }) => isAll(asked) || asked === swIfIndex)
        .map((vr) => details(vr, vrrp));
    },

    vrrp_vr_start_stop: onRouter(Retval.NO_SUCH_ENTRY, (vr, fields, call, vrrp) => {
      const starts = Boolean(fields.is_start) && vr.state === VrState.INIT;
      if (starts && vrrp.hasStale(vr)) call.vpp.dies('staleRouter', call);
      if (fields.is_start) return vrrp.start(vr);
      vrrp.stop(vr);
      return Retval.OK;
    }),

    vrrp_vr_set_peers: onRouter(Retval.NO_SUCH_ENTRY, (vr, fields) => {
      if ((vr.flags & VrFlag.UNICAST) === 0) return Retval.INVALID_ARGUMENT;
      if (vr.state !== VrState.INIT) return Retval.RSRC_IN_USE;
      const peers = fields.addrs as string[];
      if (peers.length === 0) return Retval.INVALID_DST_ADDRESS;
      vr.peers = peers;
      return Retval.OK;
    }),

    vrrp_vr_peer_dump: (fields, _, vrrp) => {
      const asked = Number(fields.sw_if_index);
      const one = vrrp.find(asked, Number(fields.vr_id), Boolean(fields.is_ipv6));
      const all = [...vrrp.routers.values()].filter(({ peers }) => peers.length > 0);
      return (isAll(asked) ? all : one === undefined ? [] : [one]).map((vr) => ({
        ...nameOf(vr),
        n_peer_addrs: vr.peers.length,
        peer_addrs: vr.peers,
      }));
    },

    vrrp_vr_track_if_add_del: onRouter(Retval.INVALID_VALUE, (vr, fields, { dataplane }) => {
      const given = (fields.ifs as Fields[]).map(({ sw_if_index, priority }): Tracked => {
        return { swIfIndex: Number(sw_if_index), priority: Number(priority) };
      });
      for (const { swIfIndex } of given) {
        if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
        if (swIfIndex === vr.swIfIndex) return Retval.INVALID_SW_IF_INDEX_2;
      }
      const isIn = (list: readonly Tracked[]) => (each: Tracked) =>
        list.some(({ swIfIndex }) => swIfIndex === each.swIfIndex);
      const isKnown = isIn(vr.tracked);
      const isGiven = isIn(given);
      vr.tracked = fields.is_add
        ? [...vr.tracked, ...given.filter((each) => !isKnown(each))]
        : vr.tracked.filter((each) => !isGiven(each));
      return Retval.OK;
    }),

    vrrp_vr_track_if_dump: (fields, _, vrrp) => {
      const one = vrrp.find(Number(fields.sw_if_index), Number(fields.vr_id), Boolean(fields.is_ipv6));
      const all = [...vrrp.routers.values()].filter(({ tracked }) => tracked.length > 0);
      return (fields.dump_all ? all : one === undefined ? [] : [one]).map((vr) => ({
        ...nameOf(vr),
        n_ifs: vr.tracked.length,
        ifs: vr.tracked.map(({ swIfIndex, priority }) => ({ sw_if_index: swIfIndex, priority })),
      }));
    },
  },
});

const isAll = (swIfIndex: number) => swIfIndex === 0 || swIfIndex === NO_INTERFACE;

/** Checks what a new router and a changed one need. */
function refusalOf(fields: Fields, { dataplane }: Call): number {
  if (!dataplane.hasInterface(Number(fields.sw_if_index))) return Retval.INVALID_SW_IF_INDEX;
  return fields.priority && fields.interval && fields.vr_id ? Retval.OK : Retval.INVALID_VALUE;
}

/** A handler that refuses an unknown router, and gets a known one. */
function onRouter(
  unknown: number,
  act: (vr: VirtualRouter, fields: Fields, call: Call, vrrp: Vrrp) => number,
): KindHandler<Vrrp> {
  return (fields, call, vrrp) => {
    const vr = vrrp.find(Number(fields.sw_if_index), Number(fields.vr_id), Boolean(fields.is_ipv6));
    return vr === undefined ? unknown : act(vr, fields, call, vrrp);
  };
}

function nameOf({ swIfIndex, vrId, v6 }: VirtualRouter): Fields {
  return { sw_if_index: swIfIndex, vr_id: vrId, is_ipv6: v6 ? 1 : 0 };
}

function details(vr: VirtualRouter, vrrp: Vrrp): Fields {
  const lost = vrrp.lost(vr);
  const { swIfIndex, vrId, priority, interval, flags, v6, state, addresses } = vr;
  return {
    config: { sw_if_index: swIfIndex, vr_id: vrId, priority, interval, flags },
    runtime: {
      ...{ state, ...vr.times },
      mac: `00:00:5e:00:0${v6 ? 2 : 1}:${vrId.toString(16).padStart(2, '0')}`,
      tracking: { interfaces_dec: lost, priority: lost < priority ? priority - lost : 1 },
    },
    n_addrs: addresses.length,
    addrs: addresses,
  };
}
