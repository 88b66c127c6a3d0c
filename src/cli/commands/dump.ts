import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import { type Field, fieldTexts, jsonLine, missingIndexHint, ndjson, shownFields } from '../../mux/for-cli.js';
import { type Dump, type Fields, RetvalError } from '../../mux/index.js';
import { definitions } from '../connection.js';
import { requestFields, splitFieldArguments } from '../fields/request-fields.js';
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
import { type RecordPrinter, recordPrinter } from '../output/formats/record-printer.js';
import { footer } from '../output/help-layout.js';
import type { LineWriter } from '../output/line-writer.js';
import { projection } from '../output/projection.js';
import { Table } from '../output/table.js';
import { UNBOUNDED, withChannel } from '../with-channel.js';

/**
 * Longest time that rows are made into text before what VPP has sent meanwhile is read. Much longer, and VPP would seem not to answer; much
 * shorter, and most rows would wait here.
 */
const TURN_MS = 100;

const EXAMPLES = `
Examples:
  vppmux dump sw_interface_dump
  vppmux dump sw_interface_dump --columns sw_if_index,interface_name,link_speed
  vppmux dump ip_route_v2_dump table.table_id=0 | jq -r .route.prefix
  vppmux dump ip_address_dump sw_if_index=1 --json
  vppmux dump sw_interface_dump --output csv > interfaces.csv
  vppmux dump sw_interface_dump --names |
    jq -r 'select(.flags | index("IF_STATUS_API_FLAG_LINK_UP")).interface_name'

On a terminal, columns without a value in any row are hidden, as is what does not fit its width; JSON has it all,
or what --columns names. A reply that ends the list and says more than retval and cursor is printed on stderr.`;

interface DumpFlags extends ConnectionFlags, OutputFlags, NameFlags {
  readonly columns?: readonly string[];
}

export function dumpCommand(host: Host): Command {
  const command = new Command('dump')
    .summary('send a request that answers with a list, and print it')
    .description('Sends a dump (or a _get request) and prints each answer as it arrives.')
    .argument('<message>', 'name of the request, as sw_interface_dump')
    .argument('[fields...]', 'field=value, nested as outer.inner=value; - reads JSON from stdin')
    .option('--columns <names>', 'only these columns (in JSON: fields), separated by commas', (text) => text.split(','))
    .addHelpText('after', footer(EXAMPLES));
  addNamesOption(addFormatOptions(addConnectionOptions(command)));
  return command.action(async (name: string, args: string[], flags: DumpFlags) => {
    const given = splitFieldArguments(args);
    await withChannel(host, flags, { name: 'vppmux dump', channel: UNBOUNDED }, async (vpp, channel) => {
      const schema = definitions(vpp);
      const message = messageFor('dump', schema, name);
      const fields = await requestFields(host, message, given, 'send');
      const rows = channel.dump(name, fields, { signal: host.signal });
      const details = schema.find(message.def.service?.details ?? '')?.def.fields ?? [];
      const hint = missingIndexHint(message.def, fields);
      try {
        const columns = () => messageColumns(details, flags.columns);
        const printer = await recordPrinter(host.out, flags.output, { columns, yaml: 'list' });
        const isEmpty = await (printer !== undefined
          ? printRecords(printer, rows, details, flags)
          : isReadable(host, flags)
            ? printTable(host, rows, details, flags)
            : printLines(host.out, rows, details, flags));
        if (isEmpty && hint) host.note(hint);
        if (saysMore(rows.reply)) host.note(`the reply behind them: ${jsonLine(rows.reply)}`);
      } catch (error) {
        if (hint && error instanceof RetvalError) host.note(hint);
        throw error;
      }
    });
  });
}

/** Whether a reply holds more than how the list ended, such as the position of `trace_dump`. */
function saysMore(reply: Fields | undefined): reply is Fields {
  return Object.keys(reply ?? {}).some((name) => name !== 'retval' && name !== 'cursor');
}

/** Gives whether there was no row, as `printTable` does. */
async function printLines(
  out: LineWriter,
  rows: Dump,
  details: readonly Field[],
  { columns, names }: DumpFlags,
): Promise<boolean> {
  let isEmpty = true;
  const cut = columns && projection(details, columns);
  // A terminal gets only so much of a line.
  const isPlain = !cut && !out.isTerminal;
  for await (const row of isPlain ? ndjson(rows, { names, printable: true }) : rows) {
    isEmpty = false;
    const pause = Buffer.isBuffer(row)
      ? out.bytes(row)
      : out.json(shownFields(details, cut ? cut(row) : row, { names }));
    if (pause) await pause;
  }
  return isEmpty;
}

async function printRecords(
  printer: RecordPrinter,
  rows: Dump,
  details: readonly Field[],
  { columns, names, output }: DumpFlags,
): Promise<boolean> {
  let isEmpty = true;
  let turn = performance.now();
  // CSV has its columns already.
  const cut = columns && output === 'yaml' ? projection(details, columns) : (row: Fields) => row;
  for await (const row of rows) {
    isEmpty = false;
    const pause = printer.add(shownFields(details, cut(row), { names }));
    if (pause) await pause;
    else if (performance.now() - turn < TURN_MS) continue;
    else await setImmediate();
    turn = performance.now();
  }
  await printer.end();
  return isEmpty;
}

async function printTable(
  host: Host,
  rows: AsyncIterable<Fields>,
  details: readonly Field[],
  flags: DumpFlags,
): Promise<boolean> {
  const { out } = host;
  const table = new Table({ width: out.width, columns: flags.columns, remedy: '--columns picks, --json has all' });
  const print = async (lines: readonly string[]) => {
    for (const line of lines) await out.line(line);
  };
  for await (const row of rows) await print(table.add(fieldTexts(details, row)));
  await print(table.end());
  await out.flush();
  host.note(table.summary);
  return table.rows === 0;
}
