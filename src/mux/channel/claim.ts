/** A want_* request of a channel: VPP has the mux's own registration, and the channel a share in it. */

import type { Fields } from '../codec/codec.js';
import { RetvalError } from '../errors.js';
import type { AdmittedRequest } from '../interceptors/admitted-request.js';
import { copying } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { RequestOptions } from '../types.js';

export interface Claim {
  readonly plan: Plan;
  readonly fields: Fields;
  readonly holder: object;
  readonly options: RequestOptions;
  readonly admitted: AdmittedRequest | undefined;
  /** Rejects before `work` is done when the caller, or the channel, does not wait any more. */
  readonly wait: <T>(work: Promise<T>) => Promise<T>;
}

export async function claim(subscriptions: Subscriptions, claimed: Claim): Promise<Fields> {
  const { plan, fields, holder, options, admitted, wait } = claimed;
  try {
    const reply = await subscriptions.claim(plan, holder, fields, { timeoutMs: options.timeoutMs, wait });
    admitted?.onReply(plan.replyName, copying(reply));
    return reply;
  } catch (error) {
    if (!(error instanceof RetvalError)) throw error;
    const reply = error.reply as Fields;
    admitted?.onReply(plan.replyName, copying(reply));
    if (options.anyRetval === true) return reply;
    throw error;
  }
}
