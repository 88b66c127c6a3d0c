/**
 * Replays a saved trace against the client: the mock answers as in the trace, the client makes the same requests again, and
 * its results stand next to the recorded ones.
 */

import { startMock } from '../../mock-vpp/index.js';
import { exchangesOf, type RecordedExchange, type TimedMessage } from '../../mock-vpp/replay/exchanges.js';
import { readTrace, type TraceMessage } from '../../mock-vpp/replay/read-trace.js';
import { type Channel, connect, type EventItem, type Fields, RetvalError, type Schema } from '../../src/mux/index.js';
import { piecemeal } from './piecemeal.js';
import { scratch } from './vpp.js';

export interface Replayed {
  /** Each request, VPP's answer, and the client's result of it. */
  readonly answers: readonly { readonly request: string; readonly recorded: Heard; readonly heard: Heard }[];
  /** Events, recorded and heard. */
  readonly recordedEvents: readonly Fields[];
  readonly events: readonly EventItem[];
}

/** One reply, the details of a dump, or VPP's refusal of it. */
type Heard = Fields | readonly Fields[] | { readonly refused: number };

const EAGAIN = -165;

/** Messages that every client sends, or the mux by itself. */
const NOT_ASKED = /^(sockclnt_|control_ping$|get_api_json$|show_version$)/;

/** `apiDir`: of `schema`, unless it is the mock's own; `sizes`: of the pieces that VPP's answers arrive in; without it they arrive whole. Events must not be minutes late. */
export async function replay(
  file: string,
  schema: Schema,
  { sizes, apiDir }: { sizes?: () => number; apiDir?: string } = {},
): Promise<Replayed> {
  const { items } = readTrace(file);
  const exchanges = exchangesOf(items, schema).exchanges.filter(({ request }) => !NOT_ASKED.test(request.name));
  const { path, remove } = scratch();
  const warnings: string[] = [];
  const log = (level: string, message: string) => void (level === 'warn' && warnings.push(message));
  const mock = await startMock({ socket: path('api.sock'), replay: file, apiDir, log });
  const stopPieces = sizes && (await piecemeal(path('pieces.sock'), mock.socket, sizes));
  const vpp = await connect({ socket: path(sizes ? 'pieces.sock' : 'api.sock'), schema, health: { probe: false } });
  try {
    const ch = vpp.channel();
    const recordedEvents = exchanges.flatMap(({ messages }) =>
      messages.filter(({ message }) => isEvent(schema, message)),
    );
    const events: EventItem[] = [];
    const answers: { request: string; recorded: Heard; heard: Heard }[] = [];
    for (const group of dumpsOf(schema, exchanges)) {
      const [{ request }] = group;
      if (request.name.startsWith('want_')) await subscribe(ch, schema, group[0], events);
      else
        answers.push({
          request: request.name,
          recorded: recordedOf(schema, group),
          heard: await ask(ch, schema, group[0]),
        });
    }
    while (events.length < recordedEvents.length) await new Promise((resolve) => setImmediate(resolve));
    if (warnings.length > 0) throw new Error(`the mock warned: ${warnings.join('; ')}`);
    return { answers, events, recordedEvents: recordedEvents.map(({ message }) => fieldsOf(schema, message)) };
  } finally {
    await vpp.close();
    await stopPieces?.();
    await mock.stop();
    remove();
  }
}

/** The pages of one dump belong together: each but the last is answered with EAGAIN. */
function dumpsOf(schema: Schema, exchanges: readonly RecordedExchange[]): RecordedExchange[][] {
  const groups: RecordedExchange[][] = [];
  let goesOn = false;
  for (const exchange of exchanges) {
    if (goesOn) groups.at(-1)?.push(exchange);
    else groups.push([exchange]);
    goesOn = exchange.service.cursor && retvalOf(schema, exchange) === EAGAIN;
  }
  return groups;
}

/** The retval of the reply that ended it; 0 where there is none. */
function retvalOf(schema: Schema, { messages, service }: RecordedExchange): number {
  const last = messages.findLast(({ message }) => message.name === service.reply)?.message;
  return last ? Number(fieldsOf(schema, last).retval) : 0;
}

async function subscribe(ch: Channel, schema: Schema, { request, service }: RecordedExchange, events: EventItem[]) {
  const { enable_disable: enable } = fieldsOf(schema, request);
  if (!enable) return; // the mux undoes it when the last subscriber goes
  for (const name of service.events) {
    const stream = ch.events(name);
    stream.observe().subscribe((event) => events.push(event));
    await stream.ready();
  }
}

async function ask(ch: Channel, schema: Schema, { request, service }: RecordedExchange): Promise<Heard> {
  const fields = fieldsOf(schema, request);
  if (service.kind === 'unary') return ch.request(request.name, fields, { anyRetval: true });
  try {
    return await ch.dump(request.name, fields).toArray();
  } catch (error) {
    const cause = (error as Error).cause ?? error;
    if (cause instanceof RetvalError) return { refused: cause.retval };
    throw error;
  }
}

function recordedOf(schema: Schema, pages: readonly RecordedExchange[]): Heard {
  const { kind, reply, details } = pages[0].service;
  const named = (name: string | undefined) =>
    pages.flatMap(({ messages }) => messages).filter(({ message }) => message.name === name);
  const fields = ({ message }: TimedMessage) => fieldsOf(schema, message);
  if (kind === 'unary') return named(reply).map(fields)[0];
  const retval = retvalOf(schema, pages[pages.length - 1]);
  return retval < 0 ? { refused: retval } : named(details).map(fields);
}

function fieldsOf(schema: Schema, { name, body }: TraceMessage): Fields {
  return schema.message(name).read(body, 0, body.length, { end: 0 });
}

const isEvent = (schema: Schema, { name }: TraceMessage) => schema.message(name).def.role === 'event';
