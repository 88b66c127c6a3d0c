/**
 * Groups a trace into requests, each with VPP's messages about it. Replies belong to their context; a control_ping behind a dump has
 * the dump's context and only its own reply. Events have none: VPP serves one request after the other, so an event
 * goes with the request that VPP was at, else follows the one it had answered last.
 */
import type { Schema, Service } from '../../src/mux/internal.js';
import { type Gap, isGap, type TraceMessage } from './read-trace.js';

/** A message of VPP, and the milliseconds since the one before it; 0 for all but late events. */
export interface TimedMessage {
  readonly message: TraceMessage;
  readonly delay: number;
}

export interface RecordedExchange {
  readonly request: TraceMessage;
  readonly service: Service;
  /** VPP's messages about it: reply, details and events. */
  readonly messages: TimedMessage[];
  /** Whether VPP's answer is complete; a part must not be taken for the whole. */
  whole: boolean;
  /** Whether some of it may not have been recorded. */
  partial: boolean;
}

export interface Conversation {
  readonly exchanges: readonly RecordedExchange[];
  /** Events before the first request. */
  readonly opening: readonly TimedMessage[];
}

const PING = 'control_ping';

export function exchangesOf(items: readonly (TraceMessage | Gap)[], schema: Schema): Conversation {
  const sessions = new Map<number, Session>();
  for (const item of items) {
    if (isGap(item)) {
      for (const session of sessions.values()) session.markGap();
      continue;
    }
    const session = sessions.get(item.gen) ?? new Session(schema);
    sessions.set(item.gen, session);
    session.read(item);
  }
  const all = [...sessions.values()];
  return { exchanges: all.flatMap(({ exchanges }) => exchanges), opening: all.flatMap(({ opening }) => opening) };
}

class Session {
  readonly exchanges: RecordedExchange[] = [];
  readonly opening: TimedMessage[] = [];
  private readonly byContext = new Map<number, RecordedExchange>();
  /** Place of the exchange that VPP's last message belongs to. */
  private current = -1;
  private lastAt = 0;

  constructor(private readonly schema: Schema) {}

  read(message: TraceMessage): void {
    if (message.dir === 'out') this.request(message);
    else if (this.schema.find(message.name)?.def.role === 'event') this.event(message);
    else this.reply(message);
  }

  /** Marks a place where messages are missing: exchanges under way may lack some. */
  markGap(): void {
    for (const exchange of this.exchanges) exchange.partial ||= !exchange.whole;
  }

  private request(request: TraceMessage): void {
    const service = this.schema.model.services.get(request.name);
    const { context = -1 } = request;
    if (request.name === PING) {
      // A ping behind a dump: from here on it is known how the dump ends. A trace without pings has whole dumps.
      const dump = this.byContext.get(context);
      if (dump?.service.kind === 'dump') dump.whole = false;
    } else if (service) {
      const whole = service.kind === 'oneway' || service.kind === 'dump';
      const exchange = { request, service, messages: [], whole, partial: request.cut };
      this.exchanges.push(exchange);
      this.byContext.set(context, exchange);
    }
  }

  private reply(message: TraceMessage): void {
    const exchange = this.byContext.get(message.context ?? -1);
    if (exchange === undefined) return; // asked before the trace began, or a ping of its own
    const { kind, details } = exchange.service;
    const isPing = message.name === `${PING}_reply`;
    if (!isPing) exchange.messages.push({ message, delay: 0 });
    exchange.partial ||= message.cut;
    exchange.whole ||= kind === 'dump' ? isPing : kind === 'unary' || message.name !== details;
    this.current = Math.max(this.current, this.exchanges.indexOf(exchange, Math.max(0, this.current)));
    this.lastAt = message.t;
  }

  private event(message: TraceMessage): void {
    const last = this.exchanges[this.current];
    const busy = last?.whole === false ? last : this.exchanges[this.current + 1];
    if (busy) busy.messages.push({ message, delay: 0 });
    else if (last) last.messages.push({ message, delay: Math.max(0, message.t - this.lastAt) });
    else this.opening.push({ message, delay: 0 });
    this.lastAt = message.t;
  }
}
