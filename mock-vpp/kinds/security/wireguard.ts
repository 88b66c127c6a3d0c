/** WireGuard interfaces and peers. Peers can be watched for events, but nothing is sent to them. */
import type { Fields } from '../../../src/mux/internal.js';
import { CliRefusal } from '../../cli/cli-command.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import {
  isWireguard,
  peerFields,
  Wireguard,
  type WireguardInterface,
  type WireguardPeer,
} from '../../dataplane/security/wireguard.js';
import { NO_KEY } from '../../dataplane/security/wireguard-keys.js';
import type { Call } from '../../handlers/call.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { isEnable, nameOf } from '../../handlers/want.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { interfaceText, peerText } from './wireguard-text.js';

const ANY_PEER = 0xffffffff;

export const wireguard = defineKind({
  name: 'wireguard',
  title: 'WireGuard',
  state: (dataplane) => new Wireguard(dataplane),
  interfaceDeleted: (wireguard, itf) => wireguard.forgetInterface(itf),
  commands: {
    'show wireguard interface': {
      help: 'show wireguard',
      run: ({ interfaces }) => [...interfaces.values()].map(interfaceText).join(''),
    },
    'show wireguard peer': {
      help: 'show wireguard peer',
      run: ({ peers }) => [...peers.values()].map(peerText).join(''),
    },
    'show wireguard mode': {
      help: 'show wireguard mode',
      run: ({ isAsync }) => `Wireguard mode\n\tasync: ${isAsync ? 'enabled' : 'disabled'}\n`,
    },
    'set wireguard async mode': {
      help: 'set wireguard async mode on|off',
      takesWords: true,
      run: (wireguard, { words: [word] }) => {
        if (word !== undefined && word !== 'on' && word !== 'off') {
          throw new CliRefusal(`set wireguard async mode: unknown input '${word}'\n`);
        }
        wireguard.isAsync = word === 'on';
        return '';
      },
    },
  },
  handlers: {
    wireguard_interface_create: (fields, _, wireguard) => {
      const { user_instance, private_key, port, src_ip } = fields.interface as Fields;
      const key = fields.generate_key ? undefined : Buffer.from(private_key as Uint8Array);
      return createdReply(wireguard.addInterface(Number(user_instance), key, Number(port), String(src_ip)));
    },

    wireguard_interface_delete: onInterface((itf, _, { dataplane }, wireguard: Wireguard) => {
      if (!isWireguard(itf)) return Retval.INVALID_VALUE;
      if (wireguard.find(itf) === undefined) return Retval.INVALID_SW_IF_INDEX_2;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    }),

    wireguard_interface_dump: (fields, _, { interfaces }) =>
      [...interfaces.values()]
        .filter(({ itf }) => [NO_INTERFACE, itf.swIfIndex].includes(Number(fields.sw_if_index)))
        .map((each): Fields => ({ interface: interfaceFields(each, Boolean(fields.show_private_key)) })),

    wireguard_peer_add: addPeer,
    wireguard_peer_add_v2: addPeer,

    wireguard_peer_remove: (fields, _, wireguard) => wireguard.removePeer(Number(fields.peer_index)),

    wireguard_peers_dump: (fields, _, wireguard) =>
      chosen(wireguard, fields).map((peer): Fields => {
        const { preshared_key, preshared_key_set, ...rest } = peerFields(peer);
        return { peer: rest };
      }),

    wireguard_peers_v2_dump: (fields, _, wireguard) =>
      chosen(wireguard, fields).map((peer): Fields => ({ peer: peerFields(peer) })),

    want_wireguard_peer_events: (fields, call, wireguard) => {
      const { events, registration } = call.client;
      const request = nameOf(call);
      for (const { index, at, watchers } of chosen(wireguard, fields)) {
        if (![NO_INTERFACE, at.itf.swIfIndex].includes(Number(fields.sw_if_index))) continue;
        const key = peerKey(index);
        if (isEnable(fields)) {
          watchers.add(registration);
          events.add(key, { request, pid: 0, fits: ({ peer_index = 0 }) => peer_index === index, isNamed: false });
        } else if (watchers.delete(registration)) events.remove(key);
      }
      return Retval.OK;
    },

    wg_set_async_mode: (fields, _, wireguard) => {
      wireguard.isAsync = Boolean(fields.async_enable);
      return Retval.OK;
    },
  },
});

function addPeer(fields: Fields, { dataplane, vpp }: Call, wireguard: Wireguard): Fields {
  const asked = fields.peer as Fields;
  const itf = dataplane.interfaces.get(Number(asked.sw_if_index));
  const refused = (retval: number): Fields => ({ retval, peer_index: ANY_PEER });
  if (itf === undefined) return refused(Retval.INVALID_SW_IF_INDEX);
  if (Number(asked.n_allowed_ips) === 0) return refused(Retval.INVALID_VALUE);
  const at = wireguard.find(itf);
  if (at === undefined) return refused(Retval.INVALID_SW_IF_INDEX);
  const made = wireguard.addPeer({
    at,
    publicKey: Buffer.from(asked.public_key as Uint8Array),
    presharedKey: asked.preshared_key_set ? Buffer.from(asked.preshared_key as Uint8Array) : NO_KEY,
    endpoint: String(asked.endpoint),
    port: Number(asked.port),
    keepalive: Number(asked.persistent_keepalive),
    tableId: Number(asked.table_id),
    allowedIps: (asked.allowed_ips as unknown[]).map(String),
  });
  if (typeof made === 'number') return refused(made);
  // Registrations at the last peer with this index; they were kept for the event of its end.
  vpp.forgetEvents(peerKey(made.index));
  return { peer_index: made.index };
}

function chosen({ peers }: Wireguard, { peer_index }: Fields): WireguardPeer[] {
  return [...peers.values()].filter(({ index }) => [ANY_PEER, index].includes(Number(peer_index)));
}

function interfaceFields(each: WireguardInterface, isPrivate: boolean): Fields {
  return {
    user_instance: each.instance,
    sw_if_index: each.itf.swIfIndex,
    private_key: isPrivate ? each.privateKey : NO_KEY,
    public_key: each.publicKey,
    port: each.port,
    src_ip: each.srcIp,
  };
}

/** A client's registration at a peer. */
const peerKey = (index: number) => `wireguard peer ${index}`;
