/** Options of a mock. */
import type { Dataplane } from './dataplane/dataplane.js';
import type { UnservedError } from './handlers/unserved.js';
import type { Kind } from './kind.js';
import type { Death } from './misbehaviour/fault-host.js';
import type { Misbehaviour } from './misbehaviour/index.js';
import type { TrafficOptions } from './traffic/traffic.js';

export type Log = (level: 'debug' | 'info' | 'warn', message: string, fields?: object) => void;

/** The stats segment: a file in the layout of VPP's, of which readers are sent the descriptor by a socket. */
export interface StatsOptions {
  /** Path of the stats socket. It needs python3, since Node knows no such sockets. Default: none, only the file. */
  readonly socket?: string;
  /** Path of the file. Default: that of the socket with `.segment` behind it. */
  readonly file?: string;
  /** Bytes. Default 128 MiB, enough for 10,000 interfaces. */
  readonly size?: number;
}

export interface MockOptions {
  /** Path of the Unix socket; missing directories are made, a stale socket is replaced. */
  readonly socket: string;
  /** Directory of `.api.json` files to serve instead of the mock's own. Messages without a handler are never answered. */
  readonly apiDir?: string;
  /**
   * A trace file (`vppmux trace --save`, `traceLines`): requests are answered as in it, instead of by a dataplane.
   * `apiDir` must have the definitions of the VPP it was recorded with.
   */
  readonly replay?: string;
  /** Misbehaviour from the beginning. */
  readonly misbehave?: Misbehaviour;
  /** Process id in the reply of control_ping. Default: that of this process; one more after each restart. */
  readonly pid?: number;
  /** Version of show_version. Default `26.06-mock`. */
  readonly version?: string;
  /** Build date of show_version. Default `2026-06-24T00:00:00`. */
  readonly buildDate?: string;
  /** Build directory of show_version. Default `/mock-vpp`. */
  readonly buildDirectory?: string;
  /** IPv4 host routes in table 0 at the start, in addition to VPP's own. Default 0. */
  readonly routes?: number;
  /** Names of physical interfaces (of type "dpdk") at the start, such as `GigabitEthernet3/0/0`. */
  readonly interfaces?: readonly string[];
  /** Traffic that moves the counters. Default: none. */
  readonly traffic?: TrafficOptions;
  /** A stats segment with the counters. Default: none. */
  readonly stats?: StatsOptions;
  /** Time between two updates of the counters, in milliseconds; 0: only `advance()` lets time pass for them. Default 1000. */
  readonly updateMs?: number;
  /** Sets the dataplane up at the start and after each restart, when it is new again. */
  readonly setup?: (dataplane: Dataplane) => void;
  /**
   * Ends at the first request without a handler, as a crash would; `stop()` then rejects with an UnservedError.
   * Default false: it is logged, once for each name, and never answered.
   */
  readonly strict?: boolean;
  /** Called when `strict` has ended the mock. */
  readonly onUnserved?: (error: UnservedError) => void;
  /** Called when the mock has died of a request (`misbehave: { vppBugs: true }`). It is down, and can be started again. */
  readonly onDeath?: (death: Death) => void;
  /** Kinds of one's own, made by `defineKind`. Their handlers go before the mock's own. */
  readonly kinds?: readonly Kind[];
  /** Elements a `_get` gives per call. Default 128. */
  readonly pageSize?: number;
  /** Received messages kept for `received()`. Default 1000. */
  readonly keep?: number;
  readonly log?: Log;
}
