/** The options of `connect()`. Their checks and defaults are in `../options/connect-options.ts`, which a test holds these against. */

import type { Fields, Schema } from '../codec/codec.js';
import type { ChannelOptions } from './channel.js';
import type { ExpectedMessages } from './expected.js';
import type { DataplaneRole } from './status.js';
import type { Tracer } from './trace.js';
import type { Transport } from './transport.js';

export interface ConnectOptions {
  /** VPP's API socket. Default: `VPP_API_SOCKET`, else `/run/vpp/api.sock`, or `/run/user/UID/vpp/api.sock` of this user. */
  readonly socket?: string;
  /** Makes the link to VPP in place of the Unix socket; `socket` is then an address of any form. Default: none. */
  readonly transport?: Transport;
  /** A second VPP, which serves while the first one (`socket`) is away or does not respond. Default: none. */
  readonly backup?: BackupOptions;
  /** The name in VPP's `show api clients`; cut to 63 bytes. Default `vppmux`. */
  readonly name?: string;
  /** Directory of `.api.json` files. Default: `VPP_API_DIR`, then `/usr/share/vpp/api`, then VPP itself. */
  readonly apiDir?: string;
  /** Definitions that are loaded already, in place of `apiDir`. */
  readonly schema?: Schema;
  /** Directory for definitions fetched from VPP; false: they are not kept. Default: the user's cache directory. */
  readonly cacheDir?: string | false;
  /** Milliseconds that VPP may take to answer a request; of a dump, the idle timeout. Default 5000. */
  readonly replyTimeoutMs?: number;
  /** Milliseconds for connecting and the handshake. Default 5000. */
  readonly connectTimeoutMs?: number;
  readonly reconnect?: ReconnectOptions;
  readonly health?: HealthOptions;
  /** Largest frame taken from VPP, bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number;
  /** Requests in flight at once, of all channels together. Default 8192. */
  readonly maxInFlight?: number;
  /** Bytes of requests that wait for their turn, of all channels; a request beyond that fails with BACKLOG_FULL. Default 256 MiB. */
  readonly maxWaitingBytes?: number;
  /** Defaults for the options of channels. */
  readonly channel?: Omit<ChannelOptions, 'signal'>;
  /** Further attempts for a request that could not be sent because VPP was away. Default: none. */
  readonly retryRequest?: RetryRequestOptions;
  /** Holds back a request that VPP died of more than once; true: with the defaults. Default: false. */
  readonly poison?: boolean | PoisonOptions;
  /** Gives event subscribers `{ resync }` after a reconnect. Default true. */
  readonly resync?: boolean;
  /** Allows deny-listed messages, except `sockclnt_*`. Default false. */
  readonly unsafe?: boolean;
  /**
   * Names of requests that block VPP's API, besides those that are known to (docs/client.md): each is sent when nothing else is in
   * flight, and nothing else is sent until it is answered. Default none.
   */
  readonly exclusive?: readonly string[];
  /**
   * Remembers where each call is made, so that the stacks of its errors lead there. Without it they lead to the line that awaits
   * the promise, at no cost, and nowhere when nothing awaits it; with it a small request takes about five times the CPU time
   * (docs/errors.md). Default: true where the environment has VPPMUX_CALL_SITES=1, else false.
   */
  readonly callSites?: boolean;
  /** Receives every message, both ways, from the first handshake on; costs time. A `TraceRing` keeps the last ones. */
  readonly trace?: Tracer;
  /** Writes a line of the log. */
  readonly log?: (level: 'debug' | 'info' | 'warn', message: string, fields?: object) => void;
  /** Receives each reply that nobody waits for any more. */
  readonly onLateReply?: (late: LateReply) => void;
  /**
   * The `compat.json` of `vppmux generate --used`: rejects with INCOMPATIBLE where the VPP that is connected to has those messages
   * otherwise, or not at all (`connect()` only). Default: none.
   */
  readonly expect?: ExpectedMessages;
  /** Gives up connecting (`connect()` only). */
  readonly signal?: AbortSignal;
}

export interface BackupOptions {
  /** API socket of the second VPP; it may be of another version. */
  readonly socket: string;
  /**
   * `auto`: the primary serves again once it has been healthy for `failBackAfterMs` without a break; `manual`: on `switchTo()` only.
   * Default `auto`.
   */
  readonly failBack?: 'auto' | 'manual';
  /** Milliseconds; doubled each time that the primary did not last that long after it came back, up to an hour. Default 30000. */
  readonly failBackAfterMs?: number;
  /** Runs before a planned switch (fail-back, `switchTo()`), which waits for it, a second at most. */
  readonly beforeSwitch?: (to: DataplaneRole, reason: string) => unknown;
}

export interface HealthOptions {
  /** Request used as probe, without fields; false: none. Default `control_ping`. */
  readonly probe?: string | false;
  /** Milliseconds between probes; 0: no probe is sent. Default 1000. */
  readonly intervalMs?: number;
  /** Milliseconds to wait for any message of VPP. Default 1000. */
  readonly timeoutMs?: number;
  /** Consecutive missed probes until the state is `not-responding`. Default 2. */
  readonly threshold?: number;
}

export interface ReconnectOptions {
  /** First delay, milliseconds; doubled with jitter up to `maxDelayMs`, or always that where both are the same. Default 100. */
  readonly delayMs?: number;
  /** Longest delay, milliseconds. Default 5000. */
  readonly maxDelayMs?: number;
  /** Attempts to connect again until the connection gives up for good; 0: it never does. Default 0. */
  readonly maxAttempts?: number;
}

export interface RetryRequestOptions {
  /** Further attempts. Default 0. */
  readonly count?: number;
  /** Milliseconds between attempts. Default 500. */
  readonly delayMs?: number;
}

export interface PoisonOptions {
  /** Deaths of VPP until the next request of that name is held back. Default 2. */
  readonly deaths?: number;
  /** Milliseconds after the request was sent in which a death counts. Default 100. */
  readonly withinMs?: number;
  /** Milliseconds that the request is held back. Default 30000. */
  readonly holdMs?: number;
}

/** A reply that came after its request was given up. */
export interface LateReply {
  readonly messageName: string;
  readonly context: number;
  readonly generation: number;
  /** The request, when its context was one of ours given up not long ago. */
  readonly requestName?: string;
  readonly channel?: number;
  readonly message: Fields;
}
