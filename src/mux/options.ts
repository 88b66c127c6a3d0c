/** Options of a connection, checked and with their defaults filled in. */

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { RepeatedLines } from '../repeated-lines.js';
import { socketPathProblem } from '../socket-path.js';
import { kindAndReason } from '../thrown.js';
import { VppmuxError } from './errors.js';
import { checkConnectOptions } from './known-options.js';
import type { BackupOptions, ConnectOptions } from './types.js';

export const DEFAULT_SOCKET = '/run/vpp/api.sock';

/** Shown in place of a socket where a transport is used and no address is given. */
const CUSTOM = 'custom transport';

export const DEFAULTS = {
  name: 'vppmux',
  replyTimeoutMs: 5000,
  connectTimeoutMs: 5000,
  maxFrameBytes: 64 * 1024 * 1024,
  maxInFlight: 8192,
  maxWaitingBytes: 256 * 1024 * 1024,
  reconnect: { delayMs: 100, maxDelayMs: 5000, maxAttempts: 0 },
  health: { probe: 'control_ping' as string | false, intervalMs: 1000, timeoutMs: 1000, threshold: 2 },
  channel: { requestBuffer: 100, replyBuffer: 16384, replyBytes: 64 * 1024 * 1024 },
  retryRequest: { count: 0, delayMs: 500 },
  poison: { deaths: 2, withinMs: 100, holdMs: 30_000 },
  backup: { failBack: 'auto', failBackAfterMs: 30_000 },
} as const;

export type Settings = ReturnType<typeof settings>;

/** Throws BAD_OPTION, naming the option. */
export function settings(options: ConnectOptions) {
  checkConnectOptions(options);
  const reconnect = { ...DEFAULTS.reconnect, ...defined(options.reconnect) };
  const health = { ...DEFAULTS.health, ...defined(options.health) };
  const channel = { ...DEFAULTS.channel, ...defined(options.channel) };
  const retryRequest = { ...DEFAULTS.retryRequest, ...defined(options.retryRequest) };
  const all = {
    ...options,
    socket: options.socket ?? (options.transport ? CUSTOM : defaultSocket()),
    name: options.name ?? DEFAULTS.name,
    replyTimeoutMs: options.replyTimeoutMs ?? DEFAULTS.replyTimeoutMs,
    connectTimeoutMs: options.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs,
    maxFrameBytes: options.maxFrameBytes ?? DEFAULTS.maxFrameBytes,
    maxInFlight: options.maxInFlight ?? DEFAULTS.maxInFlight,
    maxWaitingBytes: options.maxWaitingBytes ?? DEFAULTS.maxWaitingBytes,
    resync: options.resync ?? true,
    exclusive: options.exclusive ?? [],
    callSites: options.callSites ?? process.env.VPPMUX_CALL_SITES === '1',
    ...guarded(options),
    poison: options.poison === true ? {} : options.poison || undefined,
    backup: options.backup && { ...DEFAULTS.backup, ...(defined(options.backup) as BackupOptions) },
    reconnect,
    health,
    channel,
    retryRequest,
  };
  const { transport } = options;
  if (transport !== undefined && typeof transport !== 'function') {
    throw new VppmuxError('BAD_OPTION', `transport must be a function, not ${String(transport)}`, {
      path: 'transport',
    });
  }
  const check = transport ? checkAddress : checkSocket;
  check('socket', all.socket);
  if (all.backup) check('backup.socket', all.backup.socket);
  if (all.backup) checkBackup(all.backup, all.socket);
  if (typeof all.name !== 'string' || all.name === '') {
    throw new VppmuxError('BAD_OPTION', 'name must be a text that is not empty', { path: 'name' });
  }
  milliseconds('replyTimeoutMs', all.replyTimeoutMs);
  milliseconds('connectTimeoutMs', all.connectTimeoutMs);
  whole('maxFrameBytes', all.maxFrameBytes, 1024);
  whole('maxInFlight', all.maxInFlight, 1);
  whole('maxWaitingBytes', all.maxWaitingBytes, 1);
  milliseconds('reconnect.delayMs', reconnect.delayMs);
  milliseconds('reconnect.maxDelayMs', reconnect.maxDelayMs);
  whole('reconnect.maxAttempts', reconnect.maxAttempts, 0);
  if (health.intervalMs !== 0) milliseconds('health.intervalMs', health.intervalMs);
  milliseconds('health.timeoutMs', health.timeoutMs);
  whole('health.threshold', health.threshold, 1);
  if (typeof options.poison === 'object') {
    const { deaths, withinMs, holdMs } = { ...DEFAULTS.poison, ...defined(options.poison) };
    whole('poison.deaths', deaths, 1);
    milliseconds('poison.withinMs', withinMs);
    milliseconds('poison.holdMs', holdMs);
  }
  whole('retryRequest.count', retryRequest.count, 0);
  milliseconds('retryRequest.delayMs', retryRequest.delayMs);
  checkChannel(channel);
  checkNames('exclusive', all.exclusive);
  return all;
}

/** Throws BAD_OPTION. */
export function checkChannel(channel: { requestBuffer: number; replyBuffer: number; replyBytes: number }): void {
  whole('channel.requestBuffer', channel.requestBuffer, 1);
  whole('channel.replyBuffer', channel.replyBuffer, 1);
  whole('channel.replyBytes', channel.replyBytes, 1);
}

/** Throws BAD_OPTION unless `value` is a time that a timer takes. */
export function milliseconds(name: string, value: unknown): void {
  if (typeof value === 'number' && value > 0 && value <= 0x7fffffff) return;
  throw new VppmuxError('BAD_OPTION', `${name} must be a number of milliseconds above 0, not ${String(value)}`, {
    path: name,
  });
}

function whole(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new VppmuxError('BAD_OPTION', `${name} must be a whole number of at least ${least}, not ${String(value)}`, {
    path: name,
  });
}

function checkNames(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '')) return;
  throw new VppmuxError('BAD_OPTION', `${name} must be a list of message names`, { path: name });
}

function checkSocket(name: string, path: string): void {
  const problem = typeof path === 'string' ? socketPathProblem(path) : 'must be a string';
  if (problem === undefined) return;
  throw new VppmuxError('BAD_OPTION', `the path of the socket ${problem} (${String(path)})`, { path: name });
}

/** Throws BAD_OPTION unless it is an address: with a transport, any string. */
function checkAddress(name: string, address: unknown): void {
  if (typeof address === 'string' && address !== '') return;
  throw new VppmuxError('BAD_OPTION', `${name} must be a string that is not empty`, { path: name });
}

function checkBackup({ socket, failBack, failBackAfterMs }: BackupOptions, primary: string): void {
  if (target(socket) === target(primary)) {
    throw new VppmuxError('BAD_OPTION', `the backup must be another VPP than the primary: both are ${primary}`, {
      path: 'backup.socket',
    });
  }
  if (failBack !== 'auto' && failBack !== 'manual') {
    const text = `backup.failBack must be "auto" or "manual", not ${String(failBack)}`;
    throw new VppmuxError('BAD_OPTION', text, { path: 'backup.failBack' });
  }
  milliseconds('backup.failBackAfterMs', failBackAfterMs);
}

/** Where a path leads to, as far as it exists. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** The user's own functions, so that what they throw is told (once each) instead of harming the connection. */
function guarded({ log, onLateReply }: ConnectOptions) {
  const told = new Set<string>();
  const quietly = (work: () => void, name: string) => {
    try {
      work();
    } catch (error) {
      if (told.has(name)) return;
      told.add(name);
      if (name !== 'log') safeLog('warn', `the ${name} function of this connection throws: ${kindAndReason(error)}`);
    }
  };
  const repeated = new RepeatedLines();
  const safeLog: NonNullable<ConnectOptions['log']> = (level, message, fields) => {
    const write = (text: string) => quietly(() => log?.(level, text, fields), 'log');
    if (level === 'debug') write(message);
    else if (log) repeated.line(level, message, write);
  };
  return {
    log: safeLog,
    /** Writes how many lines have been folded so far: at the end of the connection. */
    writeFolded: () => repeated.flush(),
    onLateReply:
      onLateReply && ((late: Parameters<typeof onLateReply>[0]) => quietly(() => onLateReply(late), 'onLateReply')),
  };
}

/** What is given, without the keys that are given as undefined. */
function defined<T extends object>(
  given: T | undefined,
): Partial<{ [K in keyof T]: NonNullable<T[K]> | Extract<T[K], false> }> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as never;
}

const defaultSocket = () => process.env.VPP_API_SOCKET || usualSocket();

/** The socket where VPP listens when started by root, or else by this user (WIRE 3.19). */
export function usualSocket(): string {
  const own = `/run/user/${process.getuid?.()}/vpp/api.sock`;
  return !existsSync(DEFAULT_SOCKET) && existsSync(own) ? own : DEFAULT_SOCKET;
}
