/** The program as commander has it: its commands, its help, and how it is worded that a command line is wrong. */

import { Command, Help } from 'commander';
import { helpCommand } from './commands/help.js';
import type { CommandTable, Host } from './host.js';
import { helpLayout, usageErrorText } from './output/help-layout.js';
import { helpRows } from './output/help-rows.js';
import { packageVersion } from './version.js';

/** Columns by which what goes on below is indented. */
export const HANG = 2;
/** Columns of a help text in a pipe: a pager shows it in a window of any width, mostly this one. */
const PIPED_HELP = 80;

/** Builds the commands that `commands` load, with `help`; its texts go to the host's output. */
export async function buildProgram(host: Host, commands: readonly CommandTable[string][]): Promise<Command> {
  const { out, err } = host;
  const program = new Command('vppmux')
    .usage('COMMAND …  (vppmux help COMMAND: its options; also exit-codes)')
    .version(packageVersion(), '-V, --version')
    // Behind `op` they are the operation's own.
    .enablePositionalOptions()
    // In one screen of 24 lines: the help of a command has all that it can do.
    .configureHelp({
      visibleOptions: () => [],
      visibleCommands: (command) => helpRows(Help.prototype.visibleCommands.call(new Help(), command)),
      subcommandTerm: (command) => command.name(),
      formatHelp: (command, helper) => Help.prototype.formatHelp.call(helper, command, helper).replaceAll('\n\n', '\n'),
      formatItemList: (_, items) => (items.length === 0 ? [] : [...items, '']),
    });
  for (const build of await Promise.all(commands.map((load) => load()))) program.addCommand(build(host));
  // The last lines of the help say how it is called.
  program.helpCommand(false).addCommand(helpCommand(host), { hidden: true });
  for (const command of [program, ...program.commands.flatMap((own) => [own, ...own.commands])]) {
    command.configureHelp({ ...helpLayout, ...command.configureHelp() });
    command.exitOverride().configureOutput({
      writeOut: (text) => void out.text(text.trimEnd(), HANG),
      writeErr: (text) => void err.text(text.trimEnd(), HANG),
      getOutHelpWidth: () => (out.isTerminal ? out.width : PIPED_HELP),
      getErrHelpWidth: () => (err.isTerminal ? err.width : PIPED_HELP),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text) => host.note(`${usageErrorText(text)}; how to: ${howTo(command)}`),
    });
  }
  return program;
}

const howTo = (command: Command) => ['vppmux help', ...pathOf(command)].join(' ');

/** The names that lead to a command, without the program's own. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [];
}
