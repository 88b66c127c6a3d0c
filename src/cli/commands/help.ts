import { Command } from 'commander';
import { didYouMean } from '../../nearest.js';
import { UsageError } from '../errors.js';
import { exitCodeLines } from '../exit-codes.js';
import type { Host } from '../host.js';

const EXIT_CODES = 'exit-codes';

/** `help COMMAND…`. Commander's own shows the whole program's help for a command that there is not. */
export function helpCommand(host: Host): Command {
  return new Command('help')
    .summary('show what the program, or a command of it, can do')
    .argument('[command...]', `name of the command; ${EXIT_CODES}: what the program's exit codes mean`)
    .action((path: string[], _flags: unknown, own: Command) => {
      if (path.length === 1 && path[0] === EXIT_CODES) {
        for (const line of exitCodeLines(host.out.width)) host.out.line(line);
        return;
      }
      let command = own.parent ?? own;
      for (const name of path) command = child(command, name);
      command.help();
    });
}

function child(command: Command, name: string): Command {
  const found = command.commands.find((each) => each.name() === name);
  if (found) return found;
  const names = command.commands.map((each) => each.name());
  throw new UsageError(
    `${command.name()} has no command ${name}${didYouMean(name, names).text || `; there are ${names.join(', ')}`}`,
  );
}
