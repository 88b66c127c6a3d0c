/** The interface of a connection that a channel knows, and a channel's options. */

import type { Counters } from '../session/counters.js';
import type { Exchange } from '../session/exchange.js';
import type { Session } from '../session/session.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { ChannelOptions, RequestOptions } from '../types.js';
import type { ExaminingHost } from './examine-request.js';
import type { OpenChannel } from './open-channel.js';
import type { Retrying } from './retry.js';

/** Returns undefined when `name` may be sent; else resolves when it may, or rejects when it may not. */
export interface Gate {
  admit(name: string, options?: RequestOptions): Promise<void> | undefined;
}

/** The parts of a connection that a channel needs. */
export interface ChannelHost extends ExaminingHost {
  /** The message table of the running VPP; empty while none is connected. */
  readonly table: ReadonlyMap<string, unknown>;
  /** The present session; throws NOT_CONNECTED or CLOSED. */
  usable(): Session;
  /** Calls `attempt` again while VPP is away, as `retryRequest` says; undefined when it says not to. */
  readonly retrying: Retrying | undefined;
  readonly subscriptions: Subscriptions;
  /** The gate that a request may have to wait at before it is sent; undefined where there is none. */
  readonly gate: Gate | undefined;
  /** True when a want_* request shares the mux's registration; false for the mux's own channel, which sends it. */
  readonly sharesEvents: boolean;
  /** True when call sites are remembered, for the stacks of errors. */
  readonly callSites: boolean;
  readonly counters: Counters;
  /** Called when the channel is closed; `why` gives the error of each of its requests in flight. */
  forget(channel: OpenChannel, why: (exchange: Exchange) => Error): void;
}

/** A channel's options with all defaults. */
export type ChannelBounds = Required<Omit<ChannelOptions, Described>> &
  Pick<ChannelOptions, Described> & {
    /** True when `replyTimeoutMs` is this channel's own, and not the connection's default. */
    readonly givesTime?: boolean;
  };
type Described = 'name' | 'owner' | 'access' | 'signal';
