/**
 * A capture at VPP, in rounds. VPP keeps packets in memory and writes its file only when the capture is turned off; so it is turned
 * off and on again every second, with another file each time, and what was written is read and deleted. Both messages
 * are sent together: between them only the packets of some microseconds can be missed.
 */

import { randomBytes } from 'node:crypto';
import { type Channel, RetvalError } from '../../mux/index.js';
import { type Fault, fault, isFault } from '../../sdk/index.js';
import { ByteQueue } from './byte-queue.js';
import {
  BPF_FUNCTION,
  DEFAULT_FUNCTION,
  type Filtering,
  filteringFor,
  setBpf,
  type WantedFilter,
} from './filtering.js';
import { PCAP_HEADER, packetPasses, packetsOf } from './pcap-file.js';
import { pcapPrefix } from './records.js';
import { type Traces, undo } from './undo.js';
import type { VppFiles } from './vpp-files.js';

/** Packets of a round at most: with the largest packets some 180 MB of VPP's memory. */
const ROUND_PACKETS = 20_000;
/** Bytes that may wait to be read. With more, VPP captures on until its round is full. */
const MOST_WAITING = 64 * 1024 * 1024;
/** VPP has captured nothing. */
const NO_SUCH_ENTRY = -6;
/** The capture was off already. */
const VALUE_EXIST = -81;
/** A capture is on already. */
const INVALID_VALUE = -7;

export interface PcapRequest extends WantedFilter {
  /** 0: all interfaces. */
  readonly swIfIndex: number;
  readonly rx: boolean;
  readonly tx: boolean;
  readonly drop: boolean;
  /** Packets after which it ends; no limit where it is not given. */
  readonly count?: number;
  /** Bytes kept of each packet. */
  readonly bytes: number;
  /** Milliseconds of a round. */
  readonly roundMs: number;
}

export interface PcapParts {
  readonly channel: Channel;
  readonly files: VppFiles;
  readonly id: string;
  readonly request: PcapRequest;
  /** Called once when it ends by itself: all packets are there, or it cannot go on. */
  readonly ended: (reason: string | Fault) => void;
}

export class PcapRun {
  readonly kind = 'pcap';
  /** The file so far: header and packets. */
  readonly bytes = new ByteQueue();
  /** Packets in it. */
  packets = 0;
  /** Rounds that VPP's memory was full in: packets are missing. */
  fullRounds = 0;
  readonly filtering: Filtering;
  /** The file that VPP writes in this round. */
  private fileName: string;
  /** The capture that VPP has is somebody else's. */
  private isOthers = false;
  private timer: NodeJS.Timeout | undefined;
  private turning: Promise<void> = Promise.resolve();

  constructor(private readonly parts: PcapParts) {
    const { channel, request, id } = parts;
    this.filtering = filteringFor(channel, request, 'pcap_set_filter_function');
    this.fileName = nameWith(id);
    this.bytes.put(PCAP_HEADER);
  }

  /** Without the capture where that is somebody else's: to undo it would end theirs. */
  get traces(): Traces {
    const bpf = this.filtering.by === 'vpp';
    return {
      ...(!this.isOthers && { pcap: pcapPrefix(this.parts.id) }),
      ...(bpf && { bpf, pcapFunction: DEFAULT_FUNCTION }),
    };
  }

  async begin(): Promise<void> {
    const { channel, request } = this.parts;
    const { expression } = this.filtering;
    if (expression !== undefined) {
      await setBpf(channel, expression);
      await channel.request('pcap_set_filter_function', { filter_function_name: BPF_FUNCTION });
    }
    await this.on();
    this.timer = setInterval(() => {
      this.turning = this.turning.then(() => this.turn());
    }, request.roundMs);
  }

  /** Ends the capture at VPP; all its packets are in `bytes` then. */
  async finish(): Promise<void> {
    clearInterval(this.timer);
    await this.turning;
    try {
      if (!this.isOthers) await this.collect(this.fileName, await this.off());
    } finally {
      await undo(this.parts.channel, this.traces);
    }
  }

  /** Forgets VPP, which was restarted. */
  lost(): void {
    clearInterval(this.timer);
  }

  /** Never rejects. */
  private async turn(): Promise<void> {
    if (this.bytes.waiting > MOST_WAITING) return;
    try {
      const name = this.fileName;
      this.fileName = nameWith(this.parts.id);
      const off = this.off();
      const on = this.on();
      // A reason that this one fails is seen below.
      on.catch(() => {});
      await this.collect(name, await off);
      await on;
      if (this.left === 0) this.end('all packets that were asked for are there');
    } catch (error) {
      this.end(isFault(error) ? error : fault('EIO', (error as Error).message, { cause: error }));
    }
  }

  private end(reason: string | Fault): void {
    clearInterval(this.timer);
    this.parts.ended(reason);
  }

  /** Packets that are still wanted. */
  private get left(): number {
    return Math.max(0, (this.parts.request.count ?? Number.POSITIVE_INFINITY) - this.packets);
  }

  /** Most packets that VPP keeps in this round. */
  private get roundPackets(): number {
    return this.filtering.by === 'agent' ? ROUND_PACKETS : Math.max(1, Math.min(ROUND_PACKETS, this.left));
  }

  private async on(): Promise<void> {
    const { channel, request } = this.parts;
    const { rx, tx, drop, swIfIndex, bytes } = request;
    try {
      await channel.request('pcap_trace_on', {
        ...{ capture_rx: rx, capture_tx: tx, capture_drop: drop, sw_if_index: swIfIndex },
        ...{ filter: this.filtering.by === 'vpp', max_packets: this.roundPackets, max_bytes_per_packet: bytes },
        filename: this.fileName,
      });
    } catch (error) {
      if (!(error instanceof RetvalError) || error.retval !== INVALID_VALUE) throw error;
      this.isOthers = true;
      const text =
        'somebody else captures on this VPP, by its command line perhaps: "pcap trace status" there says what';
      throw fault('EBUSY', text, { cause: error });
    }
  }

  /** Whether VPP has written a file. */
  private async off(): Promise<boolean> {
    const { retval } = await this.parts.channel.request('pcap_trace_off', {}, { anyRetval: true });
    if (retval === VALUE_EXIST) throw fault('EBUSY', 'somebody else has turned the capture off; what it had is lost');
    if (retval !== 0 && retval !== NO_SUCH_ENTRY) throw fault('EIO', `VPP could not write its file (${retval})`);
    return retval === 0;
  }

  private async collect(name: string, isWritten: boolean): Promise<void> {
    if (!isWritten) return;
    const { test } = this.filtering;
    const all = packetsOf(await this.parts.files.take(name));
    if (all.length >= this.roundPackets && all.length < this.left) this.fullRounds += 1;
    const passing = test === undefined ? all : all.filter((packet) => packetPasses(test, packet));
    const wanted = passing.slice(0, this.left);
    this.bytes.put(Buffer.concat(wanted));
    this.packets += wanted.length;
  }
}

/** Another name in each round: by the files that are there nobody can guess where VPP will write next, and put a link there. */
const nameWith = (id: string) => `${pcapPrefix(id)}${randomBytes(8).toString('hex')}.pcap`;
