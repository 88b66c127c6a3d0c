/** One call of a channel up to where its exchange is handed to the window: the same for requests and for dumps. */

import { onAbort } from '../../abort.js';
import type { Fields } from '../codec/codec.js';
import type { Outcome } from '../errors.js';
import type { AdmittedRequest } from '../interceptors/admitted-request.js';
import type { ChannelGuard } from '../interceptors/channel-guard.js';
import type { ListenedChannel } from '../interceptors/data-listeners.js';
import { milliseconds } from '../options.js';
import type { Exchange } from '../session/exchange.js';
import * as failure from '../session/failures.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';
import type { RequestOptions } from '../types.js';
import { isDump } from './checks.js';
import { HeldCalls } from './held-calls.js';
import type { ChannelBounds, ChannelHost } from './host.js';
import type { Lifetime } from './lifetime.js';
import type { Window } from './window.js';

/** The parts of a channel that its calls use. */
export interface CallingChannel extends ListenedChannel {
  readonly host: ChannelHost;
  readonly bounds: ChannelBounds;
  readonly window: Window;
  readonly lifetime: Lifetime | undefined;
  /** Created for the first call that may not be sent immediately. */
  held: HeldCalls | undefined;
}

/** The present session. Throws CHANNEL_CLOSED, NOT_CONNECTED or CLOSED. */
export function enter({ lifetime, host }: CallingChannel): Session {
  if (lifetime?.isOver) throw lifetime.error('a request');
  return host.usable();
}

/** Throws RefusedError. Listeners are asked, and may do anything meanwhile: even close the channel, or the connection. */
export function admit(
  channel: CallingChannel,
  guard: ChannelGuard,
  { clientIndex }: Session,
  plan: Plan,
  fields: Fields,
  call: 'request' | 'dump',
): AdmittedRequest | undefined {
  if (isDump(plan) !== (call === 'dump')) return undefined; // the wrong call, which fails with WRONG_KIND
  const admitted = guard.admit(plan, fields, clientIndex);
  enter(channel);
  return admitted;
}

/** Milliseconds that the call may take. Throws BAD_OPTION. */
export function timeoutOf(
  { bounds }: CallingChannel,
  options: RequestOptions | undefined,
  { slow }: Plan,
  fields: Fields,
): number {
  const given = options?.timeoutMs;
  if (given === undefined) return bounds.replyTimeoutMs + (slow?.ms?.(fields) ?? 0);
  milliseconds('timeoutMs', given);
  return given;
}

/** Gives `exchange` the rules of its deadline; call it before the exchange goes into the window. Throws ABORTED. */
export function ready({ bounds, window }: CallingChannel, exchange: Exchange, options?: RequestOptions): void {
  const signal = options?.signal;
  if (signal?.aborted) throw failure.aborted(exchange, signal.reason);
  exchange.strict = options?.timeoutMs !== undefined;
  // The mux's own requests are questions whether VPP lives: a long time for those is no reason to wait.
  const isGiven = (exchange.strict || bounds.givesTime === true) && window.id !== 0;
  exchange.isGranted = isGiven || exchange.plan.slow !== undefined;
}

/** Gives `exchange`, which is in the window, up when `signal` is aborted. */
export function obey(signal: AbortSignal, exchange: Exchange): void {
  exchange.onSettled = onAbort(signal, () => exchange.cancel((each) => failure.aborted(each, signal.reason)));
}

/** Settles as `work` does, or before it when the channel is closed, at the signal, or when the time is over. */
export function hold<T>(
  channel: CallingChannel,
  work: Promise<T>,
  messageName: string,
  options: RequestOptions = {},
  outcome: Outcome = 'not-sent',
): Promise<T> {
  channel.held ??= new HeldCalls();
  const { timeoutMs, signal } = options;
  return channel.held.wait(work, { messageName, channel: channel.window.id, outcome, timeoutMs, signal });
}
