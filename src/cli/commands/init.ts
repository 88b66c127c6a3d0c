import { Command } from 'commander';
import type { Host } from '../host.js';
import type { InitFlags } from '../init/init.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  sudo vppmux init /etc/vppmux
  sudo vppmux init /etc/vppmux --endpoint 0.0.0.0:9191        (other machines may come, with a token)
  sudo vppmux init /etc/vppmux --socket /run/vpp2/api.sock --user netops

It writes the configuration files with all their defaults, a token to read and one to write (mode 0600, in the folder
secrets), and vppmux.service, a unit of systemd that hands the tokens to the agent. Then it prints what to do next, as
commands. A file that is there already is kept as it is.`;

export function initCommand(host: Host): Command {
  return new Command('init')
    .summary('write a configuration folder, tokens, and a systemd unit')
    .description('Writes a configuration folder for an agent that runs as a service.')
    .argument('<dir>', 'the folder, as /etc/vppmux')
    .option('--endpoint <address:port>', 'where the agent listens (default: 127.0.0.1:9191)')
    .option('-s, --socket <path>', "VPP's API socket (default: /run/vpp/api.sock)")
    .option('--user <user>', 'the user that the service runs as (default: one that systemd makes up)')
    .option('--group <group>', "the group of VPP's socket (default: the one it has, else vpp)")
    .option('--no-tokens', 'no tokens: callers on this machine may read, and nobody may write')
    .addHelpText('after', footer(EXAMPLES))
    .action(async (dir: string, flags: InitFlags) => {
      const { init } = await import('../init/init.js');
      await init(host, dir, flags);
    });
}
