/** A dump of a channel: examined, admitted and handed to the window each time that it is read. */

import type { Fields } from '../codec/codec.js';
import { DumpExchange, type DumpSink } from '../session/dump-exchange.js';
import { fieldsOf } from '../session/encoded-request.js';
import type { Exchange } from '../session/exchange.js';
import * as failure from '../session/failures.js';
import type { Session } from '../session/session.js';
import type { Dump, RequestOptions } from '../types.js';
import type { Buffers } from './buffers.js';
import { admit, type CallingChannel, enter, hold, obey, ready, timeoutOf } from './call.js';
import { isDump, wrongKind } from './checks.js';
import { makeDump } from './dump.js';
import { encode, examineRequest, planOf } from './examine-request.js';
import type { Retrying } from './retry.js';
import { textLines } from './text-lines.js';

/** Returns a dump that is sent when it is read. */
export function openDump(
  channel: CallingChannel,
  name: string,
  given: Fields,
  options: RequestOptions | undefined,
  buffers: Buffers,
): Dump {
  const { host, bounds } = channel;
  const { replyBuffer, replyBytes } = bounds;
  let session: Session | undefined;
  // The fields that VPP was asked about are the ones that are sent.
  let safe = given;
  const begin = (sink: DumpSink): Exchange => {
    session = enter(channel);
    return sendDump(channel, session, name, safe, options, sink);
  };
  const start = (sink: DumpSink) => {
    const { gate, retrying, hazards } = host;
    const gateOpen = gate?.admit(name, options);
    const askFirst = async () => {
      await gateOpen;
      const now = enter(channel);
      safe = await examineRequest(channel, host, now, planOf(channel, host, now, name, given), given);
    };
    const asked = hazards?.asksFirst(name) ? (retrying?.(askFirst, options) ?? askFirst()) : gateOpen;
    const held = asked && hold(channel, asked, name, options);
    return startDump(begin, sink, { held, retrying, signal: options?.signal });
  };
  const readBounds = {
    replyBuffer,
    replyBytes,
    readStamp: () => session?.link.bytesIn ?? 0,
    buffers,
    callSites: host.callSites,
  };
  return makeDump(start, readBounds, textLines);
}

/** Sends the dump once. Throws what is wrong, before anything is sent. */
function sendDump(
  channel: CallingChannel,
  session: Session,
  name: string,
  fields: Fields,
  options: RequestOptions | undefined,
  sink: DumpSink,
): Exchange {
  const { host, bounds, window } = channel;
  const plan = planOf(channel, host, session, name, fields);
  if (!isDump(plan)) throw wrongKind(plan, 'request');
  if (plan.hazards) examineRequest(channel, host, session, plan, fields);
  const admitted = channel.guard && admit(channel, channel.guard, session, plan, fields, 'dump');
  // The pages behind the first are asked for with the same fields, whatever becomes of the caller's object.
  const encoded = admitted?.encoded ?? (plan.cursor ? encode(session, plan, fields) : undefined);
  const kept = encoded && plan.cursor ? fieldsOf(plan.message, encoded) : fields;
  const timeoutMs = timeoutOf(channel, options, plan, fields);
  const exchange = new DumpExchange(session, plan, window, timeoutMs, sink, kept, bounds.replyBuffer);
  admitted?.follow(exchange);
  ready(channel, exchange, options);
  window.submit(exchange, fields, encoded);
  if (options?.signal) obey(options.signal, exchange);
  return exchange;
}

/**
 * Starts a dump: when `held` is over, and where a retry is configured as soon as VPP is there. Returns what gives it up, before
 * as well as after it was sent.
 */
function startDump(
  begin: (sink: DumpSink) => Exchange,
  sink: DumpSink,
  { held, retrying, signal }: { held?: Promise<void>; retrying?: Retrying; signal?: AbortSignal },
): () => void {
  let exchange: Exchange | undefined;
  let givenUp = false;
  const attempt = () => {
    if (!givenUp) exchange = begin(sink);
  };
  const fail = (error: unknown) => {
    if (!givenUp) sink.error(error as Error);
  };
  const eventually = async () => {
    await held;
    if (retrying) await retrying(async () => attempt(), { signal });
    else attempt();
  };
  if (held || retrying) eventually().catch(fail);
  else {
    try {
      attempt();
    } catch (error) {
      fail(error);
    }
  }
  return () => {
    givenUp = true;
    exchange?.cancel((each) => failure.aborted(each, undefined));
  };
}
