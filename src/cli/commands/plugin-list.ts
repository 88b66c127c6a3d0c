import { Command } from 'commander';
import type { Host } from '../host.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { toJsonLine } from '../output/plain.js';

const EXAMPLES = `
Examples:
  vppmux plugin list
  vppmux plugin list --config-dir /etc/vppmux       (with those of its plugin folder, which are loaded)`;

export function pluginListCommand(host: Host): Command {
  const command = new Command('list')
    .summary('list the plugins that come with vppmux, and those in the plugin folder')
    .description('Lists the plugins that agent.yaml can name in short.')
    .option('-c, --config-dir <dir>', 'directory of agent.yaml, which names the plugin folder (plugin-dir)')
    .addHelpText('after', EXAMPLES);
  addOutputOptions(command);
  return command.action(async (flags: OutputFlags & { readonly configDir?: string }) => {
    const { named } = await import('../plugin/load-subject.js');
    const { listPlugins } = await import('../plugin/list-plugins.js');
    const all = await named(() => listPlugins(flags.configDir));
    const width = Math.max(...all.map(({ name }) => name.length));
    for (const plugin of all) {
      const { name, version = '', description = '', error: problem } = plugin;
      const text = problem === undefined ? description.split('\n')[0] : `cannot be loaded: ${problem}`;
      const readable = `${name.padEnd(width)}  ${version.padEnd(7)}  ${text}`.trimEnd();
      await host.out.line(isReadable(host, flags) ? readable : toJsonLine(plugin));
    }
  });
}
