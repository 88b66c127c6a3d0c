/** Packet traces of the mock's traffic. Facts of VPP 26.06. */
import type { Fields } from '../../../src/mux/internal.js';
import { CliRefusal } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { detailsThen } from '../../handlers/answers.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { type Pass, packetOf } from '../../traffic/packets.js';
import { inputNode, nodesOf, traceText } from '../../traffic/trace-text.js';
import { traffic } from '../interfaces/traffic.js';
import { GRAPH_NODES } from './graph-nodes.js';
import { traceFilters } from './trace-filters.js';

/** Nodes that can be traced at, of those that the mock has. */
const TRACEABLE: ReadonlySet<string> = new Set([
  ...[
    'af-packet-input',
    'dpdk-input',
    'memif-input',
    'pg-input',
    'tap-input',
    'tuntap-rx',
    'vhost-user-input',
    'virtio-input',
  ],
  ...['vmxnet3-input', 'error-drop', 'error-punt', 'session-queue', 'p2p-ethernet-input', 'punt-socket-rx'],
]);
const NAMES = new Map([...GRAPH_NODES].map(([name, index]) => [index, name]));
const ALL = 0xffffffff;
const USUAL_COUNT = 50;
const FilterFlag = { NONE: 0, INCLUDE: 1, EXCLUDE: 2 } as const;
/** Packets of a moment that the mock makes at most. */
const MOST = 2000;

export interface Traced {
  readonly text: string;
  readonly nodes: readonly string[];
}

/** The traces of one VPP. */
export class PacketTraces {
  /** Packets that each input node may still trace, by its name and thread. */
  private readonly left = new Map<string, number[]>();
  private useFilter = false;
  private filter: { readonly flag: number; readonly node: string | undefined; readonly count: number } | undefined;
  private readonly traced: Traced[][] = [];
  private made = 0;

  constructor(private readonly dataplane: Dataplane) {
    dataplane.of(traffic).watch((pass) => this.pass(pass));
  }

  /** Lets a node trace `count` packets more on each thread; 0 sets it back. */
  add(node: string, count: number, useFilter: boolean): void {
    const { threads } = this.dataplane.of(traffic);
    const before = this.left.get(node) ?? [];
    this.left.set(
      node,
      Array.from({ length: threads }, (_, thread) => (count === 0 ? 0 : (before[thread] ?? 0) + count)),
    );
    this.useFilter = useFilter;
  }

  setFilter(flag: number, node: string | undefined, count: number): void {
    this.filter = flag === FilterFlag.NONE ? undefined : { flag, node, count };
    this.left.clear();
  }

  clear(): void {
    this.left.clear();
    this.useFilter = false;
    this.traced.length = 0;
  }

  /** Packets of each thread, the oldest first. */
  threads(): (readonly Traced[])[] {
    const { threads } = this.dataplane.of(traffic);
    return Array.from({ length: threads }, (_, thread) => this.traced[thread] ?? []);
  }

  private pass(pass: Pass): void {
    const left = this.left.get(inputNode(pass.from.deviceType));
    const filters = this.dataplane.of(traceFilters);
    if (left === undefined) return;
    for (let i = 0; i < Math.min(pass.packets, MOST) && left[pass.thread] > 0; i++) {
      const packet = packetOf(pass, this.made);
      this.made += 1;
      if (this.useFilter && !filters.passes(filters.traceFunction, packet)) continue;
      left[pass.thread] -= 1;
      this.keep(pass, traceText(pass, packet, this.traced[pass.thread]?.length ?? 0));
    }
  }

  private keep(pass: Pass, text: string): void {
    const nodes = nodesOf(pass);
    this.traced[pass.thread] ??= [];
    const own = this.traced[pass.thread];
    if (this.filter !== undefined) {
      const { flag, node, count } = this.filter;
      if (nodes.includes(node ?? '') !== (flag === FilterFlag.INCLUDE) || own.length >= count) return;
    }
    own.push({ text, nodes });
  }
}

export const packetTraces = defineKind({
  name: 'packetTraces',
  title: 'packet traces',
  state: (dataplane: Dataplane) => new PacketTraces(dataplane),
  commands: {
    'show trace': { help: 'Show trace buffer [max COUNT]', takesWords: true, run: (traces) => shown(traces) },
    'clear trace': {
      help: 'Clear trace buffer and free memory',
      run: (traces) => {
        traces.clear();
        return '';
      },
    },
    'trace add': {
      help: "trace add <input-graph-node> <add'l-pkts-for-node-> [filter] [verbose]",
      takesWords: true,
      run: (traces, { words: [node = '', count = '', ...rest] }) => {
        if (!GRAPH_NODES.has(node) || !/^\d+$/.test(count))
          throw new CliRefusal(`trace add: expected NODE COUNT, got \`${[node, count].join(' ').trim()}'\n`);
        if (!TRACEABLE.has(node)) {
          const text = `node '${node}' doesn't support per-node tracing. There may be another way to initiate trace on this node.`;
          throw new CliRefusal(`trace add: ${text}\n`);
        }
        traces.add(node, Number(count), rest.includes('filter'));
        return '';
      },
    },
  },
  handlers: {
    trace_set_filters: (fields, { dataplane }, traces) => {
      const flag = Number(fields.flag);
      if (flag > FilterFlag.EXCLUDE) return Retval.INVALID_VALUE;
      if (flag === FilterFlag.NONE) traces.setFilter(flag, undefined, 0);
      else traces.setFilter(flag, nodeAt(Number(fields.node_index), dataplane), Number(fields.count));
      return Retval.OK;
    },

    trace_capture_packets: (fields, _, traces) => {
      const node = NAMES.get(Number(fields.node_index));
      if (node === undefined || !TRACEABLE.has(node)) return Retval.NO_SUCH_NODE;
      if (fields.pre_capture_clear) traces.clear();
      const count = Number(fields.max_packets);
      traces.add(node, count === ALL ? USUAL_COUNT : count, Boolean(fields.use_filter));
      return Retval.OK;
    },

    trace_clear_capture: (_, _call, traces) => {
      traces.clear();
      return Retval.OK;
    },

    trace_clear_cache: () => Retval.OK,

    // The mock keeps no copies: each page is of what there is.
    trace_v2_dump: (fields, _, traces) => {
      const [thread, position, max] = [fields.thread_id, fields.position, fields.max].map(Number);
      if (position === ALL) return [];
      return traces.threads().flatMap((traced, thread_id) =>
        thread !== ALL && thread !== thread_id
          ? []
          : traced.slice(position, position + max).map(({ text }, i) => ({
              ...{ thread_id, position: position + i, trace_data: text },
              more: position + i < traced.length - 1,
            })),
      );
    },

    trace_dump: (fields, _, traces) => bursts(fields, traces),
  },
});

function bursts(fields: Fields, traces: PacketTraces) {
  const [thread, position, most] = [fields.thread_id, fields.position, fields.max_records].map(Number);
  if (thread === ALL && position === ALL) {
    return detailsThen([], { last_thread_id: ALL, last_position: ALL, done: 1, flush_only: 1 });
  }
  const all = traces
    .threads()
    .flatMap((traced, thread_id) =>
      traced.map(({ text }, at) => ({ thread_id, position: at, packet_number: at, trace_data: text })),
    );
  const rest = all.filter(
    ({ thread_id, position: at }) => thread_id > thread || (thread_id === thread && at >= position),
  );
  const burst = rest.slice(0, most);
  const last = burst.at(-1);
  if (last === undefined) {
    return detailsThen([], { retval: Retval.NO_SUCH_ENTRY, last_thread_id: ALL, last_position: ALL });
  }
  const following = rest[burst.length];
  const state = {
    done: Number(following === undefined),
    more_this_thread: Number(following?.thread_id === last.thread_id),
    more_threads: Number(following !== undefined && following.thread_id !== last.thread_id),
  };
  const details = burst.map((each) => (each === last ? { ...each, ...state } : each));
  return detailsThen(details, { ...state, last_thread_id: last.thread_id, last_position: last.position });
}

/** The node of an index: those of interfaces are behind the others. */
function nodeAt(index: number, dataplane: Dataplane): string | undefined {
  return NAMES.get(index) ?? dataplane.of(traffic).nodeAtPlace(index - GRAPH_NODES.size);
}

function shown(traces: PacketTraces): string {
  return traces
    .threads()
    .map((traced, thread) => {
      const name = thread === 0 ? 'vpp_main' : `vpp_wk_${thread - 1}`;
      const head = `------------------- Start of thread ${thread} ${name} -------------------\n`;
      const packets = traced.map(({ text }, i) => `Packet ${i + 1}\n${text}\n\n`).join('');
      return head + (packets === '' ? 'No packets in trace buffer\n' : packets);
    })
    .join('');
}
