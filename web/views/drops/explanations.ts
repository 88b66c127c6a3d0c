/** Reasons for drops in plain words, with what helps. */

export interface Explanation {
  /** `bad`: packets were lost. `info`: it counts something that is no error. */
  readonly severity: 'bad' | 'info';
  readonly text?: string;
}

/** The first whose pattern fits `NODE REASON` counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /null-node .*blackhole/,
    'No interface or feature takes these packets: often an interface without an address, or one that is down.',
  ],
  [
    /time_expired|ttl <= 1|hop limit/,
    'The packet had no hops left. Some come from traceroute; many of them mean a routing loop.',
  ],
  [
    /dst_lookup_miss|destination lookup miss|no route/,
    'No route leads to the destination. Look the address up in Tables.',
  ],
  [/src_lookup_miss|source lookup miss/, 'No route leads back to the source of the packet.'],
  [/ip[46]-drop|ip[46]_drop/, 'A route says that such packets are to be dropped. Look the address up in Tables.'],
  [/interface_not_ip_enabled|not ip.?4? enabled/i, 'The interface has no address of this family: give it one.'],
  [/arp.* disabled/, 'ARP came in at an interface that answers none: it has no IPv4 address.'],
  [
    /l3_src_address_not_local/,
    'ARP from a sender outside the networks of the interface: a wrong address or a wrong VLAN there.',
  ],
  [
    /l3_dst_address_not_local/,
    'ARP for an address that is not in the networks of the interface: usually another subnet on the same wire.',
  ],
  [
    /unresolved|incomplete|throttle|arp-.* (request|resolution)|glean/i,
    'The next hop has not answered ARP or neighbour discovery yet. Is it there, and in the same VLAN?',
  ],
  [
    /bad_checksum|_checksum|bad .*checksum/,
    'The checksum is wrong: packets were damaged, or a device promised to fill it in and did not.',
  ],
  [
    /mtu_exceeded|mtu exceeded|packet too big|dont_fragment/,
    'The packet is larger than the MTU of the way out and must not be cut. Compare the MTUs of both ends.',
  ],
  [/spoofed_local/, 'The packet claims to come from an address of VPP itself.'],
  [
    /rpf|unicast source check/i,
    'The packet came in at another interface than the way back to its source leads out of.',
  ],
  [
    /unknown_protocol|unknown protocol|unknown ip protocol/,
    'VPP itself was addressed with a protocol that nothing in it serves.',
  ],
  [/unknown_udp_port|no listener/, 'VPP itself was addressed at a port where nothing listens.'],
  [
    /unknown ethernet type|unknown_type.*ethernet/,
    'A protocol that VPP does not speak, such as LLDP or spanning tree. Mostly harmless.',
  ],
  [/unknown vlan/, 'A VLAN for which there is no sub-interface.'],
  [
    /l3 mac mismatch/,
    'The frame is for another MAC address than that of the interface: flooded by a switch, or a wrong neighbour entry.',
  ],
  [
    /subinterface down|interface is down|admin down|tx-error|interface-output/i,
    'The interface is down. Set it up in Interfaces.',
  ],
  [/acl|session_deny|table_miss/i, 'An access control list denies it. See Tables, ACLs.'],
  [/no_buf|no buffer|alloc|out of buffers/i, 'VPP has run out of buffers: see buffers in the Overview.'],
  [/reass/, 'Fragments that could not be put together: some were lost, came too late, or were too many at a time.'],
  [/nat|translation|out2in|in2out/i, 'NAT has no session or no address for it, or its limit is reached.'],
  [
    /congestion|ring full|tx.*full|no space|queue full/i,
    'The way out takes no more: the link, its queue or the other side is too slow.',
  ],
  [/too_short|bad_length|hdr_too_short|version|malformed|bad .*length/, 'The packet is not well-formed.'],
  [/split horizon|shg|l2.*flood|bvi/i, 'The bridge domain has nowhere to send it, or must not send it back.'],
  [/mac_?move|learn/i, 'A MAC address moved or could not be learnt: a loop, or too many addresses.'],
];

/** What these count is no error. */
const NO_ERROR =
  /(^| )(none|no error)$|replies_(sent|received)|_(sent|tx|rx|learned|success|reassembled|rcvd)$|\b(sent|received|success|hits?|packets processed|packets forwarded|good packets|valid packets|learn hits|l2-(learn|fwd|input|flood|output) packets)\b/i;

export function explain(node: string, reason: string): Explanation {
  const name = `${node} ${reason}`;
  if (NO_ERROR.test(name) && !/blackhole/.test(name)) return { severity: 'info' };
  return { severity: 'bad', text: REASONS.find(([pattern]) => pattern.test(name))?.[1] };
}
