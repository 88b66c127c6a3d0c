/** The options of `connectRemote()`: name, default, check and text; a test holds the docstrings of `types.ts` against them. */

import { CHANNEL_DEFAULTS, CHANNEL_OPTIONS } from '../mux/options/channel-options.js';
import { checkOptions, withDefaults } from '../mux/options/check-options.js';
import { flag, milliseconds, millisecondsProblem, object, oneOf, wholeNumber } from '../mux/options/kinds.js';
import type { OptionTable } from '../mux/options/option-spec.js';
import type { ChannelOptions } from '../mux/types.js';
import type { RemoteOptions } from './types.js';

export const REMOTE_OPTIONS = {
  url: {
    text: 'the address of the agent, http(s) or ws(s)',
    otherwise: "the page's origin",
    problem: (value) =>
      typeof value === 'string' || value instanceof URL ? undefined : `must be a URL, not ${String(value)}`,
  },
  token: {
    text: "the agent's read-token or write-token, or a function that gives it",
    otherwise: 'none',
    // Never with the value, which is a secret.
    problem: (value) => (/^(string|function)$/.test(typeof value) ? undefined : 'must be a string or a function'),
  },
  login: {
    text: 'how the token is sent: in a header, or for a ticket, as browsers have to',
    otherwise: '`header` in Node, else `ticket`',
    problem: oneOf(['header', 'ticket'], 'header', '').problem,
  },
  WebSocket: {
    text: 'the class of the WebSocket',
    otherwise: 'that of `ws` in Node, else the global one',
    problem: (value) => (typeof value === 'function' ? undefined : 'must be a class of WebSockets'),
  },
  socketOptions: {
    text: 'further options for the WebSocket of ws, such as ca',
    otherwise: 'none',
    problem: (value) => (typeof value === 'object' ? undefined : 'must be an object'),
  },
  connectTimeoutMs: milliseconds(5000, "how long connecting may take, up to the agent's first word"),
  replyTimeoutMs: {
    text: 'how long VPP may take to answer a request; of a dump: the idle timeout',
    unit: 'ms',
    otherwise: "the agent's",
    problem: millisecondsProblem,
  },
  reconnect: {
    text: 'attempts to connect again',
    options: {
      delayMs: milliseconds(100, 'the first wait; doubled with jitter from one attempt to the next'),
      maxDelayMs: milliseconds(5000, 'the longest wait; where it is `delayMs`, every one'),
      maxAttempts: wholeNumber(0, 0, 'attempts until the connection gives up for good; 0: it never does'),
    },
  },
  channel: { text: 'defaults for the options of channels', options: CHANNEL_DEFAULTS },
  resync: flag(true, 'tell event subscribers where they may have missed events'),
  signal: object<AbortSignal>('an AbortSignal', 'aborted', { text: 'gives up connecting', otherwise: 'none' }),
} as const satisfies OptionTable<RemoteOptions>;

export type RemoteSettings = ReturnType<typeof remoteSettings>;

/** Milliseconds: the agent takes no longer ones. */
const LONGEST_MS = 86_400_000;

/** A time as frames have it: whole milliseconds. */
export const wireTime = (ms: number | undefined) => ms && Math.min(Math.ceil(ms), LONGEST_MS);

/** Throws BAD_OPTION, naming the option. */
export function remoteSettings(options: RemoteOptions) {
  checkOptions(REMOTE_OPTIONS, options);
  return { ...withDefaults(REMOTE_OPTIONS, options), channel: options.channel ?? {} };
}

/** A channel's options; throws BAD_OPTION. */
export function channelSettings(settings: RemoteSettings, options: ChannelOptions) {
  checkOptions(CHANNEL_OPTIONS, options, 'channel.');
  const { channel } = settings;
  const replyTimeoutMs = options.replyTimeoutMs ?? channel.replyTimeoutMs ?? settings.replyTimeoutMs;
  const given = {
    name: options.name,
    access: options.access ?? channel.access,
    requestBuffer: options.requestBuffer ?? channel.requestBuffer,
    replyBuffer: options.replyBuffer ?? channel.replyBuffer,
    replyBytes: options.replyBytes ?? channel.replyBytes,
    replyTimeoutMs: wireTime(replyTimeoutMs),
  };
  const { requestBuffer, replyBuffer, replyBytes } = withDefaults(CHANNEL_OPTIONS, given);
  // The agent has defaults of its own, and bounds, for what is not given.
  return { given, requestBuffer, replyBuffer, replyBytes, replyTimeoutMs, signals: [options.signal ?? []].flat() };
}

export type ChannelSettings = ReturnType<typeof channelSettings>;
