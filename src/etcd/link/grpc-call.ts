/**
 * One call of gRPC: a stream of HTTP/2 that ends exactly once, with an error or without.
 *
 *   headers, messages ▶                     ▶ half-closed
 *                      ◀ headers, messages   ◀ trailers with grpc-status ─▶ end
 *
 * What is no answer of gRPC (a proxy's page, a cut message, a compressed one, a message above the limit) ends it as an error that
 * says what came.
 */

import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import { bounded } from '../../printable.js';
import { type EtcdError, type EtcdErrorFields, etcdError } from '../errors.js';
import { Deframer, FrameError, frame } from '../wire/deframer.js';
import { asksForToken, STATUS, statusError } from '../wire/status-errors.js';
import { dialError } from './dial-error.js';
import type { Session } from './session.js';

/** Characters of a foreign answer that its error quotes. */
const QUOTED = 200;

export interface CallHandlers {
  /** One message of the answer. What it throws ends the call. */
  message(bytes: Buffer): void;
  /** The end, once. */
  end(error?: EtcdError): void;
}

export interface CallOptions {
  /** `KV/Put`. */
  readonly request: string;
  readonly token: string | undefined;
  readonly maxBytes: number;
  /** Milliseconds after which etcd gives up, too. */
  readonly timeoutMs?: number;
  readonly fields: EtcdErrorFields;
}

export class GrpcCall {
  private readonly stream: ClientHttp2Stream;
  private readonly deframer: Deframer;
  private readonly fields: EtcdErrorFields;
  private answered: IncomingHttpHeaders | undefined;
  private isOver = false;
  /** Start of what is no answer of gRPC. */
  private foreign: string | undefined;

  /** @throws EtcdError where the session has ended. */
  constructor(
    private readonly session: Session,
    private readonly handlers: CallHandlers,
    private readonly options: CallOptions,
  ) {
    const { request, token, timeoutMs, maxBytes } = options;
    this.fields = { ...options.fields, request, endpoint: session.endpoint };
    this.deframer = new Deframer(maxBytes);
    this.stream = session.stream({
      ...{ ':method': 'POST', ':path': `/etcdserverpb.${request}` },
      ...{ 'content-type': 'application/grpc', te: 'trailers', 'user-agent': 'vppmux' },
      // A member that has lost the others says so at once, and gives no old answers.
      hasleader: 'true',
      ...(token !== undefined && { token }),
      ...(timeoutMs !== undefined && { 'grpc-timeout': `${Math.max(1, Math.round(timeoutMs))}m` }),
    });
    this.listen();
  }

  send(message: Uint8Array): void {
    if (!this.isOver && this.stream.writable) this.stream.write(frame(message));
  }

  /** Tells etcd that nothing more comes. */
  finish(message?: Uint8Array): void {
    if (!this.isOver && this.stream.writable) this.stream.end(message && frame(message));
  }

  /** Ends it from this side, with this error. */
  fail(error?: EtcdError): void {
    if (this.isOver) return;
    this.isOver = true;
    this.stream.close(constants.NGHTTP2_CANCEL);
    this.handlers.end(error);
  }

  private listen(): void {
    const { stream } = this;
    let broken: unknown;
    stream.on('error', (error) => {
      broken = error;
    });
    stream.once('response', (headers) => {
      this.answered = headers;
      const isGrpc = headers[':status'] === 200 && `${headers['content-type']}`.startsWith('application/grpc');
      if (!isGrpc) this.foreign = '';
    });
    stream.once('trailers', (headers) => {
      this.answered = { ...this.answered, ...headers };
    });
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.once('close', () => this.closed(broken));
  }

  private take(chunk: Buffer): void {
    if (this.isOver) return;
    if (this.foreign !== undefined) {
      this.foreign += chunk.toString('latin1', 0, QUOTED - this.foreign.length);
      if (this.foreign.length >= QUOTED) this.fail(this.foreignAnswer());
      return;
    }
    try {
      for (const message of this.deframer.push(chunk)) {
        if (!this.isOver) this.handlers.message(message);
      }
    } catch (error) {
      this.fail(this.badMessage(error as Error));
    }
  }

  private closed(broken: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.handlers.end(this.verdict(broken));
  }

  /** The error that the end of the stream means; undefined for a good end. */
  private verdict(broken: unknown): EtcdError | undefined {
    const { answered, session, stream } = this;
    if (this.foreign !== undefined) return this.foreignAnswer();
    const given = answered?.['grpc-status'];
    if (given !== undefined) {
      const status = Number(given);
      const text = decoded(`${answered?.['grpc-message'] ?? ''}`);
      if (status !== STATUS.ok) return statusError({ status, text, fields: this.fields });
      return this.deframer.isInside ? this.badMessage(new Error('it ends within a message')) : undefined;
    }
    // Refused before anything was looked at: the connection is ending.
    const isRefused = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
    const fields = { ...this.fields, outcome: isRefused ? 'not-sent' : 'unknown' } as const;
    const cause =
      session.closedBy ?? (broken === undefined ? undefined : dialError(session.endpoint, broken, 'ETCD_LOST'));
    const why = cause?.message ?? `the stream ended without a status (code ${stream.rstCode} of HTTP/2)`;
    return etcdError('ETCD_LOST', `${this.options.request} was cut off: ${why}`, fields, cause);
  }

  private foreignAnswer(): EtcdError {
    const { answered, foreign = '', fields } = this;
    const what = `HTTP status ${answered?.[':status']}, ${answered?.['content-type'] ?? 'no content-type'}`;
    const quoted = foreign === '' ? '' : `: "${bounded(foreign, QUOTED)}"`;
    return etcdError('NOT_ETCD', `${fields.endpoint} gave no answer of etcd, but ${what}${quoted}`, fields);
  }

  private badMessage(error: Error): EtcdError {
    const { fields, options } = this;
    const isLarge = error instanceof FrameError && error.reason === 'too-large';
    const text = `${fields.endpoint} answered ${options.request} with what is no message of etcd: ${error.message}`;
    const large = `the answer to ${options.request} has ${error.message}, maxAnswerBytes`;
    const outcome = { ...fields, outcome: 'unknown' } as const;
    return etcdError(isLarge ? 'ETCD_TOO_LARGE' : 'NOT_ETCD', isLarge ? large : text, outcome, error);
  }
}

/** True for an error that a new token may mend. */
export const isTokenError = ({ status, message }: EtcdError): boolean =>
  status !== undefined && asksForToken(status, message);

/** gRPC writes bytes beyond ASCII, and `%`, as in URLs. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
