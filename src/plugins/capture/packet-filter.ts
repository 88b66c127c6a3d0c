/** A filter of packets by addresses, protocol and port: as text for VPP's BPF filter, and as a test of what a packet shows. */

import { isIP } from 'node:net';
import { addressOf, networkOf, prefixOf } from '../../vpp/index.js';
import type { Flow } from './trace-text.js';

export interface PacketFilter {
  /** An address, or a prefix: `192.0.2.1`, `2001:db8::/32`. */
  readonly src?: string;
  readonly dst?: string;
  /** `tcp`, `udp`, `icmp`, `icmp6`, `arp`, or the number of an IP protocol. */
  readonly proto?: string;
  /** A port of the source or of the destination. */
  readonly port?: number;
}

/** Names of protocols, with their numbers in IP; ARP has none. */
export const PROTOCOLS: Readonly<Record<string, number | undefined>> = {
  tcp: 6,
  udp: 17,
  icmp: 1,
  icmp6: 58,
  sctp: 132,
  gre: 47,
  esp: 50,
  ah: 51,
  arp: undefined,
};

/** True where the filter lets everything through. */
export function isEmpty({ src, dst, proto, port }: PacketFilter): boolean {
  return [src, dst, proto, port].every((each) => each === undefined);
}

/**
 * The filter in the language of libpcap; undefined for an empty one. Frames with a VLAN tag are looked at behind it: libpcap's
 * words alone pass none of them.
 */
export function bpfOf({ src, dst, proto, port }: PacketFilter): string | undefined {
  const terms = [
    ...(src === undefined ? [] : [`src ${hostTerm(src)}`]),
    ...(dst === undefined ? [] : [`dst ${hostTerm(dst)}`]),
    ...(proto === undefined ? [] : [protocolTerm(proto)]),
    ...(port === undefined ? [] : [`port ${port}`]),
  ];
  if (terms.length === 0) return undefined;
  const all = terms.join(' and ');
  return `(${all}) or (vlan and (${all}))`;
}

const hostTerm = (text: string) =>
  text.includes('/') ? `net ${networkText(text)}` : `host ${addressOf(text) ?? text}`;

function protocolTerm(proto: string): string {
  if (/^\d+$/.test(proto)) return `(ip proto ${proto} or ip6 proto ${proto})`;
  if (proto === 'gre') return '(ip proto 47 or ip6 proto 47)';
  return proto;
}

/** Whether a packet of this flow passes the filter. */
export function passes({ src, dst, proto, port }: PacketFilter, flow: Flow): boolean {
  if (src !== undefined && !isIn(flow.source, src)) return false;
  if (dst !== undefined && !isIn(flow.destination, dst)) return false;
  if (proto !== undefined && !isProtocol(flow.protocol, proto)) return false;
  return port === undefined || flow.sourcePort === port || flow.destinationPort === port;
}

function isProtocol(name: string, wanted: string): boolean {
  const number = PROTOCOLS[wanted] ?? wanted;
  return name === wanted || String(PROTOCOLS[name] ?? name) === String(number);
}

function isIn(address: string, wanted: string): boolean {
  const own = addressOf(address);
  const prefix = prefixOf(wanted);
  if (prefix === undefined) return own === addressOf(wanted);
  if (own === undefined || isIP(own) !== isIP(prefix.address)) return false;
  return networkOf({ address: own, length: prefix.length }) === networkOf(prefix);
}

function networkText(text: string): string {
  const prefix = prefixOf(text);
  return prefix === undefined ? text : networkOf(prefix);
}
