/** Options of the commands that trace and capture packets. */

import { type Command, InvalidArgumentError } from 'commander';
import { addAgentOptions } from '../agents/agent-options.js';
import { parseTimeout } from '../option-values.js';
import { addConnectionOptions } from '../options.js';
import type { CaptureFlags } from './capture-calls.js';

export interface FilterFlags extends CaptureFlags {
  readonly src?: string;
  readonly dst?: string;
  readonly proto?: string;
  readonly port?: number;
  readonly filter?: string;
  /** Milliseconds. */
  readonly time?: number;
}

export function addFilterOptions(command: Command): Command {
  command
    .option('--src <prefix>', 'only packets from this address or prefix')
    .option('--dst <prefix>', 'only packets to this address or prefix')
    .option('--proto <name>', 'only this protocol: tcp, udp, icmp, icmp6, arp, …, or its number')
    .option('--port <n>', 'only packets from or to this port', parsePort)
    .option(
      '--filter <text>',
      "an expression of libpcap instead, as 'tcp and dst port 80', where VPP has its plugin for it",
    )
    .option('--time <time>', 'how long at most, as 10s or 5m (default: time-limit of capture.conf, 1m)', parseTimeout)
    .option('--vpp-tmp <dir>', "where VPP's /tmp is seen from here, without an agent", undefined);
  return addAgentOptions(addConnectionOptions(command));
}

/** The part of an operation's input that the options give. */
export function filterInput({ src, dst, proto, port, filter, time }: FilterFlags): object {
  const given = { src, dst, proto, port, filter, time: time === undefined ? undefined : `${time}ms` };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The word about who filters, where VPP does not. */
export const AGENT_FILTERS =
  'VPP has no filter of its own for this (bpf_trace_filter_plugin.so is not loaded): it takes all packets, and those that do not pass are left out here';

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('it must be a number from 0 to 65535.');
}
