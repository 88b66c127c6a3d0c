import { Command } from 'commander';
import { fits, isPattern } from '../../glob.js';
import { pluginHint } from '../../mux/for-cli.js';
import { describeMessage } from '../../mux/index.js';
import { didYouMean } from '../../nearest.js';
import { type Definitions, findDefinitions } from '../describe/definitions-source.js';
import { describeUnusable } from '../describe/describe-unusable.js';
import { listLines, messageLines } from '../describe/readable.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import {
  addConnectionOptions,
  addOutputOptions,
  type ConnectionFlags,
  isReadable,
  type OutputFlags,
} from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux describe sw_interface_set_flags            (its fields, and those of what answers it)
  vppmux describe 'ip_route*'                       (which messages there are; quote the *)
  vppmux describe --api-dir /usr/share/vpp/api acl_add_replace
  vppmux describe '*' | jq -r 'select(.deprecated) | .message'

It asks the running VPP, or, where --api-dir (or VPP_API_DIR) is given and no socket, that directory alone. On a terminal a
pattern, or no name at all, gives a line for each message; JSON has everything of each.`;

export function describeCommand(host: Host): Command {
  const command = new Command('describe')
    .summary('show which messages there are, and their fields')
    .description(
      "Shows messages' fields with types, defaults, limits and the names of enums, and how requests are answered.",
    )
    .argument('[names...]', 'names of messages, or patterns: * stands for any letters; none: all')
    .addHelpText('after', footer(EXAMPLES));
  addOutputOptions(addConnectionOptions(command));
  return command.action(async (names: string[], flags: ConnectionFlags & OutputFlags) => {
    const found = await findDefinitions(host, flags);
    const asked = (names.length > 0 ? names : ['*']).flatMap((name) => matching(name, found));
    const listed = names.length === 0 || names.some(isPattern);
    const messages = [...new Set(listed ? asked : asked.flatMap((name) => [name, ...answersOf(name, found)]))];
    const described = messages.map((name) => {
      const message = found.schema.find(name);
      return message ? describeMessage(found.schema, message, found.table) : describeUnusable(name, found);
    });
    if (!isReadable(host, flags)) for (const each of described) await host.out.json(each);
    else if (listed) {
      const lines = listLines(described, host.out.width);
      for (const line of lines) await host.out.line(line);
      if (lines.some((line) => line.endsWith('…'))) host.note('… stands for more: vppmux describe MESSAGE');
    } else await host.out.line(described.map((each) => messageLines(each, host.out.width).join('\n')).join('\n\n'));
  });
}

/** The names that `wanted` stands for. Throws UsageError when there is none. */
function matching(wanted: string, { names, table }: Definitions): string[] {
  const found = names.filter((name) => fits(wanted, name));
  if (found.length > 0) return found;
  const word = wanted.replace(/[*?]/g, '');
  const near = didYouMean(word, names).text;
  const within = !isPattern(wanted) && names.some((name) => name.includes(word));
  const others = within ? `; what has it in its name: vppmux describe '*${word}*'` : '';
  throw new UsageError(`there is no message ${wanted}${near}${table ? pluginHint(wanted, table) : ''}${others}`);
}

/** Names of the messages that VPP sends because of a request. */
function answersOf(name: string, { schema }: Definitions): string[] {
  const service = schema.find(name)?.def.service;
  const names = service ? [service.details, service.reply, ...service.events] : [];
  return names.filter(
    (other) => other !== undefined && (schema.find(other) ?? schema.model.unusable.get(other)) !== undefined,
  ) as string[];
}
