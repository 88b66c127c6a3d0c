/**
 * Brings a frame's body to its handler, and the answer to the client. As in VPP, a message with an unknown id,
 * without a handler, or with fewer bytes than its definition asks for is dropped, and the connection goes on (WIRE 3.8).
 */
import { FieldError, type Fields } from '../../src/mux/internal.js';
import { type Answer, DetailsThen, isFields } from '../handlers/answers.js';
import type { Call, Endpoint, Handler, Handlers, Incoming, RawHandler } from '../handlers/call.js';
import { readFields } from '../handlers/read-fields.js';
import { Retval } from '../retvals.js';
import type { Vpp } from '../vpp.js';
import type { Client, FrameSource } from '../wire/client.js';
import { type Outgoing, outgoing } from '../wire/outgoing.js';
import type { Received } from './received.js';

type Body = Pick<Call, 'bytes' | 'start' | 'end'>;

/** The parts of the server that the dispatcher needs. */
export interface DispatchHost {
  readonly received: Received;
  /** The client with this registration; undefined when there is none. */
  clientOf(registration: number): Client | undefined;
  /** Whether faults look at requests. */
  readonly isFaulty: boolean;
  /** Whether the request is served; false: a fault makes it vanish, or serves it later. */
  admits(name: string, client: Client, incoming: Incoming): boolean;
  /** Sends clients the events of what has happened meanwhile. */
  announce(): void;
  debug(message: string, fields: object): void;
  /** Reports a request without a handler, each name once. */
  unserved(name: string, client: Client): void;
  /** Reports a handler that threw, or gave back what cannot be encoded: an error of the mock or of its user. */
  failed(name: string, error: unknown): void;
}

export class Dispatcher {
  private readonly endpoints = new Map<number, Endpoint>();
  private readonly warned = new Set<string>();

  constructor(
    private readonly vpp: Vpp,
    private handlers: Handlers,
    private readonly host: DispatchHost,
  ) {}

  /** Uses other handlers from now on. */
  use(handlers: Handlers): void {
    this.handlers = handlers;
    this.endpoints.clear();
  }

  dispatch(from: Client, bytes: Buffer, start: number, end: number): void {
    if (end - start < 2) return;
    const id = bytes.readUInt16BE(start);
    const endpoint = this.endpoints.get(id) ?? this.lookUp(id);
    if (endpoint === undefined) {
      this.drop(`no message has id ${id}`, `${id}`);
      return;
    }
    const { name } = endpoint.message;
    if (end - start < endpoint.message.def.minSize) {
      this.drop(`${name} of ${end - start} bytes is shorter than its definition`, `${name} short`);
      return;
    }
    this.host.received.add(endpoint.message, from.registration, bytes, start, end);
    const body = { bytes, start, end };
    if (this.host.isFaulty && !this.admits(from, endpoint, body)) return;
    this.serveOrWarn(from, endpoint, body);
  }

  /**
   * Gives what the mock would answer `client`, without sending it: the reply's fields, or those of the details. Undefined without
   * a handler, and where the answer comes later, or as bytes.
   */
  ask(name: string, fields: Fields, client: Client): readonly Fields[] | undefined {
    const message = this.vpp.schema.find(name);
    const handler = this.handlerOf(name);
    if (message === undefined || typeof handler !== 'function') return undefined;
    const bytes = Buffer.from(message.encode(fields));
    const place = { bytes, start: 0, end: bytes.length };
    const call: Call = { vpp: this.vpp, dataplane: this.vpp.dataplane, request: name, client, context: 0, ...place };
    const answer = handler(readFields(message, bytes, 0, bytes.length), call);
    if (typeof answer === 'number') return [{ retval: answer }];
    if (answer instanceof DetailsThen) return [...answer.details];
    if (answer === undefined || answer instanceof Promise || typeof answer === 'function') return undefined;
    return isFields(answer) ? [answer] : answer;
  }

  private serveOrWarn(from: Client, endpoint: Endpoint, body: Body): void {
    if (endpoint.handler === undefined) this.unserved(endpoint.message.name, from);
    else this.serve(from, endpoint, endpoint.handler, body);
  }

  private admits(from: Client, endpoint: Endpoint, body: Body): boolean {
    const { name } = endpoint.message;
    try {
      return this.host.admits(name, from, this.incoming(from, endpoint, body));
    } catch (error) {
      this.host.failed(name, error);
      return true;
    }
  }

  private incoming(from: Client, endpoint: Endpoint, { bytes, start, end }: Body): Incoming {
    const { message, handler } = endpoint;
    return {
      message,
      hasHandler: handler !== undefined,
      fields: () => {
        try {
          return readFields(message, bytes, start, end);
        } catch (error) {
          if (isTruncated(error)) return undefined;
          throw error;
        }
      },
      keep: () => {
        const copy = Buffer.from(bytes.subarray(start, end));
        return () => {
          this.serveOrWarn(from, endpoint, { bytes: copy, start: 0, end: copy.length });
          this.host.announce();
        };
      },
    };
  }

  private serve(from: Client, endpoint: Endpoint, handler: Handler | RawHandler, body: Body): void {
    const { message } = endpoint;
    const { contextOffset } = message.def;
    const context = contextOffset < 0 ? 0 : body.bytes.readUInt32BE(body.start + contextOffset);
    const client = this.ownerOf(endpoint, from, body);
    // VPP also serves a request without an owner; its answer is lost.
    const call: Call = {
      vpp: this.vpp,
      dataplane: this.vpp.dataplane,
      request: message.name,
      client: client ?? from,
      context,
      ...body,
    };
    try {
      const answer =
        'raw' in handler ? handler.raw(call) : handler(readFields(message, body.bytes, body.start, body.end), call);
      if (answer instanceof Promise) this.answerLater(from, client, endpoint, answer, context);
      else if (client !== undefined) this.answer(client, endpoint, answer, context);
    } catch (error) {
      if (isTruncated(error)) this.drop(`${message.name} ends too early (${error})`, `${message.name} short`);
      else this.host.failed(message.name, error);
    }
  }

  /** VPP answers to whom the client_index belongs, which is not checked against the socket (WIRE 3.4). */
  private ownerOf({ message }: Endpoint, from: Client, { bytes, start }: Body): Client | undefined {
    const { clientIndexOffset } = message.def;
    if (clientIndexOffset < 0) return from;
    const index = bytes.readUInt32BE(start + clientIndexOffset);
    return index === from.registration ? from : this.host.clientOf(index);
  }

  private answerLater(
    from: Client,
    client: Client | undefined,
    endpoint: Endpoint,
    answer: Promise<Answer>,
    context: number,
  ): void {
    from.waiting = true;
    const goOn = () => {
      from.waiting = false;
      from.resume();
    };
    answer
      .then((ready) => {
        if (client !== undefined) this.answer(client, endpoint, ready, context);
        this.host.announce();
      })
      .catch((error: unknown) => this.host.failed(endpoint.message.name, error))
      .finally(goOn);
  }

  private answer(client: Client, endpoint: Endpoint, answer: Answer, context: number): void {
    if (answer === undefined) return;
    client.answering = endpoint.message.name;
    try {
      const { reply, details } = endpoint;
      const stream = (source: FrameSource) => client.stream(this.guarded(source, endpoint.message.name));
      if (typeof answer === 'function') stream(answer);
      else if (typeof answer === 'number') this.reply(client, endpoint, { retval: answer }, context);
      else if (answer instanceof DetailsThen || !isFields(answer)) {
        const list = answer instanceof DetailsThen ? answer.details : answer;
        const last = answer instanceof DetailsThen ? answer.reply : reply && { retval: Retval.OK };
        if (details === undefined) throw new TypeError(`${endpoint.message.name} has no details to answer with`);
        stream(sourceOf(list, details, reply, last, context));
      } else this.reply(client, endpoint, answer, context);
    } finally {
      client.answering = undefined;
    }
  }

  /** Ends a long answer that cannot be encoded: most of it is written when there is room, where nobody would catch that. */
  private guarded(source: FrameSource, name: string): FrameSource {
    return (client) => {
      try {
        return source(client);
      } catch (error) {
        this.host.failed(name, error);
        return true;
      }
    };
  }

  private reply(client: Client, { message, reply, details }: Endpoint, fields: Fields, context: number): void {
    const outgoing = reply ?? details;
    if (outgoing === undefined) throw new TypeError(`${message.name} has no reply to answer with`);
    client.send(outgoing, fields, context);
  }

  private lookUp(id: number): Endpoint | undefined {
    const { schema, table } = this.vpp;
    const name = table.nameOf.get(id);
    const message = name === undefined ? undefined : schema.find(name);
    if (message === undefined) return undefined;
    const service = message.def.service;
    const endpoint: Endpoint = {
      message,
      handler: this.handlerOf(message.name),
      reply: outgoing(schema, table, service?.reply),
      details: outgoing(schema, table, service?.details),
    };
    this.endpoints.set(id, endpoint);
    return endpoint;
  }

  /** Finds the handler of a message; all want_* requests share one. */
  private handlerOf(name: string): Handler | RawHandler | undefined {
    const wants = name.startsWith('want_') && !name.endsWith('_reply');
    return this.handlers[name] ?? (wants ? this.handlers['want_*'] : undefined);
  }

  private unserved(name: string, from: Client): void {
    if (this.warned.has(name)) return;
    this.warned.add(name);
    this.host.unserved(name, from);
  }

  /** Logs a dropped message, once for each cause: a client that repeats itself must not fill the log. */
  private drop(why: string, cause: string): void {
    if (this.warned.has(cause)) return;
    this.warned.add(cause);
    this.host.debug(`${why}; dropped without an answer, as VPP does`, { cause });
  }
}

function isTruncated(error: unknown): boolean {
  return error instanceof FieldError && error.code === 'TRUNCATED';
}

function sourceOf(
  list: Iterable<Fields>,
  details: Outgoing,
  reply: Outgoing | undefined,
  last: Fields | undefined,
  context: number,
): FrameSource {
  const left = list[Symbol.iterator]();
  return (client) => {
    for (let next = left.next(); ; next = left.next()) {
      if (next.done) {
        if (reply && last) client.send(reply, last, context);
        return true;
      }
      client.send(details, next.value, context);
      if (client.outbox.full) return false;
    }
  };
}
