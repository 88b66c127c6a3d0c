/** Reads facts about VPP itself, and runs commands of its command line: `system` of the door. */

import type { Channel } from '../mux/index.js';
import type { ExchangeOptions } from './exchange.js';

/** `show_version_reply`. */
export interface VppVersion {
  /** Name that VPP gives itself: `vpe`. */
  readonly program: string;
  /** `26.06-release`. */
  readonly version: string;
  readonly buildDate: string;
  readonly buildDirectory: string;
}

/** Outcome of a command of VPP's command line. */
export interface CliResult {
  /** 0 when it was carried out; VPP's number for why not otherwise. */
  readonly retval: number;
  /** Everything that it printed, or why it failed. */
  readonly output: string;
}

/** Reads VPP's version (`show_version`). */
export async function version(channel: Channel, options: ExchangeOptions = {}): Promise<VppVersion> {
  const reply = await channel.request('show_version', {}, options);
  return {
    program: String(reply.program),
    version: String(reply.version),
    buildDate: String(reply.build_date),
    buildDirectory: String(reply.build_directory),
  };
}

/** Runs a command, such as `show interface` (`cli_inband`). Resolves also when VPP refuses it: look at `retval`. */
export async function cli(channel: Channel, command: string, options: ExchangeOptions = {}): Promise<CliResult> {
  const { retval, reply } = await channel.request('cli_inband', { cmd: command }, { ...options, anyRetval: true });
  return { retval: Number(retval), output: String(reply) };
}
