/**
 * The nodes that packets of the mock go through, with their counters by thread, and the reasons for which nodes drop. A few
 * of VPP's hundreds, under VPP's names.
 */

/** Nodes that are there from the beginning. */
const NODES = [
  'null-node',
  'tap-input',
  'dpdk-input',
  'ethernet-input',
  'arp-input',
  'ip4-input',
  'ip4-lookup',
  'ip4-rewrite',
  'ip4-local',
  'ip4-drop',
  'ip6-input',
  'ip6-lookup',
  'ip6-rewrite',
  'ip6-drop',
  'error-drop',
  'drop',
  'unix-epoll-input',
  'api-rx-from-ring',
  'statseg-collector-process',
] as const;

/** Reasons that VPP counts, under its names; those that the mock's traffic meets, and some that stay at 0. */
const ERRORS: Readonly<Record<string, readonly string[]>> = {
  'null-node': ['blackholed packets'],
  'arp-input': ['disabled', 'interface_not_ip_enabled'],
  'ip6-input': ['none', 'time_expired', 'dst_lookup_miss', 'unknown_protocol'],
  'ip4-input': ['none', 'bad_checksum', 'time_expired', 'dst_lookup_miss'],
  'ip4-local': ['unknown_protocol', 'udp_checksum'],
  'ethernet-input': ['no error', 'unknown ethernet type', 'unknown vlan', 'l3 mac mismatch', 'subinterface down'],
};

/** Counters of a node on one thread. */
export interface NodeCounts {
  calls: number;
  vectors: number;
  suspends: number;
  clocks: number;
}

export interface GraphNode {
  readonly index: number;
  name: string;
  readonly threads: readonly NodeCounts[];
}

export interface ErrorCount {
  readonly index: number;
  readonly node: string;
  readonly reason: string;
  readonly threads: number[];
}

export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly errors: ErrorCount[] = [];
  /** Indices of nodes that are new, or have got another name; who shows them takes them out. */
  readonly renamed = new Set<number>();
  /** Counters that have changed, as index × threads + thread; who shows them takes them out. */
  readonly changed = new Set<number>();
  private readonly byName = new Map<string, GraphNode>();

  constructor(private readonly threads: number) {
    for (const [index, name] of NODES.entries()) this.nameNode(index, name);
    for (const [node, reasons] of Object.entries(ERRORS)) {
      for (const reason of reasons) {
        this.errors.push({ index: this.errors.length, node, reason, threads: new Array(threads).fill(0) });
      }
    }
  }

  /** Names a node of an interface, by its place behind those that are there from the beginning. */
  nameInterfaceNode(place: number, name: string): void {
    this.nameNode(NODES.length + place, name);
  }

  /** Counts packets that go through a node in `calls` calls, for `clocks` of each. */
  pass(name: string, thread: number, packets: number, { calls, clocks }: { calls: number; clocks: number }): void {
    const counts = packets === 0 ? undefined : this.countsOf(name, thread);
    if (counts === undefined) return;
    counts.calls += calls;
    counts.vectors += packets;
    counts.clocks += packets * clocks;
  }

  /** Counts a process or an input node that woke up for nothing. */
  wake(name: string, { calls = 0, suspends = 0, clocks }: { calls?: number; suspends?: number; clocks: number }): void {
    const counts = this.countsOf(name, 0);
    if (counts === undefined) return;
    counts.calls += calls;
    counts.suspends += suspends;
    counts.clocks += clocks;
  }

  /** Counts packets dropped by `node`. */
  drop(node: string, reason: string, thread: number, packets: number): void {
    const error = this.errors.find((each) => each.node === node && each.reason === reason);
    if (error === undefined) throw new Error(`the mock's graph has no ${node}: ${reason}`);
    error.threads[thread] += packets;
  }

  clearErrors(): void {
    for (const { threads } of this.errors) threads.fill(0);
  }

  clearNodes(): void {
    for (const { index, threads } of this.nodes) {
      for (const [thread, counts] of threads.entries()) {
        Object.assign(counts, { calls: 0, vectors: 0, suspends: 0, clocks: 0 });
        this.changed.add(index * this.threads + thread);
      }
    }
  }

  /** Names a node, which is made where it is the next. */
  private nameNode(index: number, name: string): void {
    const counts = () => ({ calls: 0, vectors: 0, suspends: 0, clocks: 0 });
    const node = this.nodes[index] ?? { index, name, threads: Array.from({ length: this.threads }, counts) };
    if (this.byName.get(node.name) === node) this.byName.delete(node.name);
    node.name = name;
    this.nodes[index] = node;
    this.byName.set(name, node);
    this.renamed.add(index);
  }

  /** The counters of a node on a thread, which are about to change. */
  private countsOf(name: string, thread: number): NodeCounts | undefined {
    const node = this.byName.get(name);
    if (node !== undefined) this.changed.add(node.index * this.threads + thread);
    return node?.threads[thread];
  }
}
