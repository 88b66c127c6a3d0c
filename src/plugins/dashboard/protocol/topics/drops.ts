/** The topic `drops`: why packets were dropped, and at which interfaces. Only what VPP has counted at all is in it. */

export interface DropsTopic {
  /** By node and reason, as `ip4-input time_expired`. Some reasons count what is no error. */
  readonly reasons: Readonly<Record<string, ReasonRow>>;
  /** By sw_if_index: interfaces that have dropped. */
  readonly interfaces: Readonly<Record<string, DroppingInterface>>;
}

export interface ReasonRow {
  readonly node: string;
  /** The name of VPP: `time_expired`, `blackholed packets`. */
  readonly reason: string;
  /** Packets since VPP's start, or since its counters were cleared. */
  readonly count: number;
  readonly perSecond?: number;
}

export interface DroppingInterface {
  readonly name: string;
  readonly count: number;
  readonly perSecond?: number;
}
