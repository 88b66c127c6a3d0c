import { Command } from 'commander';
import { withConnection } from '../connection.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { addConnectionOptions, type ConnectionFlags, vppOptions } from '../options.js';
import { footer } from '../output/help-layout.js';
import { pipedLines } from '../prompt/piped-lines.js';
import { screenOf } from '../prompt/session.js';
import { commandRunner } from '../vpp-cli/commands.js';
import { vppSession } from '../vpp-cli/session.js';

const EXAMPLES = `
Examples:
  vppmux cli show interface
  vppmux cli 'show interface address'
  vppmux cli                                      (a prompt; Ctrl-D or quit ends it)
  printf 'show version\\nshow clock\\n' | vppmux cli

It is what vppctl does, over VPP's API socket. A command can do anything to VPP, and VPP's API answers nobody while one runs.
Those that wait (ping, pcap trace, perfmon) are for vppctl: any message of another client ends them early. From a pipe the
first command that fails ends it, with its exit code.`;

export function cliCommand(host: Host): Command {
  const command = new Command('cli')
    .summary("run commands of VPP's command line")
    .description("Runs commands of VPP's command line: one, those of a pipe, or those that are typed at a prompt.")
    .argument(
      '[command...]',
      "words of VPP's command, as show interface; none: a prompt, or commands from a pipe, one a line",
    )
    // They are VPP's.
    .passThroughOptions()
    .addHelpText('after', footer(EXAMPLES));
  return addConnectionOptions(command).action(async (words: string[], flags: ConnectionFlags) => {
    const screen = words.length === 0 ? screenOf(host.io) : undefined;
    if (words.length === 0 && screen === undefined && !host.io.stdinIsData) {
      throw new UsageError('cli needs a command of VPP, as show interface, or commands from a pipe, one a line');
    }
    const options = { ...(await vppOptions(host, flags)), name: 'vppmux cli', health: { probe: false as const } };
    await withConnection(options, async (vpp) => {
      if (screen !== undefined) return vppSession(host, vpp, screen, flags.verbose === true);
      const run = commandRunner(host, vpp.channel());
      if (words.length > 0) return run(words.join(' '), host.signal);
      for await (const text of pipedLines(host)) await run(text, host.signal);
    });
  });
}
