/**
 * Answers as a trace does. Each client begins at its start: a request is answered as the same one was in the trace, the
 * first time as the first time, the second as the second, and after the last time as the last. Two requests are the same
 * when name and body are, without message id, client_index, context, and the pid of a want_* request.
 */
import type { MessageDef, Schema } from '../../src/mux/internal.js';
import type { Answer } from '../answers.js';
import type { Call, Handler, Handlers, RawHandler } from '../call.js';
import type { Client, FrameSource } from '../client.js';
import { memclnt } from '../handlers/memclnt.js';
import { vpe } from '../handlers/vpe.js';
import { want } from '../handlers/want.js';
import { findOffset } from '../offsets.js';
import type { Log } from '../options.js';
import type { Vpp } from '../vpp.js';
import { type Exchange, exchangesOf, type Said } from './exchanges.js';
import { checkFit } from './fit.js';
import { Missing } from './missing.js';
import type { Trace } from './read-trace.js';

/** Progress of one client through the trace. */
interface Listener {
  /** Request → times asked. */
  readonly asked: Map<string, number>;
  /** Contexts of dumps without an answer: with the ping behind them answered, they would look empty. */
  readonly silent: Set<number>;
  heardOpening: boolean;
}

const MAX_TIMER = 2 ** 31 - 1;

export class Replay {
  readonly missing: Missing;
  private readonly exchanges = new Map<string, Exchange[]>();
  /** Request name → how often it is in the trace. */
  private readonly counts = new Map<string, number>();
  private readonly opening: readonly Said[];
  private readonly listeners = new WeakMap<Client, Listener>();

  /** Throws TRACE_MISFIT, TRACE_INVALID. */
  constructor(
    trace: Trace,
    private readonly schema: Schema,
    log: Log,
  ) {
    checkFit(trace, schema);
    this.missing = new Missing(log);
    const { exchanges, opening } = exchangesOf(trace.items, schema);
    this.opening = opening;
    for (const exchange of exchanges) this.add(exchange);
    for (const flaw of trace.flaws) log('warn', `the trace ${trace.file} is not whole: ${flaw}`);
  }

  /** Handlers in place of the mock's own. */
  handlers(): Handlers {
    const all: Record<string, Handler | RawHandler> = {};
    for (const name of this.schema.model.services.keys()) {
      const own = isWant(name) ? want['want_*'] : name === 'show_version' ? vpe[name] : undefined;
      all[name] = { raw: (call) => this.answer(name, call, own as Handler | undefined) };
    }
    const ping = memclnt.control_ping as Handler;
    const control_ping: Handler = (fields, call) =>
      this.listener(call.client).silent.delete(call.context) ? undefined : ping(fields, call);
    return { ...all, ...memclnt, control_ping };
  }

  private add(exchange: Exchange): void {
    const { body, name } = exchange.request;
    if (Object.hasOwn(memclnt, name)) return; // the mock's own affair
    const key = keyOf(this.schema.message(name).def, body);
    const same = this.exchanges.get(key);
    if (same) same.push(exchange);
    else this.exchanges.set(key, [exchange]);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Serves, by `own`, requests that clients make whether they were recorded or not, and keeps the registrations for events. */
  private answer(name: string, call: Call, own: Handler | undefined): Answer {
    const { def, read } = this.schema.message(name);
    const { client, context, bytes, start, end } = call;
    const fields = read(bytes, start, end, { end: 0 });
    const byItself = own?.(fields, call) as Answer;
    const listener = this.listener(client);
    const key = keyOf(def, bytes.subarray(start, end));
    const same = this.exchanges.get(key) ?? [];
    const times = listener.asked.get(key) ?? 0;
    listener.asked.set(key, times + 1);
    const exchange = same[Math.min(times, same.length - 1)];
    if (exchange === undefined && own) return byItself;
    if (!exchange?.whole || exchange.torn) {
      if (def.service?.kind === 'dump') listener.silent.add(context);
      this.missing.add(name, fields, this.whyNot(name, exchange));
      return undefined;
    }
    const opening = listener.heardOpening ? [] : this.opening;
    listener.heardOpening = true;
    // When it is asked more often than recorded: events happened once.
    const said = times < same.length ? exchange.said : exchange.said.filter((each) => !this.isEvent(each));
    return this.source(name, [...opening, ...said], call);
  }

  private whyNot(name: string, exchange: Exchange | undefined): string {
    if (exchange) return exchange.torn ? 'a part of it was not recorded' : 'it ends before VPP had answered';
    const others = this.counts.get(name);
    return others ? `it has that name (${others}), but not with these fields` : `it has no ${name}`;
  }

  private source(request: string, said: readonly Said[], { vpp, context }: Call): FrameSource {
    let next = 0;
    return (client) => {
      while (next < said.length && said[next].delay === 0) {
        this.send(client, said[next++], vpp, { request, context });
        if (client.outbox.full) return false;
      }
      this.later(client, said, next, vpp);
      return true;
    };
  }

  /** Sends events, with the pauses that they had. */
  private later(client: Client, said: readonly Said[], next: number, vpp: Vpp): void {
    if (next >= said.length) return;
    const tell = () => {
      if (client.state !== 'open') return;
      this.send(client, said[next], vpp);
      this.later(client, said, next + 1, vpp);
    };
    setTimeout(tell, Math.min(said[next].delay, MAX_TIMER)).unref();
  }

  /** Puts in the ids of this run and of this client. */
  private send(client: Client, said: Said, { table }: Vpp, to?: { request: string; context: number }): void {
    const { name, body } = said.message;
    const { contextOffset, clientIndexOffset } = this.schema.message(name).def;
    const copy = Buffer.from(body);
    copy.writeUInt16BE(table.idOf.get(name) ?? 0, 0);
    if (contextOffset >= 0) copy.writeUInt32BE(to?.context ?? 0, contextOffset);
    else if (clientIndexOffset >= 0) copy.writeUInt32BE(client.registration, clientIndexOffset);
    client.sendBodyFor(this.isEvent(said) ? undefined : to?.request, [copy]);
  }

  private listener(client: Client): Listener {
    const known = this.listeners.get(client);
    if (known) return known;
    const listener: Listener = { asked: new Map(), silent: new Set(), heardOpening: false };
    this.listeners.set(client, listener);
    return listener;
  }

  private isEvent({ message: { name } }: Said): boolean {
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
