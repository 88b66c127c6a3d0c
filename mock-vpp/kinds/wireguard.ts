/** WireGuard peers, which can be added and removed, and their events; nothing is sent to them. */
import type { Fields } from '../../src/mux/internal.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { WireguardPeers } from '../dataplane/wireguard.js';
import { defineKind } from '../kind.js';
import { Retval } from '../retvals.js';
import { isEnable, nameOf } from '../want.js';

const ANY_PEER = 0xffffffff;

export const wireguard = defineKind({
  name: 'wireguard',
  title: 'WireGuard',
  state: () => new WireguardPeers(),
  handlers: {
    wireguard_peer_add: (fields, { dataplane }, peers) => {
      const swIfIndex = Number((fields.peer as Fields).sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return { retval: Retval.INVALID_SW_IF_INDEX, peer_index: 0xffffffff };
      return { retval: Retval.OK, peer_index: peers.add(swIfIndex).index };
    },

    wireguard_peer_remove: (fields, { vpp }, peers) => {
      const index = Number(fields.peer_index);
      vpp.forgetEvents(peerKey(index));
      return peers.remove(index) ? Retval.OK : Retval.NO_SUCH_ENTRY;
    },

    want_wireguard_peer_events: (fields, call, peers) => {
      const { events } = call.client;
      const request = nameOf(call);
      for (const { index, swIfIndex } of peers.values()) {
        const isMeant = [ANY_PEER, index].includes(Number(fields.peer_index));
        if (!isMeant || ![NO_INTERFACE, swIfIndex].includes(Number(fields.sw_if_index))) continue;
        const key = peerKey(index);
        if (!isEnable(fields)) events.remove(key);
        else events.add(key, { request, pid: 0, fits: ({ peer_index: at = 0 }) => at === index, isNamed: false });
      }
      return Retval.OK;
    },
  },
});

/** A client's registration at a peer. */
const peerKey = (index: number) => `wireguard peer ${index}`;
