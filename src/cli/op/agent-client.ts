/** Asks the agent over HTTP: for the description of its operations, and to carry one out. */

import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { NDJSON, pathAt, TIMEOUT_HEADER } from '../../plugins/protocol.js';
import { ask, readAll } from '../agents/read-status.js';
import { unreachable } from '../agents/refusals.js';
import { AgentRequestError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { packageVersion } from '../version.js';
import { notAnAgent, remoteFailure } from './remote-failure.js';

/** An agent answers immediately; only an operation takes time. */
const ANSWER_MS = 10_000;
/** Longest description of operations: a thousand of them are some 3 MB. */
const DESCRIPTION_BYTES = 32 * 1024 * 1024;
/** Default timeout of an operation. */
const OPERATION_MS = 60_000;

export interface Progress {
  readonly done: number;
  readonly total?: number;
}

export interface AskOptions {
  /** Milliseconds that the agent gives the operation. */
  readonly timeoutMs?: number;
  readonly onProgress: (progress: Progress) => void;
}

interface Exchange {
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
  /** Milliseconds without a sign of the agent. */
  readonly patienceMs: number;
}

export class AgentClient {
  constructor(
    private readonly url: URL,
    private readonly headers: OutgoingHttpHeaders,
    private readonly signal: AbortSignal,
    /** The dataplane that operations are for; `main` where it is left out. */
    private readonly dataplane?: string,
  ) {}

  get host(): string {
    return this.url.host;
  }

  /** Throws AgentRequestError. */
  async get(path: string): Promise<unknown> {
    const { signal, headers } = this;
    const asking = { signal, headers, patienceMs: ANSWER_MS, maxBytes: DESCRIPTION_BYTES };
    const { statusCode, body } = await ask(this.urlOf(path), asking).catch((error) => {
      if (signal.aborted) throw error;
      if (error.code === 'ETIMEDOUT')
        throw new AgentRequestError(`the agent at ${this.host}: ${error.message}`, EXIT.TIMEOUT);
      throw unreachable(this.host, error);
    });
    if (statusCode !== 200) throw remoteFailure(this.host, statusCode, body);
    return parsed(this.host, body);
  }

  /** Carries out the operation at `path`; gives its output. Throws AgentRequestError. */
  async call(path: string, input: unknown, { timeoutMs, onProgress }: AskOptions): Promise<unknown> {
    const response = await this.send(path, {
      headers: {
        accept: NDJSON,
        'content-type': 'application/json',
        ...(timeoutMs !== undefined && { [TIMEOUT_HEADER]: Math.ceil(timeoutMs) }),
      },
      body: JSON.stringify(input),
      patienceMs: (timeoutMs ?? OPERATION_MS) + ANSWER_MS,
    });
    if (response.statusCode !== 200) {
      throw remoteFailure(this.host, response.statusCode ?? 0, await this.reading(() => readAll(response)));
    }
    return this.reading(async () => {
      for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
        const item = parsed(this.host, line) as { progress?: Progress; result?: unknown; error?: unknown };
        if (item.error !== undefined) throw remoteFailure(this.host, response.statusCode ?? 0, line);
        if (Object.hasOwn(item, 'result')) return item.result;
        if (item.progress) onProgress(item.progress);
      }
      throw new Error('its answer ended early');
    });
  }

  private send(path: string, { headers, body, patienceMs }: Exchange): Promise<IncomingMessage> {
    const { url, signal } = this;
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      let answered = false;
      const options = {
        method: 'POST',
        signal,
        agent: false,
        headers: {
          'user-agent': `vppmux/${packageVersion()}`,
          ...this.headers,
          ...headers,
          'content-length': Buffer.byteLength(body),
        },
      };
      const request = send(this.urlOf(path), options, (response) => {
        answered = true;
        resolve(response);
      });
      request.setTimeout(patienceMs, () => request.destroy(silent(this.host, patienceMs)));
      request.on('error', (error) => {
        // A refusal may come before all of the body was sent, and ends the connection.
        if (answered) return;
        if (signal.aborted || error instanceof AgentRequestError) return reject(error);
        // An agent that has received the whole call may have begun with it.
        reject(request.writableFinished ? wentAway(this.host, error) : unreachable(this.host, error));
      });
      request.end(body);
    });
  }

  /** An agent that knows no dataplanes has nothing at these paths: what is for one is never done at another. */
  private urlOf(path: string): URL {
    return new URL(this.dataplane === undefined ? path : pathAt(path, encodeURIComponent(this.dataplane)), this.url);
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (this.signal.aborted || error instanceof AgentRequestError) throw error;
      throw wentAway(this.host, error as Error);
    }
  }
}

const MAY_BE_DONE = 'the operation may have been done';

const wentAway = (host: string, { message }: Error) =>
  new AgentRequestError(`the agent at ${host} went away (${message}); ${MAY_BE_DONE}`, EXIT.LOST);

const silent = (host: string, ms: number) =>
  new AgentRequestError(
    `the agent at ${host} says nothing for ${Math.round(ms / 1000)} s; ${MAY_BE_DONE}`,
    EXIT.TIMEOUT,
  );

function parsed(host: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw notAnAgent(host, 'something that is no JSON');
  }
}
