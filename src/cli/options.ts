/** Options that several commands share, and what follows from them. */

import { type Command, Option } from 'commander';
import { DEFAULT_SOCKET } from '../mux/for-cli.js';
import type { ConnectOptions } from '../mux/index.js';
import { type FoundVpp, findVpp } from './agents/find-vpp.js';
import type { Host } from './host.js';
import { keepDefinitions } from './keep-definitions.js';
import { parseTimeout } from './option-values.js';

export interface ConnectionFlags {
  readonly socket?: string;
  /** One of the running agent's dataplanes. */
  readonly dataplane?: string;
  readonly apiDir?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly verbose?: boolean;
}

export interface OutputFlags {
  readonly json?: boolean;
  readonly table?: boolean;
  readonly output?: OutputFormat;
}

const FORMATS = ['json', 'table', 'yaml', 'csv'] as const;

export type OutputFormat = (typeof FORMATS)[number];

export function addConnectionOptions(command: Command): Command {
  return command
    .option(
      '-s, --socket <path>',
      `VPP's API socket (env VPP_API_SOCKET; default ${DEFAULT_SOCKET}, else that of the running agent)`,
    )
    .addOption(
      new Option('--dataplane <name>', "that of the running agent's dataplane of this name").conflicts('socket'),
    )
    .option('--api-dir <dir>', 'its .api.json files (env VPP_API_DIR; default: /usr/share/vpp/api, else VPP is asked)')
    .option('-t, --timeout <time>', 'longest wait for an answer, as 500ms or 5s (default 5s)', parseTimeout)
    .option('-v, --verbose', 'say what is going on, and show stack traces');
}

export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'JSON lines, as when the output is piped').conflicts('table'))
    .addOption(new Option('--table', 'readable text or a table, as on a terminal').conflicts('json'));
}

/** Output options of a command whose data may be YAML and CSV as well. */
export function addFormatOptions(command: Command): Command {
  return addOutputOptions(command).addOption(
    new Option('--output <format>', 'form of the output').choices(FORMATS).conflicts(['json', 'table']),
  );
}

/** Output options of a command that reports a state: people read that through a pager, and paste it into a ticket. */
export function addDiagnosisOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'JSON lines instead of text').conflicts('table'))
    .addOption(new Option('--table', 'text, as without it').conflicts('json').hideHelp());
}

export interface NameFlags {
  readonly names?: boolean;
}

export function addNamesOption(command: Command): Command {
  return command.option('--names', 'enums by name in JSON, flags as lists of names (it can be fed back)');
}

/** Readable output: asked for, or the output is a terminal and JSON was not asked for. */
export function isReadable(host: Host, flags: OutputFlags): boolean {
  if (flags.output !== undefined) return flags.output === 'table';
  return flags.table ?? (!flags.json && host.out.isTerminal);
}

/** Makes the options of `connect` from flags and environment, with the running agent's VPP where neither names one. */
export async function vppOptions(host: Host, flags: ConnectionFlags): Promise<ConnectOptions> {
  const given = connectOptions(host, flags);
  if (given.socket !== undefined && flags.dataplane === undefined) return given;
  const found = await findVpp(host.io.env, host.signal, { dataplane: flags.dataplane });
  if (found === undefined) return given;
  noteVpp(host, found);
  return { ...given, socket: found.socket };
}

/** Tells a person which VPP a command has found by itself. */
export function noteVpp(host: Host, { from, socket }: FoundVpp): void {
  if (host.io.stderr.isTTY) host.note(`using the VPP of ${from} (${socket})`);
}

/** The options of `connect` from flags and environment alone. */
export function connectOptions(host: Host, flags: ConnectionFlags): ConnectOptions {
  const { io } = host;
  keepDefinitions(io.env);
  return {
    socket: flags.socket ?? (io.env.VPP_API_SOCKET || undefined),
    apiDir: flags.apiDir,
    ...(flags.timeout === undefined ? {} : { replyTimeoutMs: flags.timeout, connectTimeoutMs: flags.timeout }),
    signal: host.signal,
    log: (level, message, fields) => {
      if (flags.verbose) host.note(`${level}: ${message}${fields ? ` ${JSON.stringify(fields)}` : ''}`);
    },
  };
}
