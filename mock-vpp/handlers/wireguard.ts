/** WireGuard peers, which can be added and removed; nothing is sent to them. */
import type { Fields } from '../../src/mux/internal.js';
import type { Handlers } from '../call.js';
import { Retval } from '../retvals.js';

export const wireguard: Handlers = {
  wireguard_peer_add: (fields, { vpp: { dataplane } }) => {
    const swIfIndex = Number((fields.peer as Fields).sw_if_index);
    if (!dataplane.hasInterface(swIfIndex)) return { retval: Retval.INVALID_SW_IF_INDEX, peer_index: 0xffffffff };
    return { retval: Retval.OK, peer_index: dataplane.wireguardPeers.add(swIfIndex).index };
  },

  wireguard_peer_remove: (fields, { vpp }) => {
    const index = Number(fields.peer_index);
    vpp.forgetEvents(peerKey(index));
    return vpp.dataplane.wireguardPeers.remove(index) ? Retval.OK : Retval.NO_SUCH_ENTRY;
  },
};

/** A client's registration at a peer. */
export const peerKey = (index: number) => `wireguard peer ${index}`;
