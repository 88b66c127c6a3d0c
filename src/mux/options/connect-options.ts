/**
 * All options of `connect()` and of a channel: name, default, check, unit and text. What else speaks of them derives from this
 * table (the checks, the known names, the keys of govpp.conf), or is held against it by a test (the docstrings of
 * `types/connect-options.ts`, the table in docs/client.md).
 */

import type { BackupOptions, ConnectOptions, Transport } from '../types.js';
import { CHANNEL_DEFAULTS } from './channel-options.js';
import {
  address,
  bytes,
  callback,
  expectedProblem,
  flag,
  flagProblem,
  messageNames,
  milliseconds,
  millisecondsOrZero,
  name,
  object,
  oneOf,
  orFalse,
  string,
  tracerProblem,
  wholeNumber,
} from './kinds.js';
import type { OptionTable } from './option-spec.js';

const MiB = 1024 * 1024;

export const CONNECT_OPTIONS = {
  socket: address({
    text: "VPP's API socket",
    otherwise: '`VPP_API_SOCKET`, then `/run/vpp/api.sock`, or `/run/user/UID/vpp/api.sock` of this user',
  }),
  transport: callback<Transport>("makes the link to VPP in place of VPP's Unix socket: a transport of your own"),
  backup: {
    text: 'a second VPP, which serves while the first one is away or does not respond',
    onDemand: 'object',
    options: {
      socket: address({ text: 'its API socket', otherwise: 'must be given' }),
      failBack: oneOf(
        ['auto', 'manual'],
        'auto',
        'return to the primary: auto (once it is healthy) or manual (when told to)',
      ),
      failBackAfterMs: milliseconds(30_000, 'how long the primary must have been healthy without a break'),
      beforeSwitch: callback<NonNullable<BackupOptions['beforeSwitch']>>(
        'runs before a planned switch, which waits for it, a second at most',
      ),
    },
  },
  name: name('vppmux', "the name of this client in VPP's show api clients, 63 bytes at most"),
  apiDir: string({
    text: "the directory of VPP's .api.json files",
    otherwise: '`VPP_API_DIR`, then `/usr/share/vpp/api` where it agrees with the running VPP, then VPP itself',
  }),
  schema: object<NonNullable<ConnectOptions['schema']>>('a schema, as loadSchema() gives it', 'model', {
    text: 'definitions that are loaded already, in place of `apiDir`',
    otherwise: 'none',
  }),
  cacheDir: orFalse(
    string({
      text: 'the directory where definitions fetched from VPP are kept, for the same socket and its owner; false: nowhere',
      otherwise: '`~/.cache/vppmux/api` (`XDG_CACHE_HOME`)',
    }),
  ),
  replyTimeoutMs: milliseconds(5000, 'how long VPP may take to answer a request; of a dump: the idle timeout'),
  connectTimeoutMs: milliseconds(5000, 'how long connecting and the handshake may take'),
  reconnect: {
    text: 'attempts to connect again',
    options: {
      delayMs: milliseconds(
        100,
        'the first wait; doubled with jitter from one attempt to the next; it ends when the socket file appears',
      ),
      maxDelayMs: milliseconds(5000, 'the longest wait; where it is `delayMs`, every one'),
      maxAttempts: wholeNumber(0, 0, 'attempts until the connection gives up for good; 0: it never does'),
    },
  },
  health: {
    text: 'the probe that asks whether VPP is alive',
    options: {
      probe: orFalse(name('control_ping', 'the request that is sent, any without fields; false: none')),
      intervalMs: millisecondsOrZero(1000, 'the time between two probes; 0: none is sent'),
      timeoutMs: milliseconds(1000, 'how long a probe may go unanswered until it counts as missed'),
      threshold: wholeNumber(2, 1, 'consecutive missed probes until VPP counts as `not-responding`'),
    },
  },
  maxFrameBytes: bytes(64 * MiB, 'the largest frame taken from VPP; a larger one ends the session', 1024),
  maxInFlight: wholeNumber(8192, 1, 'requests in flight, of all channels together'),
  maxWaitingBytes: bytes(
    256 * MiB,
    'bytes of requests that may wait for their turn; what goes beyond fails with `BACKLOG_FULL`, not sent',
  ),
  channel: { text: 'defaults for the options of channels', options: CHANNEL_DEFAULTS },
  retryRequest: {
    text: 'further attempts for a request that could not be sent because VPP was away',
    options: {
      count: wholeNumber(0, 0, 'how often a request that could not be sent is tried again'),
      delayMs: milliseconds(500, 'the wait between these attempts'),
    },
  },
  poison: {
    text: 'hold back a request that VPP died of more than once (`POISONED`); true: with the defaults',
    onDemand: 'switch',
    options: {
      deaths: wholeNumber(2, 1, 'deaths of VPP until the next request of that name is held back'),
      withinMs: milliseconds(100, 'a death this soon after the request was sent counts'),
      holdMs: milliseconds(30_000, 'how long it is held back'),
    },
  },
  resync: flag(true, 'tell event subscribers that the connection was made anew, since they may have missed events'),
  unsafe: flag(false, 'allow messages that can kill VPP or break the connection, except sockclnt_*'),
  exclusive: messageNames("further requests that hold VPP's API up: each is sent alone, and its silence is no hang"),
  callSites: {
    text: 'remember where each call is made, for the stacks of errors; costs time',
    otherwise: '`VPPMUX_CALL_SITES=1`, else false',
    problem: flagProblem,
  },
  trace: {
    text: 'receives every message, both ways: a function, or a `TraceRing`',
    otherwise: 'none',
    problem: tracerProblem,
  },
  log: callback<NonNullable<ConnectOptions['log']>>('writes a line of the log, called with level, message and fields'),
  onLateReply: callback<NonNullable<ConnectOptions['onLateReply']>>(
    'receives each reply that nobody waits for any more',
  ),
  expect: {
    text: 'the messages that the program was generated for; others are refused, `INCOMPATIBLE` (`connect()` only)',
    otherwise: 'none',
    problem: expectedProblem,
  },
  signal: object<AbortSignal>('an AbortSignal', 'aborted', {
    text: 'gives up connecting (`connect()` only)',
    otherwise: 'none',
  }),
} as const satisfies OptionTable<ConnectOptions>;
