import { Command } from 'commander';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux plugin help govpp
  vppmux plugin help ./lister.js
  vppmux plugin help .                (the folder of a plugin)`;

interface HelpFlags {
  readonly config?: string;
  readonly configDir?: string;
  readonly export?: string;
  readonly with?: readonly string[];
}

export function pluginHelpCommand(host: Host): Command {
  return new Command('help')
    .summary('show what a plugin is for, its configuration and its operations')
    .description('Shows what a plugin says of itself. It is created against a mock of VPP, but not started.')
    .argument('<plugin>', 'path, npm package or short name, as in agent.yaml')
    .argument('[key=value...]', 'arguments for the plugin')
    .option('--config <file>', 'its configuration file (default: its defaults)')
    .option('-c, --config-dir <dir>', 'directory of agent.yaml, which names the plugin folder')
    .option('--export <name>', 'the export to take, where the file has several plugins')
    .option('--with <plugin...>', 'further plugins, that provide what it requires')
    .addHelpText('after', footer(EXAMPLES))
    .action(async (reference: string, words: readonly string[], flags: HelpFlags) => {
      const { argumentsFor, loadNamedPlugin, named } = await import('../plugin/load-plugin.js');
      const { createOnly } = await import('../plugin/test-agent.js');
      const { pluginHelp } = await import('../plugin/plugin-help.js');
      const args = argumentsFor(reference, words);
      const [plugin, ...others] = await named(async () => {
        const subject = await loadNamedPlugin(reference, flags);
        const more = (flags.with ?? []).map((other) => loadNamedPlugin(other, { configDir: flags.configDir }));
        return [subject, ...(await Promise.all(more))];
      });
      const made = await createOnly(plugin, { ...flags, args }, others);
      for (const line of await pluginHelp(plugin, made, host.out.width)) await host.out.line(line);
    });
}
