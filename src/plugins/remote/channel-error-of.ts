/** An error of whatever part of the agent, as a client gets it. */

import { type Fields, RetvalError, VppmuxError } from '../../mux/index.js';
import type { ChannelError } from '../../remote/protocol/index.js';
import { HttpError, isFault } from '../../sdk/index.js';
import { StatsError } from '../../stats/index.js';
import { isA } from '../../thrown.js';
import { FrameFault } from './socket/frame-fault.js';

/** Fields of a `VppmuxError` besides its code and message; `file` and `socket` are paths of this machine, and not for callers from elsewhere. */
const FIELDS = [
  ...['messageName', 'path', 'channel', 'context', 'generation', 'outcome', 'arrived', 'bytes'],
  ...['nearest', 'afterMs', 'hint'],
] as const satisfies readonly (keyof VppmuxError & keyof ChannelError)[];

/** `out`: gives fields of a message the form that the client's have. Undefined for what is a fault of the agent. */
export function channelErrorOf(error: unknown, out: (fields: Fields) => Fields): ChannelError | undefined {
  if (isA(error, RetvalError)) {
    const { retval, retvalName, text, reply } = error;
    return { ...ofMux(error, out), retval, retvalName, text, reply: out(reply as Fields) };
  }
  if (isA(error, VppmuxError)) return ofMux(error, out);
  if (isFault(error)) {
    const { code, message, path, operation, call } = error;
    // An operation may have done something before it found another one busy.
    const outcome = code === 'BUSY' && operation === undefined ? 'not-sent' : undefined;
    return { code, message, ...defined({ path, operation, call, outcome }) };
  }
  if (isA(error, FrameFault)) return { code: 'BAD_REQUEST', message: error.message, ...defined({ path: error.path }) };
  if (isA(error, HttpError)) {
    const { code, message } = error;
    return { code, message, ...(code === 'RATE_LIMITED' && { outcome: 'not-sent' }) };
  }
  if (isA(error, StatsError)) return { code: error.code, message: error.message };
  return undefined;
}

function ofMux(error: VppmuxError, out: (fields: Fields) => Fields): ChannelError {
  const { code, message } = error;
  return { code, message, ...out(defined(Object.fromEntries(FIELDS.map((name) => [name, error[name]])))) };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
