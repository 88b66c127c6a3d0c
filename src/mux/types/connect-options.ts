/** The options of `connect()`: shapes and units. Their names, checks and defaults as values are in `../options.ts`. */

import type { Fields, Schema } from '../codec/codec.js';
import type { ChannelOptions } from './channel.js';
import type { DataplaneRole } from './status.js';
import type { Tracer } from './trace.js';
import type { Transport } from './transport.js';

export interface ConnectOptions {
  /** Default: `VPP_API_SOCKET` of the environment, else `/run/vpp/api.sock`, or this user's `/run/user/UID/vpp/api.sock`. */
  readonly socket?: string;
  /** Makes the link to VPP in place of the Unix socket; `socket` is then an address of any form. Default: none. */
  readonly transport?: Transport;
  /** A second VPP, which serves while the first one (`socket`) is away or does not respond. Default: none. */
  readonly backup?: BackupOptions;
  /** Shown by `show api clients`; at most 63 bytes. Default `vppmux`. */
  readonly name?: string;
  /** Directory of `.api.json` files. Default: `VPP_API_DIR`, then `/usr/share/vpp/api`, then VPP itself. */
  readonly apiDir?: string;
  /** Definitions loaded already; overrides `apiDir`. */
  readonly schema?: Schema;
  /** Where definitions fetched from VPP are kept; false: nowhere. Default: the user's cache directory. */
  readonly cacheDir?: string | false;
  /** Milliseconds a request may take. Default 5000. */
  readonly replyTimeoutMs?: number;
  /** Milliseconds for connecting and the handshake. Default 5000. */
  readonly connectTimeoutMs?: number;
  readonly reconnect?: ReconnectOptions;
  readonly health?: HealthOptions;
  /** Largest frame taken from VPP, bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number;
  /** Requests in flight at once, of all channels together. Default 8192. */
  readonly maxInFlight?: number;
  /** Bytes of requests that wait for their turn, of all channels; what goes beyond fails with BACKLOG_FULL. Default 256 MiB. */
  readonly maxWaitingBytes?: number;
  /** Default request and reply buffers of channels. */
  readonly channel?: Omit<ChannelOptions, 'signal'>;
  /** How often a request that was not sent because VPP was away is tried again, and how long to wait between. Default 0, 500 ms. */
  readonly retryRequest?: { readonly count: number; readonly delayMs: number };
  /** Hold back a request that VPP has died of, again and again; true: with the defaults. Default false. */
  readonly poison?: boolean | PoisonOptions;
  /** Give event subscribers `{ resync }` after a reconnect. Default true. */
  readonly resync?: boolean;
  /** Refuse nothing of the deny list but the connection's own messages. Default false. */
  readonly unsafe?: boolean;
  /**
   * Names of requests that hold VPP's API up, besides those that are known to (docs/client.md): each is sent when
   * nothing else is in flight, and nothing else is sent until it is answered. Default: none.
   */
  readonly exclusive?: readonly string[];
  /**
   * Remember where each call is made, so that the stacks of its errors lead there. Without it they lead to the line that awaits
   * the promise, at no cost, and nowhere when nothing awaits it; with it a small request takes about five times the CPU time
   * (docs/errors.md). Default: true where the environment has VPPMUX_CALL_SITES=1, else false.
   */
  readonly callSites?: boolean;
  /** Shown every message, both ways, from the first handshake on; costs time. Or a `TraceRing`, which keeps the last ones. */
  readonly trace?: Tracer;
  /** Told of things worth a log line. `level`: debug, info, warn. */
  readonly log?: (level: 'debug' | 'info' | 'warn', message: string, fields?: object) => void;
  /** Told of replies nobody waits for any more. */
  readonly onLateReply?: (late: LateReply) => void;
  /** Gives up connecting (`connect()` only). */
  readonly signal?: AbortSignal;
}

export interface BackupOptions {
  /** API socket of the second VPP; it may be of another version. */
  readonly socket: string;
  /**
   * `auto`: the primary serves again once it has been healthy for `failBackAfterMs` on end; `manual`: on `switchTo()` only.
   * Default `auto`.
   */
  readonly failBack?: 'auto' | 'manual';
  /** Doubled each time that the primary did not last that long after it came back, up to an hour. Default 30000. */
  readonly failBackAfterMs?: number;
  /** Called before a switch that is planned (fail-back, `switchTo()`); the switch waits for it, a second at most. */
  readonly beforeSwitch?: (to: DataplaneRole, reason: string) => unknown;
}

export interface HealthOptions {
  /** Request used as probe (its fields empty), or false for none. Default `control_ping`. */
  readonly probe?: string | false;
  /** Milliseconds between probes; 0 switches the probe off. Default 1000. */
  readonly intervalMs?: number;
  /** Milliseconds to wait for any reply. Default 1000. */
  readonly timeoutMs?: number;
  /** Probes in a row without an answer until `not-responding`. Default 2. */
  readonly threshold?: number;
}

export interface ReconnectOptions {
  /** First delay, milliseconds; doubled (with jitter) up to `maxDelayMs`, or always that where both are the same. Default 100. */
  readonly delayMs?: number;
  /** Default 5000. */
  readonly maxDelayMs?: number;
  /** Attempts to connect again, after a first one that failed, until it gives up for good; 0: without end. Default 0. */
  readonly maxAttempts?: number;
}

export interface PoisonOptions {
  /** Deaths of VPP until the next request of that name is held back. Default 2. */
  readonly deaths?: number;
  /** A death so soon after the request was sent counts, milliseconds. Default 100. */
  readonly withinMs?: number;
  /** For so long it is held back, milliseconds. Default 30000. */
  readonly holdMs?: number;
}

export interface LateReply {
  readonly messageName: string;
  readonly context: number;
  readonly generation: number;
  /** The request, when its context was one of ours given up not long ago. */
  readonly requestName?: string;
  readonly channel?: number;
  readonly message: Fields;
}
