import { Command } from 'commander';
import { eventRequest, sideEffect } from '../../mux/for-cli.js';
import { type EventItem, type Gap, type Message, type Resync, toJson } from '../../mux/index.js';
import { definitions, reportState } from '../connection.js';
import { parseArguments } from '../fields/arguments.js';
import { argumentFields } from '../fields/typed-fields.js';
import type { Host } from '../host.js';
import { messageFor } from '../message-for.js';
import { parseCount } from '../option-values.js';
import {
  addConnectionOptions,
  addFormatOptions,
  addNamesOption,
  type ConnectionFlags,
  isReadable,
  type NameFlags,
  type OutputFlags,
} from '../options.js';
import { clockTime } from '../output/clock-time.js';
import { messageColumns } from '../output/formats/columns.js';
import { recordPrinter } from '../output/formats/record-printer.js';
import { footer } from '../output/help-layout.js';
import type { LineWriter } from '../output/line-writer.js';
import { messageLine } from '../output/text.js';
import { wrapped } from '../output/wrap.js';
import { withChannel } from '../with-channel.js';

const EXAMPLES = `
Examples:
  vppmux watch sw_interface_event
  vppmux watch sw_interface_event --count 1 && echo 'an interface has changed'
  vppmux watch ip_neighbor_event ip=192.0.2.1 sw_if_index=1        (fields of the request that switches it on)
  vppmux watch ping_finished_event address=192.0.2.1 repeat=3      (fields of the request that it is the end of)

Each JSON line is the event's fields, with _time and _event in front. Where events are missing there is a line that says so:
{"gap":N} when they came faster than they were printed, {"resync":{…}} after the connection was made anew.
Goes on through restarts of VPP, until Ctrl-C.`;

interface WatchFlags extends ConnectionFlags, OutputFlags, NameFlags {
  readonly count?: number;
}

export function watchCommand(host: Host): Command {
  const command = new Command('watch')
    .summary('print events as they come')
    .description('Asks VPP for an event and prints each one as it comes.')
    .argument('<event>', 'name of the event, as sw_interface_event')
    .argument('[fields...]', 'field=value for the request that VPP sends the event for: beyond enable and pid')
    .option('-n, --count <n>', 'end after this many events', parseCount)
    .addHelpText('after', footer(EXAMPLES));
  addNamesOption(addFormatOptions(addConnectionOptions(command)));
  return command.action(async (name: string, args: string[], flags: WatchFlags) => {
    const given = parseArguments(args);
    host.endWithReader();
    try {
      await withChannel(host, flags, { name: 'vppmux watch' }, async (vpp, channel) => {
        const schema = definitions(vpp);
        const event = messageFor('watch', schema, name);
        const request = eventRequest(schema, name, Object.keys(given), (each) => vpp.table.has(each))?.name;
        const want = request === undefined ? given : argumentFields(schema.message(request).def.fields, given);
        // A session reports it itself.
        if (vpp !== host.vpp) reportState(vpp, host.note);
        const effect = request === undefined ? undefined : sideEffect(request);
        if (effect) host.note(`${request} is sent for it, which ${effect}`);
        const items = channel.events(name, { want, signal: host.signal });
        const readable = isReadable(host, flags);
        if (readable) items.ready().then(() => host.note(`watching ${name}; Ctrl-C ends it`), nothing);
        const print = readable ? readableLine(event, host.out) : await recordLine(event, flags, host);
        await printEvents(items, print, flags.count);
      });
    } catch (error) {
      // Ctrl-C is how a watch ends; the registration has been undone by then.
      if (!host.signal.aborted) throw error;
    }
  });
}

type Print = (item: EventItem) => Promise<void> | undefined;

async function printEvents(
  items: AsyncIterable<EventItem>,
  print: Print,
  count = Number.POSITIVE_INFINITY,
): Promise<void> {
  let left = count;
  for await (const item of items) {
    await print(item);
    if (!isMarker(item)) left -= 1;
    if (left === 0) return;
  }
}

/** A registration that fails is reported where the events are read. */
const nothing = () => undefined;

/** A marker has its one key; an event always has several fields. */
const isOnly = (item: EventItem, key: string) => key in item && Object.keys(item).length === 1;
const isGap = (item: EventItem): item is Gap => isOnly(item, 'gap');
const isResync = (item: EventItem): item is Resync => isOnly(item, 'resync');
const isMarker = (item: EventItem) => isGap(item) || isResync(item);

async function recordLine(event: Message, { names, output }: WatchFlags, { out, note }: Host): Promise<Print> {
  const columns = () => [['_time'], ['_event'], ...messageColumns(event.def.fields)];
  const printer = await recordPrinter(out, output, { columns, yaml: 'documents' });
  const fieldsOf = (item: EventItem) => (isMarker(item) ? item : toJson(event, { ...item }, { names }));
  return (item) => {
    // CSV has no column for it.
    if (output === 'csv' && isMarker(item)) {
      note(itemText(event, item));
      return undefined;
    }
    const record = { _time: new Date().toISOString(), _event: event.name, ...fieldsOf(item) };
    return printer ? printer.add(record) : out.json(record);
  };
}

function readableLine(event: Message, out: LineWriter): Print {
  return (item) => {
    const [time, text] = [`${clockTime(new Date())}  `, itemText(event, item)];
    return out.line(wrapped(time + text, out.width, time.length).join('\n'));
  };
}

function itemText(event: Message, item: EventItem): string {
  if (isGap(item)) return `-- gap: ${item.gap} ${event.name} lost: they came faster than they could be printed --`;
  if (isResync(item)) return `-- ${item.resync.reason} --`;
  return `${event.name} ${messageLine(event.def.fields, { ...item })}`;
}
