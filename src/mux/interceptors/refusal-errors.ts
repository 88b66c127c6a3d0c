/** Errors of requests that a channel may not send, in words for their callers. */

import { RefusedError } from '../errors.js';
import { sideEffect } from '../session/reads.js';
import type { ChannelInfo, Refusal } from '../types.js';

/** READ_ONLY, for a channel that only reads. */
export function readOnly(info: ChannelInfo, name: string): RefusedError {
  const text = `${name} was not sent: channel ${shown(info)} only reads, and takes dumps, gets, shows, pings and want_*${why(name)}`;
  const hint = "open one with access: 'write' for it";
  return new RefusedError('READ_ONLY', text, { messageName: name, channel: info.id, outcome: 'not-sent', hint });
}

/** Explains requests whose names sound as if they only read. */
function why(name: string): string {
  const effect = sideEffect(name);
  const listening = name.startsWith('want_')
    ? '; subscribe: false listens to the events that others have it sent for'
    : '';
  return effect === undefined ? '' : ` (it ${effect}${listening})`;
}

/** RefusedError with the verdict of a listener. */
export function refusedBy(info: ChannelInfo, name: string, { refuse, text }: Refusal): RefusedError {
  const fields = { messageName: name, channel: info.id, outcome: 'not-sent' } as const;
  return new RefusedError(refuse, `${name} (channel ${shown(info)}) was refused and not sent: ${text}`, fields);
}

function shown({ id, name, owner }: ChannelInfo): string {
  return `${id}${name === undefined ? '' : ` "${name}"`}${owner === undefined ? '' : ` of ${owner}`}`;
}
