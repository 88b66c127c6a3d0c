import { Command } from 'commander';
import { generate, isGenerated } from '../../generate/index.js';
import type { Schema } from '../../mux/index.js';
import { UsageError } from '../errors.js';
import { givenDefinitions } from '../generate/given-definitions.js';
import { usedNames } from '../generate/used-names.js';
import { writeFiles } from '../generate/write-files.js';
import type { Host } from '../host.js';
import { addConnectionOptions, type ConnectionFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux generate --socket /run/vpp/api.sock -o src/vpp    (of the messages that this VPP has)
  vppmux generate --api-dir /usr/share/vpp/api -o src/vpp
  vppmux generate my_plugin.api.json -o src/my-plugin
  vppmux generate vpp-api.tgz -o src/vpp                   (a tar archive of them)
  vppmux generate --used 'src/**/*.ts' -o src/vpp          (only what a program names; quote the *)

A program that imports DIR/index.js, for its types, has all names and fields of messages checked by the compiler. The files
are the same for the same definitions: commit them.`;

interface GenerateFlags extends ConnectionFlags {
  readonly out: string;
  readonly used?: readonly string[];
  readonly comments: boolean;
}

export function generateCommand(host: Host): Command {
  const command = new Command('generate')
    .summary('write TypeScript declarations of messages')
    .description("Writes TypeScript declarations of VPP's messages, so that the compiler knows every name and field.")
    .argument('[files...]', '.api.json files, archives (.tar, .tgz), or what compat --save has written')
    .requiredOption('-o, --out <dir>', 'folder for the declarations')
    .option('-u, --used <pattern...>', 'only messages that these sources name, as src/**/*.ts; with compat.json')
    .option('--no-comments', 'leave the comments of the definitions out')
    .addHelpText('after', footer(EXAMPLES));
  addConnectionOptions(command);
  return command.action(async (files: string[], flags: GenerateFlags) => {
    if (files.length > 0 && (flags.socket !== undefined || flags.apiDir !== undefined)) {
      throw new UsageError('generate takes files, --api-dir or --socket: one of them');
    }
    const { schema, names } = await givenDefinitions(host, files, flags);
    noteProblems(host, schema);
    const { comments, used } = flags;
    const only = used === undefined ? names : usedNames(used, schema);
    const made = generate(schema.model, { comments, only, expect: used !== undefined });
    const { changed, removed } = writeFiles(flags.out, made.files, isGenerated);
    const gone = removed.length > 0 ? `, ${removed.length} that are no longer needed removed` : '';
    host.note(
      `${made.messages} messages in ${made.files.length} files of ${flags.out}, ${changed} of them changed${gone}`,
    );
  });
}

/** Definitions that cannot be used have no declarations; the first few are named. */
function noteProblems(host: Host, { model }: Schema): void {
  for (const { message } of model.problems.slice(0, 3)) host.note(`left out: ${message}`);
  if (model.problems.length > 3) host.note(`and ${model.problems.length - 3} more`);
}
