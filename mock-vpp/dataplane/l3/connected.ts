/**
 * The routes an address brings to its interface's table while the interface is up: the address itself
 * (local), the prefix (attached), and for IPv4 the first and last address of the prefix (drop) or, in
 * a /31, the other one (attached). The order is VPP's, and with it the stats indices.
 */
import { DROP, type FibTable, keyOf, Source } from '../routing/fib.js';
import { ownPath, type PathList, PathProto, PathType, pathList } from '../routing/paths.js';
import { broadcast, masked, type Prefix, same } from './ip.js';

export function addConnected(table: FibTable, prefix: Prefix, text: string, swIfIndex: number): void {
  const proto = table.v6 ? PathProto.IP6 : PathProto.IP4;
  const via = (type: number, address?: string): PathList => pathList([ownPath(proto, type, swIfIndex, address)]);
  table.put(host(prefix), Source.INTERFACE, via(PathType.LOCAL, text));
  if (isHost(prefix)) return;
  // The prefix keeps its host bits, but not that of IPv6.
  table.put(table.v6 ? network(prefix) : prefix, Source.INTERFACE, via(PathType.NORMAL));
  for (const edge of edges(prefix)) table.put(edge, Source.INTERFACE, DROP[0]);
  const peer = peerOf(prefix);
  if (peer) table.put(peer, Source.INTERFACE, via(PathType.NORMAL, peer.bytes.join('.')));
}

/** `last`: no other address of the interface is in the same prefix. */
export function removeConnected(table: FibTable, prefix: Prefix, last: boolean): void {
  const peer = peerOf(prefix);
  const gone = [host(prefix)];
  if (last && !isHost(prefix)) gone.push(...edges(prefix), ...(peer ? [peer] : []), prefix);
  for (const each of gone) table.remove(keyOf(each), each.length, Source.INTERFACE);
}

function host(prefix: Prefix): Prefix {
  return { ...prefix, length: 8 * prefix.bytes.length };
}

function network(prefix: Prefix): Prefix {
  return { ...prefix, bytes: masked(prefix.bytes, prefix.length) };
}

function isHost(prefix: Prefix): boolean {
  return prefix.length === 8 * prefix.bytes.length;
}

/** First and last address of an IPv4 prefix of up to 30 bits, where they are not the address itself. */
function edges(prefix: Prefix): Prefix[] {
  if (prefix.v6 || prefix.length > 30) return [];
  return [masked(prefix.bytes, prefix.length), broadcast(prefix.bytes, prefix.length)]
    .filter((edge) => !same(edge, prefix.bytes))
    .map((bytes) => host({ ...prefix, bytes }));
}

function peerOf(prefix: Prefix): Prefix | undefined {
  if (prefix.v6 || prefix.length !== 31) return undefined;
  return host({ ...prefix, bytes: prefix.bytes.map((byte, index) => (index === 3 ? byte ^ 1 : byte)) });
}
