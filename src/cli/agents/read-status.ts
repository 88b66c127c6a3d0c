/** One HTTP request to an agent, as for its `/status`, within bounds: any program may listen there. */

import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { packageVersion } from '../version.js';

/** Many plugins, each with a long reason, are some 100 kB. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface Asking {
  readonly signal: AbortSignal;
  /** Milliseconds until the whole of the answer has come. */
  readonly patienceMs: number;
  readonly headers?: OutgoingHttpHeaders;
  /** Longest answer; default: that of a status. */
  readonly maxBytes?: number;
}

export interface Answer {
  readonly statusCode: number;
  readonly body: string;
}

/** Reads its answer. Rejects with what the system says, or for an answer too long or too late. */
export function ask(url: URL, { signal, patienceMs, headers, maxBytes = MOST_BYTES }: Asking): Promise<Answer> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const late = AbortSignal.timeout(patienceMs);
  return new Promise((resolve, reject) => {
    const options = {
      agent: false,
      signal: AbortSignal.any([signal, late]),
      headers: { 'user-agent': `vppmux/${packageVersion()}`, ...headers },
    };
    const fail = (error: Error) => reject(late.aborted && !signal.aborted ? tooLate(patienceMs) : error);
    const request = send(url, options, (response) => {
      readAll(response, maxBytes).then((body) => resolve({ statusCode: response.statusCode ?? 0, body }), fail);
    });
    request.on('error', fail);
    request.end();
  });
}

/** The JSON of the agent's status. Rejects as `ask` does, and for anything but that. */
export async function readStatus(url: URL, asking: Asking): Promise<unknown> {
  const { statusCode, body } = await ask(new URL('/status', url), asking);
  if (statusCode !== 200) throw new Error(`it answers ${statusCode}`);
  return JSON.parse(body);
}

/** Rejects for more than `maxBytes`. */
export async function readAll(response: IncomingMessage, maxBytes = MOST_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw new Error(`its answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const tooLate = (ms: number) => Object.assign(new Error(`no answer within ${ms} ms`), { code: 'ETIMEDOUT' });
