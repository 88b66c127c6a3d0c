/** The options of a channel, as `connect-options.ts` has those of a connection: name, default, check, unit and text. */

import type { ChannelOptions, ConnectOptions } from '../types.js';
import { bytes, millisecondsProblem, oneOf, string, wholeNumber } from './kinds.js';
import type { OptionTable } from './option-spec.js';

/** Options of a channel that a connection may have defaults for. */
export const CHANNEL_DEFAULTS = {
  name: string({ text: 'its purpose, for errors and statistics', otherwise: 'none' }),
  owner: string({
    text: 'its owner, for errors and statistics; the agent gives the name of the plugin',
    otherwise: 'none',
  }),
  access: oneOf(['read', 'write'], 'write', '`read` refuses what does more than read, with `READ_ONLY`'),
  requestBuffer: wholeNumber(100, 1, 'its requests in flight; the rest wait in order'),
  replyBuffer: wholeNumber(16384, 1, 'replies and events that may wait for a slow reader'),
  replyBytes: bytes(64 * 1024 * 1024, 'the bytes that these may take'),
  replyTimeoutMs: {
    text: 'the deadline of its requests',
    unit: 'ms',
    otherwise: "the connection's",
    problem: millisecondsProblem,
  },
} as const satisfies OptionTable<NonNullable<ConnectOptions['channel']>>;

export const CHANNEL_OPTIONS = {
  ...CHANNEL_DEFAULTS,
  signal: {
    text: 'closes the channel: an AbortSignal, or a list of them',
    otherwise: 'none',
    problem: () => undefined,
  },
} as const satisfies OptionTable<ChannelOptions>;
