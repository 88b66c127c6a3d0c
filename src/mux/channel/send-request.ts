/**
 * A request of a channel: examined, admitted, and handed to the window as an exchange that settles its promise.
 *
 * Hot path, held by the benchmark `ping`: makes no function for each request.
 */

import { throwAtCaller } from '../call-site.js';
import type { Fields } from '../codec/codec.js';
import type { AdmittedRequest } from '../interceptors/admitted-request.js';
import { fieldsOf } from '../session/encoded-request.js';
import * as failure from '../session/failures.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';
import { SingleExchange } from '../session/single-exchange.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { RequestOptions } from '../types.js';
import { admit, type CallingChannel, enter, hold, obey, ready, timeoutOf } from './call.js';
import { wrongKind } from './checks.js';
import { claim } from './claim.js';
import { encode, examineRequest, planOf } from './examine-request.js';
import { replyPromise, type Settle, settleOfLast } from './reply-promise.js';

/** Sends a request, or queues it. Throws what is wrong, before anything is sent. */
export function sendRequest(
  channel: CallingChannel,
  name: string,
  given: Fields,
  options: RequestOptions | undefined,
): Promise<Fields> {
  const { host, window } = channel;
  const gateOpen = host.gate?.admit(name, options);
  if (gateOpen) return sendAfter(gateOpen, channel, name, given, options);
  const session = enter(channel);
  const plan = planOf(channel, host, session, name, given);
  const fields = plan.hazards ? examineRequest(channel, host, session, plan, given) : given;
  if (fields instanceof Promise) return sendWith(fields, channel, name, options);
  const admitted = channel.guard && admit(channel, channel.guard, session, plan, fields, 'request');
  if (plan.kind !== 'unary') {
    if (plan.kind !== 'oneway') throw wrongKind(plan, 'dump');
    session.sendOneway(plan, admitted?.encoded ?? { write: plan.write, fields });
    window.requests++;
    return Promise.resolve({});
  }
  if (plan.registers && host.sharesEvents) return share(channel, session, plan, fields, admitted, options);
  const timeoutMs = timeoutOf(channel, options, plan, fields);
  const reply = replyPromise();
  const settle = plan.renews ? renewing(host.subscriptions, plan.renews, settleOfLast()) : settleOfLast();
  const exchange = new SingleExchange(session, plan, window, timeoutMs, options?.anyRetval === true, settle);
  admitted?.follow(exchange);
  ready(channel, exchange, options);
  window.submit(exchange, fields, admitted?.encoded);
  if (options?.signal) obey(options.signal, exchange);
  return reply;
}

function sendAfter(
  gateOpen: Promise<void>,
  channel: CallingChannel,
  name: string,
  given: Fields,
  options: RequestOptions | undefined,
): Promise<Fields> {
  const fields = gateOpen.then(() => given);
  return sendWith(fields, channel, name, options);
}

/** Sends it as soon as its fields are there. */
function sendWith(
  fields: Promise<Fields>,
  channel: CallingChannel,
  name: string,
  options: RequestOptions | undefined,
): Promise<Fields> {
  return hold(channel, fields, name, options)
    .then((safe) => sendRequest(channel, name, safe, options))
    .catch(throwAtCaller);
}

/** A want_* request: the channel gets a share in the mux's own registration. Throws FieldError, BAD_OPTION and ABORTED, and then nothing was sent. */
function share(
  channel: CallingChannel,
  session: Session,
  plan: Plan,
  given: Fields,
  admitted: AdmittedRequest | undefined,
  options: RequestOptions = {},
): Promise<Fields> {
  const encoded = admitted?.encoded ?? encode(session, plan, given);
  const fields = fieldsOf(plan.message, encoded);
  timeoutOf(channel, options, plan, fields);
  if (options.signal?.aborted) throw failure.notBegun(plan, channel.window, options.signal.reason);
  const wait = <T>(work: Promise<T>) => hold(channel, work, plan.name, options, 'unknown');
  const { subscriptions } = channel.host;
  return claim(subscriptions, { plan, fields, holder: channel, options, admitted, wait }).catch(throwAtCaller);
}

/** VPP may have made something that event registrations are to cover: they are sent before the caller goes on. */
function renewing(subscriptions: Subscriptions, requests: readonly string[], settle: Settle): Settle {
  return (reply) => {
    try {
      subscriptions.renew(requests);
    } finally {
      settle(reply);
    }
  };
}
