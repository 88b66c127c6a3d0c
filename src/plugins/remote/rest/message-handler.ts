/** Serves `/vpp/MESSAGE`: reads the fields, sends the message as its caller, and answers with the reply, the list, or the problem. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Message, ndjson, reads, toJson, type Untyped, VppmuxError } from '../../../mux/index.js';
import { type Channel, type Fields, HttpError, type Mux } from '../../../sdk/index.js';
import { isA, reasonOf } from '../../../thrown.js';
import { type Entrance, httpVisit, queryOf } from '../http-visit.js';
import type { Visit } from '../visit.js';
import { vppIsAway } from '../vpp-is-away.js';
import { ChunkStream } from './chunk-stream.js';
import { describeExchange } from './describe-exchange.js';

import { JSON_TYPE, NDJSON, nameAt, VPP_PATH } from './paths.js';
import { errorLine } from './problem.js';
import { type ReadRequest, readRequest, refuseWrongUse } from './read-request.js';

export interface MessageHandlerOptions extends Entrance {
  readonly mux: Pick<Mux, 'schema' | 'table' | 'tableHash' | 'status'>;
  /** Bytes of an answer that may wait for its reader, and of one that is one array. */
  readonly maxBuffer: () => number;
}

/** A request for a message, as far as it is read. */
interface Asked {
  readonly message: Message;
  readonly channel: Channel<Untyped>;
  readonly visit: Visit;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export class MessageHandler {
  constructor(private readonly options: MessageHandlerOptions) {}

  /** Throws VppmuxError or HttpError. */
  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const name = this.nameIn(request);
    const visit = httpVisit(this.options, request, reply);
    try {
      const channel = visit.shared;
      const message = this.options.mux.schema?.find(name);
      if (message === undefined) throw await this.whyNone(name, channel);
      return await this.serve({ message, channel, visit, request, reply });
    } finally {
      // An answer in lines is not over yet.
      if (!reply.sent) visit.leave();
    }
  }

  /** Why there is no such message: no VPP, no such name, no definition. Nothing is sent. */
  private async whyNone(name: string, channel: Channel<Untyped>): Promise<unknown> {
    const { schema } = this.options.mux;
    const away = vppIsAway(this.options.mux, name);
    if (schema === undefined) return away;
    const error = await channel.request(name, {}, { signal: AbortSignal.abort() }).catch((reason: unknown) => reason);
    return isA(error, VppmuxError) && error.code !== 'ABORTED' ? error : away;
  }

  private async serve(asked: Asked): Promise<FastifyReply> {
    const { message, request, reply } = asked;
    const { schema, table } = this.options.mux;
    if (queryOf(request).has('describe') && request.method === 'GET' && schema) {
      return sendJson(reply, jsonText(describeExchange(schema, message, table)));
    }
    refuseWrongUse(request, message);
    await refuseWrite(asked);
    const given = readRequest(request, message);
    const kind = message.def.service?.kind;
    if (kind !== 'dump' && kind !== 'get') return this.reply(asked, given);
    return given.isArray ? this.array(asked, given) : this.lines(asked, given);
  }

  private async reply(asked: Asked, { fields, names, timeoutMs }: ReadRequest): Promise<FastifyReply> {
    const { message, channel, visit, reply } = asked;
    const answer = await channel.request(message.name, fields, { signal: visit.signal, timeoutMs });
    const form = this.formOf(message.def.service?.reply, names);
    const text = JSON.stringify(form(answer));
    visit.spend(text.length);
    return sendJson(reply, text);
  }

  private async lines(asked: Asked, { fields, names, timeoutMs }: ReadRequest): Promise<FastifyReply> {
    const { message, channel, visit, request, reply } = asked;
    // Held until the answer has been read, not only until VPP has sent it.
    visit.hold('dumps');
    const answer = new ChunkStream({
      visit,
      begin: (stream) => void reply.type(NDJSON).header('cache-control', 'no-store').send(stream),
    });
    const rows = channel.dump(message.name, fields, { signal: visit.signal, timeoutMs });
    visit.share(rows);
    try {
      for await (const lines of ndjson(rows, { names })) {
        const pause = answer.add(lines);
        if (pause) await pause;
      }
    } catch (error) {
      // With the first line the status has been sent as well.
      if (!answer.isBegun) throw error;
      // Without it a reader that is still there would take the list for whole.
      const shown = visit.signal.aborted ? new HttpError('UNAVAILABLE', reasonOf(visit.signal.reason)) : error;
      answer.add(`${errorLine(shown, request.id)}\n`)?.catch(() => {});
    }
    answer.end();
    return reply;
  }

  private async array(asked: Asked, { fields, names, timeoutMs }: ReadRequest): Promise<FastifyReply> {
    const { message, channel, visit, reply } = asked;
    visit.hold('dumps');
    const most = this.options.maxBuffer();
    const chunks: Buffer[] = [];
    let length = 0;
    const rows = channel.dump(message.name, fields, { signal: visit.signal, timeoutMs });
    visit.share(rows, () => length);
    for await (const lines of ndjson(rows, { names })) {
      length += lines.length;
      if (length > most) throw tooLong(message.name, most);
      chunks.push(lines);
    }
    const answer = new ChunkStream({
      visit,
      begin: (stream) => void reply.type(JSON_TYPE).header('cache-control', 'no-store').send(stream),
    });
    try {
      for (const part of arrayOf(chunks)) {
        length = Math.max(0, length - part.length);
        const pause = answer.add(part);
        if (pause) await pause;
      }
      answer.end();
    } catch (error) {
      answer.breakOff(error as Error);
    }
    return reply;
  }

  /** The form of a message that VPP sends. */
  private formOf(name: string | undefined, names: boolean): (fields: Fields) => Fields {
    const message = name === undefined ? undefined : this.options.mux.schema?.find(name);
    return message === undefined ? (fields) => fields : (fields) => toJson(message, fields, { names });
  }

  private nameIn(request: FastifyRequest): string {
    const path = (request.params as Readonly<Record<string, string>>)['*'];
    const name = nameAt(path);
    if (name !== undefined) return name;
    throw new HttpError('NOT_FOUND', `no message can be at ${VPP_PATH}/${path.slice(0, 200)}; ${VPP_PATH} lists them`);
  }
}

export const sendJson = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type(JSON_TYPE).header('cache-control', 'no-store').send(`${text}\n`);

/** Values of definitions may be bigint. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part));

/** The texts of an array of all lines. Takes each chunk out of the list before it is given back. */
function* arrayOf(chunks: Buffer[]): Generator<string> {
  if (chunks.length === 0) return yield '[]\n';
  let separator = '[\n';
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    // No value has a line end in it.
    yield separator + chunk.toString().trimEnd().replaceAll('\n', ',\n');
    separator = ',\n';
  }
  yield '\n]\n';
}

/** Lets the channel refuse what its caller may not do, before the fields are looked at: so it is in the audit as well. */
async function refuseWrite({ visit, message: { name, def }, channel }: Asked): Promise<void> {
  if (visit.access === 'write' || reads(def)) return;
  const kind = def.service?.kind;
  if (kind === 'dump' || kind === 'get') await channel.dump(name).toArray();
  else await channel.request(name);
}

function tooLong(messageName: string, most: number): VppmuxError {
  const text = `${messageName}: more than ${most} bytes in one array (max-buffer in remote.conf); Accept: ${NDJSON} streams any number of lines`;
  return new VppmuxError('REPLY_OVERFLOW', text, { messageName });
}
