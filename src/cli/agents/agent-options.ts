/** Options that choose the agent which a command asks, and the token for it. */

import type { Stats } from 'node:fs';
import type { Command } from 'commander';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';
import { readInput } from '../files/input.js';
import type { Host } from '../host.js';
import { DEFAULT_AGENT } from './agent-address.js';

const TOKEN_BYTES = 64 * 1024;

export interface AgentFlags {
  readonly agent?: string;
  readonly tokenFile?: string;
}

/** Flags of commands that have an agent do something at VPP. */
export interface DataplaneFlags extends AgentFlags {
  readonly dataplane?: string;
}

/** As `addAgentOptions`, for commands about one of the agent's dataplanes. */
export function addDataplaneOptions(command: Command): Command {
  return addAgentOptions(command).option(
    '--dataplane <name>',
    "which of the agent's dataplanes, where it has several (default: main)",
  );
}

export function addAgentOptions(command: Command): Command {
  return command
    .option('--agent <url>', `the agent (env VPPMUX_AGENT; default: the one that runs, else ${DEFAULT_AGENT})`)
    .option('--token-file <file>', "a file with the agent's read-token or write-token (or env VPPMUX_TOKEN)");
}

/** `Authorization`, if there is a token. It is never an argument: every user of the machine could read it there. */
export function authorization(host: Host, { tokenFile }: AgentFlags): { authorization?: string } {
  const token = tokenFile === undefined ? host.io.env.VPPMUX_TOKEN?.trim() : readToken(host, tokenFile);
  if (!token) return {};
  if (/^[\x21-\x7e]+$/.test(token)) return { authorization: `Bearer ${token}` };
  const problem = whyNoToken(token);
  throw new UsageError(`${tokenFile === undefined ? 'VPPMUX_TOKEN' : `--token-file ${tokenFile}`}: ${problem}`);
}

function whyNoToken(token: string): string {
  if (token.trim() === '') return 'there is no token in it';
  const [odd] = token.match(/[^\x21-\x7e]/u) ?? [];
  if (odd === '…') return 'it has "…" in it, which stands for the token itself in examples';
  if (/\s/.test(odd ?? '')) return 'what is in it is no token: one has no spaces and no line breaks';
  return 'what is in it is no token: one has only letters, digits and signs of ASCII';
}

/** A token that others can read is used all the same: it has been open to them already. */
function readToken(host: Host, file: string): string {
  const check = (found: Stats) => {
    if (found.isFile() && (found.mode & 0o004) !== 0) {
      host.note(`every user of this machine can read the token in ${file}; chmod 600 ${file}`);
    }
  };
  try {
    return readInput(file, TOKEN_BYTES, check).trim() || ' ';
  } catch (error) {
    throw new UsageError(`--token-file ${file}: ${reasonOf(error)}`);
  }
}
