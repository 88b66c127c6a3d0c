/** Captures of the mock's traffic, into files of /tmp as VPP writes them. Facts of VPP 26.06, odd ones included. */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import type { Graph } from '../../traffic/graph.js';
import { type Pass, packetOf } from '../../traffic/packets.js';
import type { Vpp } from '../../vpp.js';
import { traceFilters } from '../host/trace-filters.js';
import { traffic } from './traffic.js';

const BYTES = { least: 32, most: 9000 } as const;
/** Packets of a moment that the mock makes at most. */
const MOST = 2000;
const { O_CREAT, O_TRUNC, O_WRONLY, O_NOFOLLOW } = constants;

export interface Capture {
  readonly rx: boolean;
  readonly tx: boolean;
  readonly drop: boolean;
  readonly filter: boolean;
  readonly swIfIndex: number;
  readonly most: number;
  readonly bytes: number;
  /** `node.reason`: only packets dropped for it. Undefined where VPP knows no such reason. */
  readonly error: string | undefined;
  readonly path: string;
  readonly packets: Buffer[];
}

export class Pcaps {
  capture: Capture | undefined;
  private made = 0;

  constructor(private readonly dataplane: Dataplane) {
    dataplane.of(traffic).watch((pass) => this.pass(pass));
  }

  private pass(pass: Pass): void {
    const { capture } = this;
    if (capture === undefined) return;
    const isOf = (swIfIndex: number | undefined) => capture.swIfIndex === 0 || capture.swIfIndex === swIfIndex;
    const filters = this.dataplane.of(traceFilters);
    const { drop, to } = pass;
    if (capture.error !== undefined && capture.error !== `${drop?.node}.${drop?.reason}`) return;
    for (let i = 0; i < Math.min(pass.packets, MOST) && capture.packets.length < capture.most; i++) {
      const packet = packetOf(pass, this.made);
      this.made += 1;
      if (capture.filter && !filters.passes(filters.pcapFunction, packet)) continue;
      const at = (Date.now() - i) / 1000;
      const add = (frame: Buffer) => {
        if (capture.packets.length < capture.most) capture.packets.push(recordOf(frame, capture.bytes, at));
      };
      if (capture.rx && isOf(pass.from.swIfIndex)) add(packet.frame);
      if (capture.tx && packet.sent !== undefined && isOf(to?.swIfIndex)) add(packet.sent);
      // The reason is behind the frame.
      if (capture.drop && drop !== undefined && isOf(pass.from.swIfIndex)) {
        add(Buffer.concat([packet.frame, Buffer.from(`${drop.node}: ${drop.reason}`)]));
      }
    }
  }
}

export const pcaps = defineKind({
  name: 'pcaps',
  title: 'captures',
  state: (dataplane: Dataplane) => new Pcaps(dataplane),
  commands: {
    'pcap trace status': {
      help: 'pcap trace [rx] [tx] [drop] [off] [max <nn>] [intfc <interface>|any] [file <name>] [status] …',
      run: ({ capture }) => {
        if (capture === undefined) return 'pcap dispatch capture disabled\n';
        const { packets, most, path, filter } = capture;
        const kinds = (['rx', 'tx', 'drop'] as const).filter((kind) => capture[kind]).join(' and ');
        const count = `${packets.length} of ${most} pkts...`;
        return `pcap ${kinds}${filter ? 'with filter' : ''} dispatch capture enabled: ${count}\ncapture to file ${path}\n`;
      },
    },
  },
  handlers: {
    pcap_trace_on: (fields, { dataplane, vpp }, pcaps) => {
      const name = String(fields.filename);
      if (name === '' || name.includes('/') || name.includes('..')) return Retval.ILLEGAL_NAME;
      if (!dataplane.hasInterface(Number(fields.sw_if_index))) return Retval.INVALID_SW_IF_INDEX;
      const isAny = Boolean(fields.capture_rx || fields.capture_tx || fields.capture_drop);
      if (!isAny) return off(pcaps, vpp);
      if (pcaps.capture !== undefined) return Retval.INVALID_VALUE;
      const bytes = Number(fields.max_bytes_per_packet);
      if (bytes < BYTES.least || bytes > BYTES.most) return Retval.INVALID_MEMORY_SIZE;
      pcaps.capture = captureOf(fields, dataplane.of(traffic).graph, `/tmp/${name}`);
      return Retval.OK;
    },

    pcap_trace_off: (_, { vpp }, pcaps) => off(pcaps, vpp),
  },
});

function captureOf(fields: Fields, graph: Graph, path: string): Capture {
  return {
    rx: Boolean(fields.capture_rx),
    tx: Boolean(fields.capture_tx),
    drop: Boolean(fields.capture_drop),
    filter: Boolean(fields.filter),
    swIfIndex: Number(fields.sw_if_index),
    most: Number(fields.max_packets),
    bytes: Number(fields.max_bytes_per_packet),
    error: graph.errors.map(({ node, reason }) => `${node}.${reason}`).find((name) => name === fields.error),
    path,
    packets: [],
  };
}

/** Writes the file, if there is a packet for it. */
function off(pcaps: Pcaps, vpp: Vpp): number {
  const { capture } = pcaps;
  if (capture === undefined) return Retval.VALUE_EXIST;
  pcaps.capture = undefined;
  if (capture.packets.length === 0) return Retval.NO_SUCH_ENTRY;
  try {
    const file = openSync(capture.path, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o664);
    writeSync(file, Buffer.concat([HEADER, ...capture.packets]));
    closeSync(file);
    return Retval.OK;
  } catch (error) {
    vpp.warn(`the mock could not write ${capture.path}: ${(error as Error).message}`);
    return Retval.SYSCALL_ERROR_1;
  }
}

/** Ethernet frames, times in microseconds, little-endian, version 2.4. */
const HEADER = Buffer.alloc(24);
HEADER.writeUInt32LE(0xa1b2c3d4, 0);
HEADER.writeUInt16LE(2, 4);
HEADER.writeUInt16LE(4, 6);
HEADER.writeUInt32LE(65_536, 16);
HEADER.writeUInt32LE(1, 20);

function recordOf(frame: Buffer, most: number, at: number): Buffer {
  const kept = frame.subarray(0, most);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Math.floor(at), 0);
  header.writeUInt32LE(Math.floor((at % 1) * 1e6), 4);
  header.writeUInt32LE(kept.length, 8);
  header.writeUInt32LE(frame.length, 12);
  return Buffer.concat([header, kept]);
}
