import { Command } from 'commander';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { report } from '../output/finding.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux plugin check .                                   (the folder of a plugin)
  vppmux plugin check dist/lister.js --config lister.conf
  vppmux plugin check ./uplinks.js --with ./routes.js     (which provides what it requires)

It runs against a mock of its own; no VPP and no agent is touched. ✓ is well, ! worth a look, ✗ wrong: then the exit code is ${EXIT.REFUSED}.`;

interface CheckFlags extends OutputFlags {
  readonly config?: string;
  readonly configDir?: string;
  readonly export?: string;
  readonly with?: readonly string[];
  readonly verbose?: boolean;
}

export function pluginCheckCommand(host: Host): Command {
  const command = new Command('check')
    .summary('take a plugin through its whole life, against a mock')
    .description(
      'Loads a plugin, starts it in an agent of its own against a mock of VPP, and tries all that can happen to it.',
    )
    .argument('<plugin>', 'path, npm package or short name, as in agent.yaml')
    .argument('[key=value...]', 'arguments for the plugin')
    .option('--config <file>', 'its configuration file (default: its defaults)')
    .option(
      '-c, --config-dir <dir>',
      'directory of agent.yaml and <plugin>.conf: time budgets and configuration are theirs',
    )
    .option('--export <name>', 'the export to take, where the file has several plugins')
    .option('--with <plugin...>', 'further plugins, that provide what it requires')
    .option('-v, --verbose', "show the agent's log, on stderr")
    .addHelpText('after', footer(EXAMPLES));
  addDiagnosisOptions(command);
  return command.action(async (reference: string, words: readonly string[], flags: CheckFlags) => {
    // The agent and its libraries are loaded by the commands that need them.
    const { argumentsFor } = await import('../plugin/load-plugin.js');
    const { checkPlugin } = await import('../plugin/check-plugin.js');
    const findings = checkPlugin({
      ...flags,
      reference,
      args: argumentsFor(reference, words),
      with: flags.with ?? [],
      signal: host.signal,
      onLog: ({ level, plugin, msg }) => {
        if (flags.verbose) host.note(`${level}: ${plugin === undefined ? '' : `${plugin}: `}${msg}`);
      },
    });
    if (!(await report(host, flags, findings))) throw new ExitWith(EXIT.REFUSED);
  });
}
