import { Command } from 'commander';
import { reads } from '../../mux/for-cli.js';
import { type Fields, type Message, RetvalError, toJson } from '../../mux/index.js';
import { execLine } from '../call/exec-line.js';
import { sendAll } from '../call/send-all.js';
import { definitions } from '../connection.js';
import { givenRequests, splitFieldArguments } from '../fields/request-fields.js';
import type { Host } from '../host.js';
import { messageFor } from '../message-for.js';
import {
  addConnectionOptions,
  addFormatOptions,
  addNamesOption,
  type ConnectionFlags,
  isReadable,
  type NameFlags,
  type OutputFlags,
} from '../options.js';
import { messageColumns } from '../output/formats/columns.js';
import { recordPrinter } from '../output/formats/record-printer.js';
import { footer } from '../output/help-layout.js';
import { messageText } from '../output/text.js';
import { withChannel } from '../with-channel.js';

const EXAMPLES = `
Examples:
  vppmux call show_version
  vppmux call cli_inband cmd='show interface'
  vppmux call sw_interface_set_flags sw_if_index=1 flags=ADMIN_UP
  vppmux call ip_route_add_del_v2 is_add=true route.prefix=10.0.0.0/24 \\
    'route.paths[0].sw_if_index=1'
  echo '{"sw_if_index": 1, "flags": 1}' | vppmux call sw_interface_set_flags
  jq -c '{sw_if_index, flags: 1}' interfaces.jsonl |
    vppmux call sw_interface_set_flags - --keep-going

Numbers may be written in hex (0xff) or as ~0; enums by name or any end of it that no other has. Bytes: 0xdead,
hex:dead, text:hello or @FILE; text without a prefix where it can be nothing else.
A field that is not given takes the definition's default, else zero. A request that changes VPP wants one field at least, or '{}' for none.
Which fields a message has: vppmux describe MESSAGE.
Several lines of JSON are checked before the first is sent. One that fails ends it, and is named with what was sent before it;
with --keep-going it is counted, and the exit code is that of the last such failure.`;

interface CallFlags extends ConnectionFlags, OutputFlags, NameFlags {
  readonly keepGoing?: boolean;
}

export function callCommand(host: Host): Command {
  const command = new Command('call')
    .summary('send a request and print its reply')
    .description('Sends a request and prints its reply: readable on a terminal, a JSON line when piped.')
    .argument('<message>', 'name of the request, as show_version')
    .argument(
      '[fields...]',
      'field=value, nested as outer.inner=value or list[0].name=value; or a JSON object; - reads JSON from stdin',
    )
    .option('-k, --keep-going', 'of several lines on stdin: go on behind one that fails')
    .addHelpText('after', footer(EXAMPLES));
  addNamesOption(addFormatOptions(addConnectionOptions(command)));
  return command.action(async (name: string, args: string[], flags: CallFlags) => {
    const given = splitFieldArguments(args);
    await withChannel(host, flags, { name: 'vppmux call', health: { probe: false } }, async (vpp, channel) => {
      const schema = definitions(vpp);
      const message = messageFor('call', schema, name);
      const bare = reads(message.def) ? 'send' : 'refuse';
      const requests = await givenRequests(host, message, given, bare);
      const replyName = message.def.service?.reply;
      const answer = replyName === undefined ? undefined : schema.find(replyName);
      const print = answer && (await replyPrinter(host, answer, flags));
      const send = async (fields: Fields) => {
        const reply = await channel.request(name, fields, { signal: host.signal }).catch((error) => {
          const line = error instanceof RetvalError && execLine(fields.cmd, error.text);
          if (line) host.note(line);
          throw error;
        });
        await print?.(reply);
      };
      await sendAll(host, { message, requests, keepGoing: flags.keepGoing === true, send });
    });
  });
}

/** Makes the function that prints a reply. */
async function replyPrinter(host: Host, message: Message, flags: CallFlags) {
  const { out } = host;
  const { fields } = message.def;
  const columns = () => messageColumns(fields);
  const printer = await recordPrinter(out, flags.output, { columns, yaml: 'documents' });
  if (printer) return (reply: Fields) => printer.add(toJson(message, reply, flags));
  if (isReadable(host, flags)) return (reply: Fields) => out.line(messageText(fields, reply, out.width));
  return (reply: Fields) => out.line(JSON.stringify(toJson(message, reply, flags)));
}
