/** A misspelt option would do nothing, without a word to who writes JavaScript; TypeScript's users hear of it earlier. */

import { didYouMean } from '../nearest.js';
import { VppmuxError } from './errors.js';
import type {
  BackupOptions,
  ChannelOptions,
  ConnectOptions,
  HealthOptions,
  PoisonOptions,
  ReconnectOptions,
} from './types.js';

/** Every key of `T`, and no other. */
const keysOf = <T>(keys: Record<keyof Required<T>, true>): ReadonlySet<string> => new Set(Object.keys(keys));

const CHANNELS = keysOf<NonNullable<ConnectOptions['channel']>>({
  name: true,
  owner: true,
  access: true,
  requestBuffer: true,
  replyBuffer: true,
  replyBytes: true,
  replyTimeoutMs: true,
});
const CHANNEL: ReadonlySet<string> = new Set<keyof ChannelOptions>([...CHANNELS, 'signal'] as (keyof ChannelOptions)[]);

const CONNECT = keysOf<ConnectOptions>({
  socket: true,
  transport: true,
  backup: true,
  name: true,
  apiDir: true,
  schema: true,
  cacheDir: true,
  replyTimeoutMs: true,
  connectTimeoutMs: true,
  reconnect: true,
  health: true,
  maxFrameBytes: true,
  maxInFlight: true,
  maxWaitingBytes: true,
  channel: true,
  retryRequest: true,
  poison: true,
  resync: true,
  unsafe: true,
  exclusive: true,
  callSites: true,
  trace: true,
  log: true,
  onLateReply: true,
  signal: true,
});

const INNER: Readonly<Record<string, ReadonlySet<string>>> = {
  channel: CHANNELS,
  backup: keysOf<BackupOptions>({ socket: true, failBack: true, failBackAfterMs: true, beforeSwitch: true }),
  reconnect: keysOf<ReconnectOptions>({ delayMs: true, maxDelayMs: true, maxAttempts: true }),
  health: keysOf<HealthOptions>({ probe: true, intervalMs: true, timeoutMs: true, threshold: true }),
  poison: keysOf<PoisonOptions>({ deaths: true, withinMs: true, holdMs: true }),
  retryRequest: keysOf<NonNullable<ConnectOptions['retryRequest']>>({ count: true, delayMs: true }),
};

/** Throws BAD_OPTION for one that there is not. */
export function checkConnectOptions(options: ConnectOptions): void {
  check(options, CONNECT, '');
  for (const [name, known] of Object.entries(INNER)) check(Reflect.get(options, name), known, `${name}.`);
}

/** Throws BAD_OPTION for one that there is not. */
export function checkChannelOptions(options: ChannelOptions): void {
  check(options, CHANNEL, 'channel.');
}

function check(options: unknown, known: ReadonlySet<string>, under: string): void {
  if (typeof options !== 'object' || options === null) return;
  for (const key of Object.keys(options)) {
    if (known.has(key)) continue;
    const path = under + key;
    throw new VppmuxError('BAD_OPTION', `there is no option ${path}${didYouMean(key, known).text}`, { path });
  }
}
