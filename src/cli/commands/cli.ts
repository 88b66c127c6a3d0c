import { Command } from 'commander';
import { VppmuxError } from '../../mux/errors.js';
import type { Channel } from '../../mux/types.js';
import type { Host } from '../host.js';
import { addConnectionOptions, type ConnectionFlags, vppOptions } from '../options.js';
import { footer } from '../output/help-layout.js';
import { UsageError } from '../usage-error.js';
import { commandsFromPipe } from '../vpp-cli/commands.js';
import { withConnection } from '../with-connection.js';

const EXAMPLES = `
Examples:
  vppmux cli show interface
  vppmux cli 'show interface address'
  printf 'show version\\nshow clock\\n' | vppmux cli

It is what vppctl does, over VPP's API socket. A command can do anything to VPP, and VPP's API answers nobody while one runs.
Those that wait (ping, pcap trace, perfmon) are for vppctl: any message of another client ends them early. From a pipe the
first command that fails ends it, with its exit code.`;

export function cliCommand(host: Host): Command {
  const command = new Command('cli')
    .summary("run commands of VPP's command line")
    .description("Runs commands of VPP's command line: one, or those of a pipe.")
    .argument('[command...]', "words of VPP's command, as show interface; none: commands from a pipe, one a line")
    // They are VPP's.
    .passThroughOptions()
    .addHelpText('after', footer(EXAMPLES));
  return addConnectionOptions(command).action(async (words: string[], flags: ConnectionFlags) => {
    if (words.length === 0 && !host.io.stdinIsData) {
      throw new UsageError('cli needs a command of VPP, as show interface, or commands from a pipe, one a line');
    }
    const options = { ...(await vppOptions(host, flags)), name: 'vppmux cli', health: { probe: false as const } };
    await withConnection(options, async (vpp) => {
      const run = (text: string) => runCommand(host, vpp.channel(), text);
      if (words.length > 0) return run(words.join(' '));
      for await (const text of commandsFromPipe(host)) await run(text);
    });
  });
}

/** Prints what VPP says, all of it. A refusal is thrown with VPP's words; what it printed before it failed is among them. */
async function runCommand(host: Host, channel: Channel, text: string): Promise<void> {
  const asked = channel.request('cli_inband', { cmd: text }, { signal: host.signal });
  const { reply } = await asked.catch((error: unknown) => {
    const late = error instanceof VppmuxError && error.code === 'REPLY_TIMEOUT' && !host.signal.aborted;
    if (late) host.note('VPP goes on with the command, and answers nobody until it is through');
    throw error;
  });
  const shown = String(reply).trimEnd();
  if (shown !== '') await host.out.line(shown);
}
