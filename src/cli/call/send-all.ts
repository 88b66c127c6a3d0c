/**
 * The requests of one `call`, one after the other. Of several, all are checked before the first is sent: a mistake in the
 * last line must not leave the lines before it done.
 */

import { GrowingWriter } from '../../mux/for-cli.js';
import { type Fields, type Message, VppmuxError } from '../../mux/index.js';
import { ExitWith, LineError, UsageError } from '../errors.js';
import { exitCodeOf } from '../exit-code-of.js';
import type { ExitCode } from '../exit-codes.js';
import { reasonLine } from '../failure.js';
import { placeOf, quoted } from '../fields/json-lines.js';
import type { GivenRequest } from '../fields/request-fields.js';
import type { Host } from '../host.js';

/** Numbers of lines that a summary names. */
const NAMED = 20;

export interface Batch {
  readonly message: Message;
  readonly requests: readonly GivenRequest[];
  /** Continue after a request that failed. */
  readonly keepGoing: boolean;
  /** Sends one, and prints its reply. */
  readonly send: (fields: Fields) => Promise<void>;
}

/** Throws LineError for one of several that failed, its own error where it is the only one, and ExitWith after going on. */
export async function sendAll(host: Host, batch: Batch): Promise<void> {
  const { requests, keepGoing, send } = batch;
  if (requests.length === 1) return send(fieldsOf(requests[0]));
  if (!keepGoing) checkAll(batch);
  const failed: GivenRequest[] = [];
  let exit: ExitCode | undefined;
  for (const [at, request] of requests.entries()) {
    const others = () => story(at - failed.length, requests.length - at - 1, failed.length);
    try {
      await send(fieldsOf(request));
    } catch (error) {
      if (host.signal.aborted) host.note(`stopped at ${place(request)}: ${others()}`);
      if (host.signal.aborted) throw error;
      if (!keepGoing || !isOfOneRequest(error)) throw lineError(request, others(), error);
      failed.push(request);
      exit = exitCodeOf(error);
      const line = lineError(request, '', error);
      host.note(reasonLine(line));
    }
  }
  if (exit === undefined) return;
  host.note(`${requests.length - failed.length} of ${requests.length} done, ${failed.length} failed: ${named(failed)}`);
  throw new ExitWith(exit);
}

function fieldsOf({ fields }: GivenRequest): Fields {
  if (fields instanceof Error) throw fields;
  return fields;
}

function checkAll({ message, requests }: Batch): void {
  const writer = new GrowingWriter();
  for (const request of requests) {
    try {
      writer.pos = 0;
      message.write(writer, fieldsOf(request), 0, 0, 0);
    } catch (error) {
      throw lineError(request, `nothing was sent: all ${requests.length} lines are checked first`, error);
    }
  }
}

/** Errors after which no further request can be sent. */
const ENDS = new Set([
  'CONNECTION_LOST',
  'NOT_CONNECTED',
  'CLOSED',
  'CHANNEL_CLOSED',
  'GAVE_UP',
  'ABORTED',
  'INTERNAL',
]);

function isOfOneRequest(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof VppmuxError && !ENDS.has(error.code));
}

const lineError = (request: GivenRequest, others: string, cause: unknown) =>
  new LineError(placeOf(request, 'stdin'), quoted(request.text), others, cause);

const place = ({ line }: GivenRequest) => `line ${line} of stdin`;

function story(done: number, left: number, failed: number): string {
  const parts = [`${done} before it done`, ...(failed > 0 ? [`${failed} failed`] : []), `${left} behind it not sent`];
  return parts.join(', ');
}

function named(failed: readonly GivenRequest[]): string {
  const numbers = failed.slice(0, NAMED).map(({ line }) => line);
  const more = failed.length > NAMED ? ` and ${failed.length - NAMED} more` : '';
  return `line${failed.length === 1 ? '' : 's'} ${numbers.join(', ')}${more}`;
}
