/** Reads facts about VPP itself, and runs commands of its command line: `system` of the door. */

import type { Channel, Untyped } from '../mux/index.js';
import { type ExchangeOptions, typed } from './exchange.js';

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
export async function version(channel: Channel<Untyped>, options: ExchangeOptions = {}): Promise<VppVersion> {
  const reply = await typed(channel).request('show_version', {}, options);
  return {
    program: reply.program,
    version: reply.version,
    buildDate: reply.build_date,
    buildDirectory: reply.build_directory,
  };
}

/** Runs a command, such as `show interface` (`cli_inband`). Resolves also when VPP refuses it: look at `retval`. */
export async function cli(
  channel: Channel<Untyped>,
  command: string,
  options: ExchangeOptions = {},
): Promise<CliResult> {
  const { retval, reply } = await typed(channel).request(
    'cli_inband',
    { cmd: command },
    { ...options, anyRetval: true },
  );
  return { retval, output: reply };
}
