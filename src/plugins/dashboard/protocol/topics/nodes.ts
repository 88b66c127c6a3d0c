/** The topic `nodes`, or `nodes:THREAD` for one thread: what the nodes of VPP's graph do. */

export interface NodesTopic {
  /** False where VPP does not count by node. */
  readonly hasCounters: boolean;
  /** Number of threads, the main one included. */
  readonly threads: number;
  /** By name; those that were ever called, the busiest first where there are very many. */
  readonly nodes: Readonly<Record<string, NodeRow>>;
}

/** Rates of the last interval. They are undefined before there are two reads. */
export interface NodeRow {
  readonly calls?: number;
  readonly vectors?: number;
  readonly suspends?: number;
  /** Packets that it handles in one call. */
  readonly vectorsPerCall?: number;
  readonly clocksPerPacket?: number;
  /** Share of the clocks of all nodes, 0 to 1. */
  readonly share?: number;
}
