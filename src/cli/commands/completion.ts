import { Argument, Command, Option } from 'commander';
import { newestModel } from '../../mux/for-cli.js';
import { COMMAND_NAMES } from '../command-names.js';
import { candidates } from '../completion/candidates.js';
import { NO_OPTIONS, optionsOf, ownCommandsOf } from '../completion/options-of.js';
import { SCRIPTS } from '../completion/scripts.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { keepDefinitions } from '../keep-definitions.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  source <(vppmux completion bash)
  vppmux completion zsh > ~/.zfunc/_vppmux
  vppmux completion fish > ~/.config/fish/completions/vppmux.fish

Completes commands and their options, messages, fields, and names of enums, by the definitions that the last command has kept: no VPP is asked.`;

interface CompletionFlags {
  readonly line?: string;
}

export function completionCommand(host: Host): Command {
  return new Command('completion')
    .summary('print what makes a shell complete commands, messages and fields')
    .description('Prints the script that makes a shell complete the words of vppmux.')
    .addArgument(new Argument('[shell]', 'the shell').choices(Object.keys(SCRIPTS)))
    .addOption(new Option('--line <line>', 'print what can follow this line, a word each').hideHelp())
    .addHelpText('after', footer(EXAMPLES))
    .action(async (shell: string | undefined, { line }: CompletionFlags) => {
      if (line !== undefined) {
        for (const each of await wordsAfter(host, line)) await host.out.line(each);
      } else if (shell === undefined) {
        throw new UsageError(`which shell: ${Object.keys(SCRIPTS).join(', ')}`);
      } else await host.out.line(SCRIPTS[shell]);
    });
}

/** Candidates for the last word of a line; none where anything fails: an error would stand in the prompt. */
async function wordsAfter(host: Host, line: string): Promise<string[]> {
  try {
    const words = line.trimStart().split(/\s+/).slice(1);
    keepDefinitions(host.io.env);
    return candidates(words, {
      commands: COMMAND_NAMES,
      options: words.some((word) => word.startsWith('-')) ? await optionsOf(host, words) : NO_OPTIONS,
      own: words.length === 2 ? await ownCommandsOf(host, words[0]) : [],
      schema: words.length > 1 ? await newestModel() : undefined,
    });
  } catch {
    return [];
  }
}
