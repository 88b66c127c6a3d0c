import { Command } from 'commander';
import { printableLine } from '../../printable.js';
import type { Host } from '../host.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { hanging } from '../output/hanging.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux plugin list
  vppmux plugin list --config-dir /etc/vppmux       (with those of its plugin folder, which are loaded)`;

const LEAST_VERSION = 7;

export function pluginListCommand(host: Host): Command {
  const command = new Command('list')
    .summary('list the plugins that come with vppmux, and those in the plugin folder')
    .description('Lists the plugins that agent.yaml can name in short.')
    .option('-c, --config-dir <dir>', 'directory of agent.yaml, which names the plugin folder (plugin-dir)')
    .addHelpText('after', footer(EXAMPLES));
  addOutputOptions(command);
  return command.action(async (flags: OutputFlags & { readonly configDir?: string }) => {
    const { named } = await import('../plugin/load-plugin.js');
    const { listPlugins } = await import('../plugin/list-plugins.js');
    const all = await named(() => listPlugins(flags.configDir));
    if (!isReadable(host, flags)) {
      for (const plugin of all) await host.out.json(plugin);
      return;
    }
    const rows = all.map(({ name, version = '', description = '', error: problem }) => [
      name,
      version.padEnd(LEAST_VERSION),
      problem === undefined ? description.split('\n')[0] : `cannot be loaded: ${printableLine(problem)}`,
    ]);
    for (const line of hanging(rows, host.out.width)) await host.out.line(line);
  });
}
