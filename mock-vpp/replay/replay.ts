/**
 * Answers as a trace does. Each client begins at its start: a request is answered as the same one was in the trace, the
 * first time as the first time, the second as the second, and after the last time as the last. Two requests are the same
 * when name and body are, without message id, client_index, context, and the pid of a want_* request.
 */
import type { MessageDef, Schema } from '../../src/mux/internal.js';
import type { Answer } from '../handlers/answers.js';
import type { Call, Handler, Handlers, RawHandler } from '../handlers/call.js';
import { findOffset } from '../handlers/offsets.js';
import { handlersOf } from '../kind.js';
import { kinds } from '../kinds/index.js';
import type { Log } from '../options.js';
import type { Vpp } from '../vpp.js';
import type { Client, FrameSource } from '../wire/client.js';
import { checkCrcs } from './check-crcs.js';
import { exchangesOf, type RecordedExchange, type TimedMessage } from './exchanges.js';
import type { Trace } from './read-trace.js';
import { UnansweredRequests } from './unanswered-requests.js';

/** Progress of one client through the trace. */
interface Listener {
  /** Request → times asked. */
  readonly asked: Map<string, number>;
  /** Contexts of dumps without an answer: with the ping behind them answered, they would look empty. */
  readonly silent: Set<number>;
  heardOpening: boolean;
}

/** Requests of a handshake and of its upkeep, which the mock serves itself. */
const own = handlersOf([kinds.registration]);
const { 'want_*': want, show_version: showVersion } = handlersOf([kinds.events, kinds.system]);

const MAX_TIMER = 2 ** 31 - 1;

export class Replay {
  readonly missing: UnansweredRequests;
  private readonly exchanges = new Map<string, RecordedExchange[]>();
  /** Request name → how often it is in the trace. */
  private readonly counts = new Map<string, number>();
  private readonly opening: readonly TimedMessage[];
  private readonly listeners = new WeakMap<Client, Listener>();

  /** Throws TRACE_MISFIT, TRACE_INVALID. */
  constructor(
    trace: Trace,
    private readonly schema: Schema,
    log: Log,
  ) {
    checkCrcs(trace, schema);
    this.missing = new UnansweredRequests(log);
    const { exchanges, opening } = exchangesOf(trace.items, schema);
    this.opening = opening;
    for (const exchange of exchanges) this.add(exchange);
    for (const flaw of trace.flaws) log('warn', `the trace ${trace.file} is not whole: ${flaw}`);
  }

  /** Handlers in place of the mock's own. */
  handlers(): Handlers {
    const all: Record<string, Handler | RawHandler> = {};
    for (const name of this.schema.model.services.keys()) {
      const unasked = isWant(name) ? want : name === 'show_version' ? showVersion : undefined;
      all[name] = { raw: (call) => this.answer(name, call, unasked as Handler | undefined) };
    }
    const ping = own.control_ping as Handler;
    const control_ping: Handler = (fields, call) =>
      this.listener(call.client).silent.delete(call.context) ? undefined : ping(fields, call);
    return { ...all, ...own, control_ping };
  }

  private add(exchange: RecordedExchange): void {
    const { body, name } = exchange.request;
    if (Object.hasOwn(own, name)) return; // the mock's own affair
    const key = keyOf(this.schema.message(name).def, body);
    const same = this.exchanges.get(key);
    if (same) same.push(exchange);
    else this.exchanges.set(key, [exchange]);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Serves, by `unasked`, requests that clients make whether they were recorded or not, and keeps the registrations for events. */
  private answer(name: string, call: Call, unasked: Handler | undefined): Answer {
    const { def, read } = this.schema.message(name);
    const { client, context, bytes, start, end } = call;
    const fields = read(bytes, start, end, { end: 0 });
    const byItself = unasked?.(fields, call) as Answer;
    const listener = this.listener(client);
    const key = keyOf(def, bytes.subarray(start, end));
    const same = this.exchanges.get(key) ?? [];
    const times = listener.asked.get(key) ?? 0;
    listener.asked.set(key, times + 1);
    const exchange = same[Math.min(times, same.length - 1)];
    if (exchange === undefined && unasked) return byItself;
    if (!exchange?.whole || exchange.partial) {
      if (def.service?.kind === 'dump') listener.silent.add(context);
      this.missing.add(name, fields, this.whyNot(name, exchange));
      return undefined;
    }
    const opening = listener.heardOpening ? [] : this.opening;
    listener.heardOpening = true;
    // When it is asked more often than recorded: events happened once.
    const messages = times < same.length ? exchange.messages : exchange.messages.filter((each) => !this.isEvent(each));
    return this.source(name, [...opening, ...messages], call);
  }

  private whyNot(name: string, exchange: RecordedExchange | undefined): string {
    if (exchange) return exchange.partial ? 'a part of it was not recorded' : 'it ends before VPP had answered';
    const others = this.counts.get(name);
    return others ? `it has that name (${others}), but not with these fields` : `it has no ${name}`;
  }

  private source(request: string, messages: readonly TimedMessage[], { vpp, context }: Call): FrameSource {
    let next = 0;
    return (client) => {
      while (next < messages.length && messages[next].delay === 0) {
        this.send(client, messages[next++], vpp, { request, context });
        if (client.outbox.full) return false;
      }
      this.later(client, messages, next, vpp);
      return true;
    };
  }

  /** Sends events, with the pauses that they had. */
  private later(client: Client, messages: readonly TimedMessage[], next: number, vpp: Vpp): void {
    if (next >= messages.length) return;
    const tell = () => {
      if (client.state !== 'open') return;
      this.send(client, messages[next], vpp);
      this.later(client, messages, next + 1, vpp);
    };
    setTimeout(tell, Math.min(messages[next].delay, MAX_TIMER)).unref();
  }

  /** Puts in the ids of this run and of this client. */
  private send(client: Client, timed: TimedMessage, { table }: Vpp, to?: { request: string; context: number }): void {
    const { name, body } = timed.message;
    const { contextOffset, clientIndexOffset } = this.schema.message(name).def;
    const copy = Buffer.from(body);
    copy.writeUInt16BE(table.idOf.get(name) ?? 0, 0);
    if (contextOffset >= 0) copy.writeUInt32BE(to?.context ?? 0, contextOffset);
    else if (clientIndexOffset >= 0) copy.writeUInt32BE(client.registration, clientIndexOffset);
    client.sendBodyFor(this.isEvent(timed) ? undefined : to?.request, [copy]);
  }

  private listener(client: Client): Listener {
    const known = this.listeners.get(client);
    if (known) return known;
    const listener: Listener = { asked: new Map(), silent: new Set(), heardOpening: false };
    this.listeners.set(client, listener);
    return listener;
  }

  private isEvent({ message: { name } }: TimedMessage): boolean {
    return this.schema.message(name).def.role === 'event';
  }
}

const isWant = (name: string) => name.startsWith('want_');

/** Name and body without the parts that differ between two clients that ask for the same. */
function keyOf(def: MessageDef, body: Uint8Array): string {
  const { name, contextOffset, clientIndexOffset } = def;
  const same = Buffer.from(body);
  same.fill(0, 0, 2);
  for (const offset of [contextOffset, clientIndexOffset, isWant(name) ? findOffset(def, 'pid') : -1]) {
    if (offset >= 0) same.fill(0, offset, Math.min(offset + 4, same.length));
  }
  return `${name} ${same.toString('latin1')}`;
}
