/**
 * Requests to etcd: over the session of the link, with the token of the user, within a deadline, and again where that is safe.
 *
 *   wait for a session ─▶ token ─▶ call ─▶ answer
 *        ▲                                  │ not carried out, or a request that may be repeated: after a delay
 *        └──────────────────────────────────┘
 *
 * A write whose fate is unknown is never repeated here: its error says so.
 */

import { backoffDelay } from '../../backoff.js';
import { EtcdError, type EtcdErrorFields, EtcdUnavailableError, etcdError } from '../errors.js';
import type { EtcdSettings } from '../options.js';
import { decode } from '../wire/decode.js';
import { encode } from '../wire/encode.js';
import type { Decoded, Encodable, Fields, MessageType } from '../wire/protobuf.js';
import { AuthToken } from './auth-token.js';
import { Deadline } from './deadline.js';
import { type CallHandlers, GrpcCall, isTokenError } from './grpc-call.js';
import type { Link } from './link.js';
import type { Session } from './session.js';

export interface Method<Q extends Fields, A extends Fields> {
  /** `KV/Put` */
  readonly name: string;
  readonly request: MessageType<Q>;
  readonly answer: MessageType<A>;
  /** True where asking twice does no more than asking once. */
  readonly repeatable: boolean;
}

export interface RequestOptions {
  /** Deadline, waiting for a connection included; default: `requestTimeoutMs` of the client. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Attempt {
  /** Name of the method. */
  readonly request: string;
  readonly message: Uint8Array;
  readonly token: string | undefined;
  readonly fields: EtcdErrorFields;
  readonly deadline: Deadline;
  /** How the attempt before this one failed. */
  readonly before: EtcdError | undefined;
}

/** Milliseconds without an answer after which the connection is asked whether it lives. */
const SLOW_MS = 1000;
/** Renewals of the token for one request. */
const MOST_RENEWALS = 2;

export class Rpc {
  private readonly token: AuthToken;

  constructor(
    readonly link: Link,
    readonly settings: EtcdSettings,
  ) {
    this.token = new AuthToken(settings, (method, input) => this.request(method, input, {}, {}, false));
  }

  /** @throws EtcdError, with `outcome`. */
  async request<Q extends Fields, A extends Fields>(
    method: Method<Q, A>,
    input: Encodable<MessageType<Q>>,
    options: RequestOptions = {},
    fields: EtcdErrorFields = {},
    withToken = true,
  ): Promise<Decoded<MessageType<A>>> {
    const deadline = new Deadline(options.timeoutMs ?? this.settings.requestTimeoutMs, options.signal);
    try {
      const message = encoded(method, input);
      let before: EtcdError | undefined;
      for (let attempt = 1, renewals = 0; ; attempt++) {
        let token: string | undefined;
        try {
          token = withToken ? await deadline.wait(this.token.get()) : undefined;
          const session = await deadline.wait(this.link.get());
          const bytes = await this.once(session, { request: method.name, token, fields, message, deadline, before });
          return decodeAnswer(method, bytes);
        } catch (error) {
          const reason = this.judge(error, deadline, method.name, fields);
          if (withToken && isTokenError(reason) && this.token.isUsed && renewals++ < MOST_RENEWALS) {
            this.token.renew(token);
            continue;
          }
          if (!mayRepeat(reason, method.repeatable)) throw reason;
          before = reason;
          if (!(await deadline.pause(backoffDelay(attempt, this.settings.backoff)))) throw reason;
        }
      }
    } finally {
      deadline.end();
    }
  }

  /**
   * A call that both sides send on. Without a deadline of its own, apart from that of the connection.
   * @throws EtcdError where there is no connection within `requestTimeoutMs`.
   */
  async open(name: string, handlers: CallHandlers, fields: EtcdErrorFields, signal: AbortSignal): Promise<OpenCall> {
    const deadline = new Deadline(this.settings.requestTimeoutMs, signal);
    let token: string | undefined;
    try {
      token = await deadline.wait(this.token.get());
      const session = await deadline.wait(this.link.get());
      const { maxAnswerBytes: maxBytes } = this.settings;
      return { call: new GrpcCall(session, handlers, { request: name, token, maxBytes, fields }), session, token };
    } catch (error) {
      throw this.judge(error, deadline, name, fields);
    } finally {
      deadline.end();
    }
  }

  /** Gets another token in place of this one. False where there is no user. */
  renewToken(old: string | undefined): boolean {
    this.token.renew(old);
    return this.token.isUsed;
  }

  private once(session: Session, attempt: Attempt): Promise<Buffer> {
    const { request, message, deadline, before } = attempt;
    const fields = { ...attempt.fields, endpoint: session.endpoint };
    return new Promise((resolve, reject) => {
      let answer: Buffer | undefined;
      const nothing = () => etcdError('NOT_ETCD', `${session.endpoint} answered ${request} with nothing`, fields);
      const handlers = {
        message(bytes: Buffer) {
          answer = bytes;
        },
        end: (error?: EtcdError) => {
          clearTimeout(slow);
          forget();
          if (error || !answer) reject(this.left(session, error ?? nothing()));
          else resolve(answer);
        },
      };
      const options = { ...attempt, maxBytes: this.settings.maxAnswerBytes, timeoutMs: deadline.left };
      const call = new GrpcCall(session, handlers, options);
      const slow = setTimeout(() => session.check(SLOW_MS), SLOW_MS);
      const forget = deadline.whenOver(() => call.fail(deadline.error(request, fields, 'unknown', before)));
      call.finish(message);
    });
  }

  /** Moves to another endpoint where this one's member cannot serve. */
  private left(session: Session, error: EtcdError): EtcdError {
    if (error.code === 'ETCD_NO_LEADER' || error.code === 'NOT_ETCD') this.link.leave(session, error);
    return error;
  }

  private judge(error: unknown, deadline: Deadline, name: string, fields: EtcdErrorFields): EtcdError {
    if (error instanceof EtcdError) return error;
    if (error !== deadline.over) throw error;
    const { state } = this.link;
    if (state.state !== 'away') return deadline.error(name, fields, 'not-sent');
    return deadline.error(name, { ...fields, since: state.since }, 'not-sent', state.error);
  }
}

export interface OpenCall {
  readonly call: GrpcCall;
  readonly session: Session;
  readonly token: string | undefined;
}

function mayRepeat(error: EtcdError, repeatable: boolean): boolean {
  return error instanceof EtcdUnavailableError && (repeatable || error.outcome === 'not-sent');
}

function encoded<Q extends Fields>({ name, request }: Method<Q, Fields>, input: Encodable<MessageType<Q>>): Buffer {
  try {
    return encode(request, input);
  } catch (error) {
    throw etcdError('BAD_OPTION', `${name}: ${(error as Error).message}`, { outcome: 'not-sent' }, error);
  }
}

export function decodeAnswer<A extends Fields>(
  { name, answer }: Method<Fields, A>,
  bytes: Buffer,
): Decoded<MessageType<A>> {
  try {
    return decode(answer, bytes);
  } catch (error) {
    const text = `the answer to ${name} is no message of etcd: ${(error as Error).message}`;
    throw etcdError('NOT_ETCD', text, { request: name, outcome: 'unknown' }, error);
  }
}
