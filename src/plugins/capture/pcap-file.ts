/** Reads the packets of a pcap file as VPP writes it: a header of 24 bytes, then each packet behind 16 bytes of its own. */

import { flowOfFrame } from './frame-flow.js';
import type { PacketFilter } from './packet-filter.js';
import { passes } from './packet-filter.js';

/**
 * The header of a file of Ethernet frames with times in microseconds, little-endian: magic, version 2.4, two unused words, the most
 * bytes of a packet, the kind of link.
 */
export const PCAP_HEADER = Buffer.from(
  'd4c3b2a1 02000400 00000000 00000000 00000100 01000000'.replaceAll(' ', ''),
  'hex',
);
const RECORD = 16;

/** The packets of a file, each with its own header: what can be put behind another file's. A last one that is cut off is left out. */
export function packetsOf(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = PCAP_HEADER.length; at + RECORD <= file.length; ) {
    const end = at + RECORD + file.readUInt32LE(at + 8);
    if (end > file.length) break;
    packets.push(file.subarray(at, end));
    at = end;
  }
  return packets;
}

/** Whether a packet, with its header, passes the filter. */
export function packetPasses(filter: PacketFilter, packet: Buffer): boolean {
  const flow = flowOfFrame(packet.subarray(RECORD));
  return flow !== undefined && passes(filter, flow);
}
