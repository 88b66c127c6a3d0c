/** The options of a connection as they are in effect: checked, and with their defaults. The table of them is `options/connect-options.ts`. */

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { socketPathProblem } from '../socket-path.js';
import { CHANNEL_OPTIONS } from './options/channel-options.js';
import { badOption, checkOption, checkOptions, withDefaults } from './options/check-options.js';
import { CONNECT_OPTIONS } from './options/connect-options.js';
import { defaultSocket } from './options/default-socket.js';
import { millisecondsProblem } from './options/kinds.js';
import { guarded } from './options/user-functions.js';
import type { ChannelOptions, ConnectOptions, PoisonOptions } from './types.js';

export { CHANNEL_OPTIONS } from './options/channel-options.js';
export { CONNECT_OPTIONS } from './options/connect-options.js';
export { DEFAULT_SOCKET, usualSocket } from './options/default-socket.js';

export type Settings = ReturnType<typeof settings>;

/** The name of a transport that is used without an address. */
const CUSTOM = 'custom transport';

/** Defaults of the groups that are also filled in elsewhere. */
export const DEFAULTS = {
  channel: withDefaults(CONNECT_OPTIONS.channel.options, {} as ChannelOptions),
  poison: withDefaults(CONNECT_OPTIONS.poison.options, {} as PoisonOptions),
};

/** Throws BAD_OPTION, naming the option. */
export function settings(options: ConnectOptions) {
  checkOptions(CONNECT_OPTIONS, options);
  const filled = withDefaults(CONNECT_OPTIONS, options);
  const all = {
    ...filled,
    socket: filled.socket ?? (filled.transport ? CUSTOM : defaultSocket()),
    callSites: filled.callSites ?? process.env.VPPMUX_CALL_SITES === '1',
    ...guarded(options),
  };
  if (!all.transport) checkPath('socket', all.socket);
  if (all.backup) checkBackup(all.backup.socket, all.socket, all.transport !== undefined);
  return all;
}

/** Throws BAD_OPTION. */
export function checkChannelOptions(options: ChannelOptions): void {
  checkOptions(CHANNEL_OPTIONS, options, 'channel.');
}

/** Throws BAD_OPTION. */
export function checkChannel(channel: { requestBuffer: number; replyBuffer: number; replyBytes: number }): void {
  for (const key of ['requestBuffer', 'replyBuffer', 'replyBytes'] as const) {
    checkOption(CHANNEL_OPTIONS[key], `channel.${key}`, channel[key]);
  }
}

/** Throws BAD_OPTION unless `value` is a time that a timer takes. */
export function milliseconds(name: string, value: unknown): void {
  checkOption({ problem: millisecondsProblem }, name, value);
}

function checkBackup(backup: string, primary: string, isAddress: boolean): void {
  checkOption(CONNECT_OPTIONS.backup.options.socket, 'backup.socket', backup);
  if (!isAddress) checkPath('backup.socket', backup);
  if (target(backup) !== target(primary)) return;
  throw badOption('backup.socket', `the backup must be another VPP than the primary: both are ${primary}`);
}

/** Throws BAD_OPTION unless a Unix socket can have that path. */
function checkPath(name: string, path: string): void {
  const problem = socketPathProblem(path);
  if (problem !== undefined) throw badOption(name, `the path of the socket ${problem} (${path})`);
}

/** The file that a path leads to, as far as it exists. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
