/** Serves requests that call an operation: reads the input, calls as a client of the request's own, and answers. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromTexts } from '../../json-schema/from-text.js';
import { propertiesOf } from '../../json-schema/json-schema.js';
import { TEXT_CHARACTERS } from '../../json-schema/long-texts.js';
import {
  type CatalogueEntry,
  errorBody,
  Fault,
  type HttpCaller,
  HttpError,
  isFault,
  type Log,
  type Operations,
  type OperationsClient,
  type Progress,
} from '../../sdk/index.js';
import { refuseLongQuery, refuseLongTexts } from './long-text.js';
import { NdjsonReply } from './ndjson-reply.js';
import { API_PATH, DATAPLANE, LONGEST_MS, NDJSON, nameAt, TIMEOUT_HEADER } from './operation-paths.js';

const JSON_TYPE = 'application/json; charset=utf-8';
/** Milliseconds between two lines of progress. */
const PROGRESS_MS = 100;

export interface CallHandlerOptions {
  readonly operations: Operations;
  readonly maxCalls: number;
  readonly log: Log;
}

export class CallHandler {
  private readonly options: CallHandlerOptions;
  /** Calls under way. */
  private calls = 0;

  constructor(options: CallHandlerOptions) {
    this.options = options;
  }

  /**
   * Calls the operation at the request's path, as a client of its own that ends with the request, or when the caller
   * goes away. Throws HttpError or Fault.
   */
  async handle(request: FastifyRequest, reply: FastifyReply, caller: HttpCaller): Promise<FastifyReply> {
    const { maxCalls } = this.options;
    const { name, entry } = this.askedFor(request);
    const dataplane = dataplaneOf(request, entry);
    const input = inputOf(request, entry);
    const timeoutMs = timeoutOf(request);
    if (this.calls >= maxCalls) {
      throw new Fault('BUSY', `${maxCalls} calls are under way already (max-calls in gateway.conf); try again later`);
    }
    const client = this.clientFor(request, caller, name);
    const end = () => void client.close();
    reply.raw.once('close', end);
    if (request.raw.socket.destroyed) end();
    this.calls += 1;
    try {
      return await call(client, { name, input, timeoutMs, dataplane }, request, reply);
    } finally {
      this.calls -= 1;
      reply.raw.off('close', end);
      end();
    }
  }

  /**
   * Lets the operation refuse a write to a caller who may only read, before the body is read and whatever is in it. Throws Fault or
   * HttpError.
   */
  async refuseWrite(request: FastifyRequest, caller: HttpCaller): Promise<void> {
    if (caller.access === 'write' || request.method !== 'POST') return;
    const { name, entry } = this.askedFor(request);
    if (entry?.operation.access !== 'write') return;
    const client = this.clientFor(request, caller, name);
    try {
      await client.call(name, undefined);
    } catch (error) {
      // The command line has a hint of its own, in its own words.
      throw client.via === 'rest' && isFault(error) && error.code === 'READ_ONLY' ? withWayToWrite(error) : error;
    } finally {
      await client.close();
    }
  }

  /** Throws HttpError. */
  private askedFor(request: FastifyRequest): { readonly name: string; readonly entry: CatalogueEntry | undefined } {
    const path = (request.params as Readonly<Record<string, string>>)['*'];
    const name = nameAt(path);
    if (name === undefined) {
      throw new HttpError(
        'NOT_FOUND',
        `no operation can be at ${API_PATH}/${path.slice(0, 200)}; ${API_PATH} lists them`,
      );
    }
    return { name, entry: this.options.operations.catalogue.find(({ operation }) => operation.name === name) };
  }

  /** Opens a client for this request alone; the caller of this function closes it. */
  private clientFor(request: FastifyRequest, caller: HttpCaller, name: string): OperationsClient {
    const via = /^vppmux\//.test(request.headers['user-agent'] ?? '') ? 'cli' : 'rest';
    const client = this.options.operations.open({ name: caller.name, access: caller.access, via });
    this.options.log.debug(
      { request: request.id },
      `operation ${name}: asked by ${caller.name} as client ${client.id}`,
    );
    return client;
  }
}

function withWayToWrite({ code, message, operation, call }: Fault): Fault {
  return new Fault(code, `${message}; with the write-token of http.conf it may (Authorization: Bearer TOKEN)`, {
    operation,
    call,
  });
}

interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly timeoutMs: number | undefined;
  readonly dataplane: string | undefined;
}

async function call(
  client: OperationsClient,
  { name, input, timeoutMs, dataplane }: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const wantsLines = (request.headers.accept ?? '').includes(NDJSON);
  const lines = wantsLines ? new NdjsonReply(reply) : undefined;
  let reportedAt = Number.NEGATIVE_INFINITY;
  const onProgress = (progress: Progress) => {
    // Not more often than somebody can look.
    if (performance.now() - reportedAt >= PROGRESS_MS && lines?.offer({ progress })) reportedAt = performance.now();
  };
  try {
    const output = await client.call(name, input, {
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(dataplane !== undefined && { dataplane }),
      ...(lines && { onProgress }),
    });
    const text = asJson(name, output);
    if (lines) return lines.end(`{"result":${text}}`);
    return reply.type(JSON_TYPE).header('cache-control', 'no-store').send(`${text}\n`);
  } catch (error) {
    // With the first line the status has been sent as well.
    if (!lines?.isBegun || !isFault(error)) throw error;
    return lines.end(JSON.stringify(errorBody(error, request.id)));
  }
}

/** The input of the call: a body of JSON or, for an operation that only reads, a query with the types of the input. */
function inputOf(request: FastifyRequest, entry: CatalogueEntry | undefined): unknown {
  const allow = entry?.operation.access === 'write' ? 'POST' : 'GET, POST';
  if (request.method === 'POST') {
    const isLong = !(Number(request.headers['content-length']) <= TEXT_CHARACTERS);
    if (isLong) refuseLongTexts(request.body, entry?.schemas.input);
    if (request.body !== undefined) return request.body;
    throw new HttpError(
      'UNSUPPORTED_MEDIA_TYPE',
      'a POST has a body of JSON ({} without any input): content-type: application/json',
    );
  }
  if (request.method !== 'GET' || allow === 'POST') {
    const text = `operation ${entry?.operation.name ?? request.method} takes ${allow}, not ${request.method}`;
    throw new HttpError('METHOD_NOT_ALLOWED', text, { allow });
  }
  const schema = entry?.schemas.input ?? {};
  const properties = propertiesOf(schema);
  const query = Object.entries(queryOf(request)).filter(([key]) => key !== DATAPLANE || isOwnKey(entry));
  return Object.fromEntries(
    query.map(([key, value]) => {
      const texts = Array.isArray(value) ? value : [value];
      refuseLongQuery(key, texts);
      // An unknown key is refused by the operation, with the nearest one.
      return [key, fromTexts(schema, Object.hasOwn(properties, key) ? properties[key] : { type: 'string' }, texts)];
    }),
  );
}

/** The dataplane that the path names, or the query unless the operation has a value of that name itself. Throws HttpError. */
function dataplaneOf(request: FastifyRequest, entry: CatalogueEntry | undefined): string | undefined {
  const inPath = (request.params as Readonly<Record<string, string | undefined>>)[DATAPLANE];
  const given = inPath ?? (isOwnKey(entry) ? undefined : queryOf(request)[DATAPLANE]);
  if (given === undefined || (typeof given === 'string' && given.length <= LONGEST_NAME)) return given;
  throw new HttpError('BAD_REQUEST', `${DATAPLANE} must be the name of one dataplane`);
}

const LONGEST_NAME = 200;

const isOwnKey = (entry: CatalogueEntry | undefined) =>
  Object.hasOwn(propertiesOf(entry?.schemas.input ?? {}), DATAPLANE);

const queryOf = (request: FastifyRequest) => request.query as Readonly<Record<string, string | string[]>>;

function timeoutOf({ headers }: FastifyRequest): number | undefined {
  const text = headers[TIMEOUT_HEADER];
  if (text === undefined) return undefined;
  const ms = /^\d{1,8}$/.test(String(text)) ? Number(text) : 0;
  if (ms >= 1 && ms <= LONGEST_MS) return ms;
  throw new HttpError('BAD_REQUEST', `${TIMEOUT_HEADER} must be milliseconds, 1 to ${LONGEST_MS} (a day)`);
}

/** The output as JSON. Throws FAILED when JSON cannot carry it. */
function asJson(name: string, output: unknown): string {
  try {
    return JSON.stringify(output) ?? 'null';
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new Fault('FAILED', `operation ${name}: its output cannot be written as JSON: ${why}`);
  }
}
