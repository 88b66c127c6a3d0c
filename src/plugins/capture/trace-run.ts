/** A packet trace at VPP: begun, read, undone. */

import { type Channel, type Fields, RetvalError } from '../../mux/index.js';
import { fault } from '../../sdk/index.js';
import {
  BPF_FUNCTION,
  DEFAULT_FUNCTION,
  type Filtering,
  filteringFor,
  setBpf,
  type WantedFilter,
} from './filtering.js';
import { passes } from './packet-filter.js';
import { dropsOf, flowsOf, flowText, microseconds, type TracedNode, tracedNodes } from './trace-text.js';
import { type Traces, undo } from './undo.js';

/** VPP's input nodes that can be traced: those of its drivers. */
const INPUT_NODES = [
  ...['dpdk-input', 'virtio-input', 'tap-input', 'vhost-user-input', 'af-packet-input', 'af_xdp-input', 'memif-input'],
  ...['rdma-input', 'vmxnet3-input', 'avf-input', 'netmap-input', 'tuntap-rx', 'pg-input'],
];
const NO_SUCH_NODE = -63;
const ALL = 0xffffffff;
/** Packets of each thread in an answer. */
const PAGE = 256;
/** Packets that VPP traces at most where most of them are not kept. */
const PLENTY = 1_000_000;
const INCLUDE_NODE = 1;
const NO_FILTER = 0;

export interface TraceRequest extends WantedFilter {
  /** Input nodes; all that VPP has where none is given. */
  readonly nodes?: readonly string[];
  readonly count: number;
  /** Only packets that go through this node are kept. */
  readonly through?: string;
  readonly verbose: boolean;
}

/** A packet that was traced. */
export interface TracedPacket {
  /** From 1 on, in the order of time. */
  readonly number: number;
  readonly thread: number;
  readonly time: string;
  /** Addresses and ports that it was seen with; several where it was translated or in a tunnel. */
  readonly flows: readonly string[];
  readonly drops: readonly string[];
  readonly nodes: readonly TracedNode[];
}

export class TraceRun {
  /** Nodes where packets are traced. */
  nodes: readonly string[] = [];
  /** Packets that were read last, those that pass the filter. */
  packets: readonly TracedPacket[] = [];
  /** Packets that VPP had, those that did not pass included. */
  captured = 0;
  readonly kind = 'packet-trace';

  private constructor(
    private readonly channel: Channel,
    readonly request: TraceRequest,
    readonly filtering: Filtering,
    readonly traces: Traces,
    /** Packets of each node and thread. */
    private readonly most: number,
  ) {}

  /** Looks at what VPP has, and changes nothing. Throws Fault. */
  static async prepare(channel: Channel, request: TraceRequest, most: number): Promise<TraceRun> {
    if (channel.has('trace_v2_dump') === false) {
      throw fault('ENOTSUP', 'this VPP has no trace_v2_dump: it lacks tracedump_plugin.so, or is older than 23.10');
    }
    const filtering = filteringFor(channel, request, 'trace_set_filter_function');
    const bpf = filtering.by === 'vpp';
    const traces = {
      trace: true,
      ...(request.through !== undefined && { nodeFilter: true }),
      ...(bpf && { bpf, traceFunction: await selectedFunction(channel) }),
    };
    return new TraceRun(channel, request, filtering, traces, filtering.by === 'agent' ? most : request.count);
  }

  /** Whether VPP has traced as many packets as were asked for. */
  get isComplete(): boolean {
    return this.packets.length >= this.request.count || (this.filtering.by === 'agent' && this.captured >= this.most);
  }

  async begin(): Promise<void> {
    const { channel, request, filtering } = this;
    const { through } = request;
    await channel.request('trace_clear_capture');
    if (filtering.expression !== undefined) {
      await setBpf(channel, filtering.expression);
      await channel.request('trace_set_filter_function', { filter_function_name: BPF_FUNCTION });
    }
    const filter =
      through === undefined
        ? { flag: NO_FILTER }
        : { flag: INCLUDE_NODE, node_index: await this.nodeIndex(through, 'through') };
    await channel.request('trace_set_filters', { ...filter, count: this.most });
    const nodes: string[] = [];
    for (const node of request.nodes ?? INPUT_NODES) if (await this.traceAt(node)) nodes.push(node);
    if (nodes.length === 0)
      throw fault('ENOTSUP', 'VPP has none of the input nodes that can be traced: name one', { path: 'node' });
    this.nodes = nodes;
  }

  /** Reads the packets that VPP has by now. */
  async read(): Promise<void> {
    const { test } = this.filtering;
    const all = await this.readAll();
    this.captured = all.length;
    const passing = all.filter(({ nodes }) => test === undefined || flowsOf(nodes).some((flow) => passes(test, flow)));
    this.packets = passing.slice(0, this.request.count).map(({ thread, nodes }, i) => ({
      number: i + 1,
      thread,
      time: nodes[0].time,
      flows: flowsOf(nodes).map(flowText),
      drops: dropsOf(nodes),
      nodes,
    }));
  }

  /** Ends the trace at VPP, with all packets read. */
  async finish(): Promise<void> {
    try {
      await this.read();
    } finally {
      await undo(this.channel, this.traces);
    }
  }

  /**
   * Each page is of a copy of its own: one that VPP has made for us earlier leads to memory that is no longer the packets' once
   * somebody clears the trace.
   */
  private async readAll(): Promise<{ thread: number; nodes: TracedNode[] }[]> {
    const found: Fields[] = [];
    for (let position = 0; ; position += PAGE) {
      const page = await this.channel
        .dump('trace_v2_dump', { thread_id: ALL, position, max: PAGE, clear_cache: true })
        .toArray();
      found.push(...page);
      if (!page.some(({ more, position: at }) => more === true && at === position + PAGE - 1)) break;
    }
    await this.channel.request('trace_clear_cache');
    return found
      .map(({ thread_id, trace_data }) => ({ thread: Number(thread_id), nodes: tracedNodes(String(trace_data)) }))
      .filter(({ nodes }) => nodes.length > 0)
      .sort((a, b) => microseconds(a.nodes[0].time) - microseconds(b.nodes[0].time));
  }

  /** False where VPP has no such node, or cannot trace there; throws where somebody asked for it. */
  private async traceAt(node: string): Promise<boolean> {
    const { nodes, verbose, through } = this.request;
    const isWanted = nodes !== undefined;
    const index = await this.nodeIndex(node, isWanted ? 'node' : undefined);
    if (index === undefined) return false;
    const max_packets = through === undefined ? this.most : PLENTY;
    const use_filter = this.filtering.by === 'vpp';
    try {
      await this.channel.request('trace_capture_packets', { node_index: index, max_packets, use_filter, verbose });
      return true;
    } catch (error) {
      if (!(error instanceof RetvalError) || error.retval !== NO_SUCH_NODE) throw error;
      if (isWanted)
        throw fault('ENOTSUP', `VPP cannot trace at ${node}: only input nodes of drivers can be traced`, {
          path: 'node',
        });
      return false;
    }
  }

  private async nodeIndex(node: string, path: string): Promise<number>;
  private async nodeIndex(node: string, path: string | undefined): Promise<number | undefined>;
  private async nodeIndex(node: string, path: string | undefined): Promise<number | undefined> {
    const { retval, node_index } = await this.channel.request(
      'get_node_index',
      { node_name: node },
      { anyRetval: true },
    );
    if (retval === 0) return Number(node_index);
    if (path !== undefined) throw fault('ENOENT', `VPP has no node ${node}`, { path });
    return undefined;
  }
}

async function selectedFunction(channel: Channel): Promise<string> {
  const functions = await channel.dump('trace_filter_function_dump').toArray();
  return String(functions.find(({ selected }) => selected === true)?.name ?? DEFAULT_FUNCTION);
}
