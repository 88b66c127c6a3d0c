import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux plugin new uplink-watch
  vppmux plugin new uplink-watch --dir plugins/uplink-watch
  vppmux plugin new uplink-watch --vppmux ../vppmux-0.1.0.tgz

It writes a plugin with one operation, its configuration and its tests, which pass: change it from there.`;

export function pluginNewCommand(host: Host): Command {
  return new Command('new')
    .summary('write the folder of a new plugin')
    .description('Writes a folder with a plugin that builds, runs and passes its tests.')
    .argument('<name>', 'lower-case words joined by dashes')
    .option('-d, --dir <dir>', 'the folder, which must not be there yet (default: NAME)')
    .option(
      '--vppmux <path>',
      'the vppmux it depends on: a folder, or a file of npm pack (default: the one that runs: its folder, or the version that is installed)',
    )
    .addHelpText('after', footer(EXAMPLES))
    .action(async (name: string, flags: { readonly dir?: string; readonly vppmux?: string }) => {
      const { pluginFiles, vppmuxDependency } = await import('../plugin/plugin-files.js');
      const { refuseBadName, refusePlace, writeFolder } = await import('../plugin/new-plugin.js');
      refuseBadName(name);
      const folder = resolve(flags.dir ?? name);
      refusePlace(folder);
      const files = pluginFiles(name, vppmuxDependency(folder, flags.vppmux));
      writeFolder(folder, files);
      const there = relative('.', folder);
      for (const path of files.keys()) await host.out.line(`${there}/${path}`);
      host.note(`the plugin ${name} is written; next: cd ${there} && npm install && npm test`);
    });
}
