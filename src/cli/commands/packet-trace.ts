import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { type CaptureCalls, captureCalls } from '../capture/capture-calls.js';
import { AGENT_FILTERS, addFilterOptions, type FilterFlags, filterInput } from '../capture/filter-options.js';
import { packetLines, type ShownPacket } from '../capture/packet-text.js';
import { runCommand } from '../capture/run-command.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { ProgressLine } from '../op/progress-line.js';
import { parseCount } from '../option-values.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux packet-trace                                   (50 packets, or until Ctrl-C)
  vppmux packet-trace --src 192.0.2.1 --proto udp --port 53 -n 10
  vppmux packet-trace --through drop                    (only packets that are dropped)
  vppmux packet-trace --proto icmp -- ping -c 3 192.0.2.1
  vppmux packet-trace --json | jq -r '.nodes[].node'

It works through a running agent, whose write-token it needs, or directly at VPP's socket (--socket). One packet trace or
pcap at a time is possible on a VPP; everything is undone in VPP when it ends, however it ends.`;

/** Time between two looks. */
const POLL_MS = 500;
/** Time after which an agent takes this command for gone. */
const KEEP_ALIVE = '15s';
/** Time for the last packets of a command to get through VPP. */
const SETTLE_MS = 200;

interface TraceFlags extends FilterFlags, OutputFlags {
  readonly node?: readonly string[];
  readonly count?: number;
  readonly through?: string;
}

export function packetTraceCommand(host: Host): Command {
  const command = new Command('packet-trace')
    .summary("trace packets through VPP's graph")
    .description(
      "Traces packets on their way through VPP's graph, while a command runs or until Ctrl-C, and prints them.",
    )
    .argument('[command...]', 'behind --: a command; packets are traced while it runs')
    .option('-n, --count <n>', 'packets (default 50)', parseCount)
    .addOption(new Option('--node <name...>', 'input nodes (default: all of the drivers that VPP has)'))
    .option('--through <node>', 'keep only packets that go through this node, as drop')
    .addHelpText('after', footer(EXAMPLES));
  return addOutputOptions(addFilterOptions(command)).action((words: string[], flags: TraceFlags) =>
    trace(host, words, flags),
  );
}

async function trace(host: Host, words: readonly string[], flags: TraceFlags): Promise<void> {
  const { count, node, through } = flags;
  const calls = await captureCalls(host, flags);
  let code = 0;
  try {
    const started = await calls.call('packet-trace.start', {
      ...filterInput(flags),
      ...(count !== undefined && { count }),
      ...(node !== undefined && { node }),
      ...(through !== undefined && { through }),
      keepAlive: KEEP_ALIVE,
    });
    const { lease, nodes, filter } = started as unknown as Started;
    if (filter.by === 'agent') host.note(AGENT_FILTERS);
    host.note(
      `${calls.at} traces at ${nodes.join(', ')}; ${words.length > 0 ? 'it ends with the command' : 'Ctrl-C ends it'}`,
    );
    const command = words.length > 0 ? runCommand(host, words) : undefined;
    await untilDone(host, calls, lease.id, command?.ended);
    code = (await command?.ended) ?? 0;
    await calls.call('packet-trace.stop', { lease: lease.id });
    await show(host, flags, (await calls.call('packet-trace.packets', { lease: lease.id })) as unknown as Progress);
  } finally {
    await calls.close();
  }
  if (code === 0) return;
  host.note(`${words[0]} has ended with ${code}`);
  throw new ExitWith(EXIT.REFUSED);
}

interface Started {
  readonly lease: { readonly id: string };
  readonly nodes: readonly string[];
  readonly filter: { readonly by: string };
}

interface Progress {
  readonly state: string;
  readonly ended?: string;
  readonly matched: number;
  readonly captured: number;
  readonly complete: boolean;
  readonly packets: readonly ShownPacket[];
}

/** Waits for the command, else for all packets; for Ctrl-C and the end of the lease in each case. */
async function untilDone(host: Host, calls: CaptureCalls, lease: string, command?: Promise<number>): Promise<void> {
  const line = new ProgressLine(host.io);
  const done = new AbortController();
  void command?.finally(() => setTimeout(SETTLE_MS).then(() => done.abort()));
  const signal = AbortSignal.any([host.signal, done.signal]);
  try {
    while (!signal.aborted) {
      await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const { state, ended, matched, complete } = (await calls.call('packet-trace.packets', {
        lease,
      })) as unknown as Progress;
      line.show({ done: matched });
      if (state === 'ended') host.note(`the trace has ended: ${ended}`);
      if (state === 'ended' || (complete && command === undefined)) return;
    }
  } finally {
    line.end();
  }
}

async function show(host: Host, flags: OutputFlags, { packets, captured }: Progress): Promise<void> {
  const readable = isReadable(host, flags);
  for (const packet of packets) {
    if (readable) await host.out.line(`${packetLines(packet).join('\n')}\n`);
    else await host.out.json(packet);
  }
  const rest = captured - packets.length;
  host.note(
    `${packets.length} packet${packets.length === 1 ? '' : 's'}${rest > 0 ? `, of ${captured} that VPP has traced` : ''}`,
  );
}
