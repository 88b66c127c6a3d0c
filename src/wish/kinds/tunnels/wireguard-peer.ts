/**
 * Peers of WireGuard interfaces. An object is `INTERFACE PUBLIC-KEY`. A peer without an endpoint in the wish may be anywhere; the endpoint
 * of one that has it there is where VPP sends to first, and is set back to it after the peer has moved.
 */

import type { Fields } from '../../../mux/index.js';
import { networkOf, type Prefix, prefixOf } from '../../../vpp/index.js';
import { OWN_KEY } from '../../read-yaml.js';
import { HiddenBytes, type SecretSource } from '../../secret.js';
import { defineKind, type Found, keyOf, type Wanted } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { endpointAt, endpointText, type PeerEndpoint } from './wireguard-endpoint.js';
import { fits, readKey } from './wireguard-keys.js';
import { describeWireguard, WIREGUARD, wireguardsOf } from './wireguard-section.js';

interface WireguardPeer {
  readonly interface: string;
  /** In base64. */
  readonly publicKey: string;
  /** In the order of their texts. */
  readonly allowedIps: readonly string[];
  /** Undefined for none. */
  readonly endpoint?: PeerEndpoint;
  /** Seconds; 0 for none. */
  readonly keepalive: number;
  readonly table: number;
  readonly presharedKey?: SecretSource | HiddenBytes;
}

const NAME = 'wireguard-peer';
const NOWHERE: PeerEndpoint = { address: '0.0.0.0', port: 0 };

const nameOf = ({ interface: itf, publicKey }: Pick<WireguardPeer, 'interface' | 'publicKey'>) => `${itf} ${publicKey}`;
const key = (bytes: unknown) => Buffer.from(bytes as Uint8Array);

function same({ value: wanted }: Wanted<WireguardPeer>, { value: found }: Found<WireguardPeer>): boolean {
  const [source, told] = [wanted.presharedKey, found.presharedKey];
  if ((source === undefined) !== (told === undefined)) return false;
  if (told instanceof HiddenBytes && !fits(source as SecretSource, (bytes) => told.equals(bytes))) return false;
  const isThere = wanted.endpoint === undefined || isSame(wanted.endpoint, found.endpoint);
  const isEqual = wanted.keepalive === found.keepalive && wanted.table === found.table;
  return isThere && isEqual && wanted.allowedIps.join() === found.allowedIps.join();
}

const isSame = (a: PeerEndpoint, b: PeerEndpoint = NOWHERE) => a.address === b.address && a.port === b.port;

export const wireguardPeerKind = defineKind<WireguardPeer>({
  name: NAME,
  ownership: 'wished',
  messages: ['wireguard_peer_add', 'wireguard_peer_remove', 'wireguard_peers_dump'],
  *wanted(wish) {
    const number = tableReader(wish);
    for (const [itf, { peers = [] }] of wireguardsOf(wish)) {
      for (const [at, peer] of peers.entries()) {
        const { 'public-key': publicKey, endpoint, 'preshared-key': presharedKey } = peer;
        const value: WireguardPeer = {
          ...{ interface: itf, publicKey },
          allowedIps: peer['allowed-ips'].map((text) => networkOf(prefixOf(text) as Prefix)).sort(),
          ...(endpoint !== undefined && { endpoint: endpointAt(endpoint) }),
          keepalive: peer['persistent-keepalive'] ?? 0,
          table: number(peer.table),
          ...(presharedKey !== undefined && { presharedKey }),
        };
        yield { name: nameOf(value), value, path: [OWN_KEY, WIREGUARD, itf, 'peers', at] };
      }
    }
  },
  async read(vpp) {
    const dump = await vpp.dump(vpp.newest('wireguard_peers_v2_dump', 'wireguard_peers_dump'));
    return dump.flatMap((details): Found<WireguardPeer>[] => {
      const peer = details.peer as Fields;
      const itf = vpp.nameOf(peer.sw_if_index);
      if (itf === undefined) return [];
      const endpoint = { address: peer.endpoint as string, port: peer.port as number };
      const value: WireguardPeer = {
        ...{ interface: itf, publicKey: key(peer.public_key).toString('base64') },
        allowedIps: [...(peer.allowed_ips as string[])].sort(),
        ...(endpoint.port !== 0 && { endpoint }),
        ...{ keepalive: peer.persistent_keepalive as number, table: peer.table_id as number },
        ...(peer.preshared_key_set === true && { presharedKey: new HiddenBytes(key(peer.preshared_key)) }),
      };
      return [{ name: nameOf(value), value, index: peer.peer_index as number }];
    });
  },
  needs: ({ value }) => [`interface/${value.interface}`, ...tableNeeds(value.table)],
  same,
  create({ value }, refs) {
    const { presharedKey, endpoint = NOWHERE, allowedIps } = value;
    const source = presharedKey as SecretSource | undefined;
    const peer = {
      public_key: Buffer.from(value.publicKey, 'base64'),
      ...{ endpoint: endpoint.address, port: endpoint.port },
      ...{ persistent_keepalive: value.keepalive, table_id: value.table, sw_if_index: refs.interface(value.interface) },
      ...(source && { preshared_key: refs.secret(() => readKey(source)), preshared_key_set: true }),
      ...{ n_allowed_ips: allowedIps.length, allowed_ips: allowedIps },
    };
    return [{ name: refs.newest('wireguard_peer_add_v2', 'wireguard_peer_add'), fields: { peer } }];
  },
  indexOf: (reply) => reply.peer_index as number | undefined,
  remove({ name }, refs) {
    const fields = { peer_index: refs.index(keyOf({ name: NAME }, name)) };
    return [{ name: 'wireguard_peer_remove', fields, settledBy: ['NO_SUCH_ENTRY'] }];
  },
  describe(found, draft) {
    for (const { value } of found) {
      const { endpoint, keepalive, table, presharedKey } = value;
      const itf = describeWireguard(draft, value.interface);
      const peers = (itf.peers ?? []) as unknown[];
      const number = peers.push({
        ...{ 'public-key': value.publicKey, 'allowed-ips': [...value.allowedIps] },
        ...(endpoint && { endpoint: endpointText(endpoint) }),
        ...(keepalive !== 0 && { 'persistent-keepalive': keepalive }),
        ...(table !== 0 && { table }),
      });
      if (presharedKey !== undefined) {
        Object.assign(peers[number - 1] as object, {
          'preshared-key': { file: `/etc/vpp/${value.interface}-peer-${number}.key` },
        });
      }
      itf.peers = peers;
    }
  },
});
