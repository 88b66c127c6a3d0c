/** Replies that nobody asked for, or not that way. */

import type { Fields } from '../../src/mux/internal.js';
import { frame as frameOf, HEADER_BYTES } from '../wire/frame.js';
import type { Outgoing } from '../wire/outgoing.js';
import type { FaultHooks } from './fault-hooks.js';
import type { FaultHost } from './fault-host.js';
import { frameMatcher, type Which } from './which.js';

/** Sends another reply before each one: `reply` (default control_ping_reply) with a context that nobody waits for. */
export function stray(
  options: (Which & { readonly reply?: string; readonly context?: number; readonly fields?: Fields }) | true,
  host: FaultHost,
): FaultHooks {
  const { reply = 'control_ping_reply', context = 0x7ffffff1, fields = {}, ...which } = options === true ? {} : options;
  const matches = frameMatcher(which);
  return {
    frame(frame, _, next) {
      if (matches(frame)) next({ bytes: made(host.find(reply), context, fields), name: reply });
      next(frame);
    },
  };
}

/** Sends `reply`, another message, in place of each reply, with the same context. */
export function wrongType(options: (Which & { readonly reply?: string }) | true, host: FaultHost): FaultHooks {
  const { reply = 'show_version_reply', ...which } = options === true ? {} : options;
  const matches = frameMatcher(which);
  return {
    frame(frame, _, next) {
      if (frame.name === undefined || !matches(frame)) return next(frame);
      const at = host.find(frame.name).message.def.contextOffset;
      const context = at < 0 ? 0 : frame.bytes.readUInt32BE(HEADER_BYTES + at);
      next({ ...frame, bytes: made(host.find(reply), context, {}), name: reply });
    },
  };
}

function made({ message, id }: Outgoing, context: number, fields: Fields): Buffer {
  const header = message.def.contextOffset < 0 ? {} : { context };
  return frameOf(message.encode({ ...fields, ...header, _vl_msg_id: id }));
}
