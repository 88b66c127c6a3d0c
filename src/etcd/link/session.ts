/**
 * One HTTP/2 connection to one endpoint. All requests and watches of a client share it: they are its streams.
 *
 *   open(): socket ─▶ TLS ─▶ the other side's SETTINGS ─▶ up ─▶ closed, once, with a cause
 *
 * Up means that the other side has spoken HTTP/2: with TLS 1.3 a client learns only then whether its certificate was taken.
 */

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { EtcdError, etcdError } from '../errors.js';
import type { EtcdSettings } from '../options.js';
import { dialError } from './dial-error.js';
import { openSocket } from './open-socket.js';
import { Silence } from './silence.js';

/** Bytes that the other side may send ahead on one stream, and on the connection. */
const STREAM_WINDOW = 1024 * 1024;
const SESSION_WINDOW = 4 * STREAM_WINDOW;
/** etcd's own limit is 5 s (GRPCKeepAliveMinTime). */
const PING_PAUSE_MS = 5500;

export class Session {
  /** Reason why it takes no more requests; those under way may still be answered. */
  private cause: EtcdError | undefined;
  private checkedAt = Number.NEGATIVE_INFINITY;
  private told: ((cause: EtcdError) => void) | undefined;

  private constructor(
    readonly endpoint: string,
    private readonly http2: ClientHttp2Session,
  ) {}

  /** @throws EtcdError ETCD_AWAY, ETCD_TLS or NOT_ETCD. */
  static async open(endpoint: string, settings: EtcdSettings, signal: AbortSignal): Promise<Session> {
    const attempt = new AbortController();
    const { connectTimeoutMs } = settings;
    const silence = new Silence(connectTimeoutMs, () =>
      attempt.abort(new Error(`no answer within ${connectTimeoutMs} ms`)),
    );
    const stop = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const socket = await openSocket(endpoint, settings.tls, attempt.signal);
      if (socket instanceof TLSSocket && socket.alpnProtocol !== 'h2') {
        socket.destroy();
        throw etcdError('NOT_ETCD', `${endpoint} speaks TLS, but no HTTP/2: it is no etcd, or a proxy that has none`);
      }
      const http2 = connect(endpoint, {
        createConnection: () => socket,
        settings: { initialWindowSize: STREAM_WINDOW, enablePush: false },
      });
      const session = new Session(endpoint, http2);
      await session.up(socket, attempt.signal);
      return session;
    } catch (error) {
      throw error instanceof EtcdError ? error : dialError(endpoint, error);
    } finally {
      silence.end();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Why it takes no more requests; undefined while it does. */
  get closedBy(): EtcdError | undefined {
    return this.cause;
  }

  /** Calls `listener` once when it takes no more requests. */
  whenClosed(listener: (cause: EtcdError) => void): void {
    if (this.cause) listener(this.cause);
    else this.told = listener;
  }

  /** @throws EtcdError where the connection has ended. */
  stream(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    if (this.cause) throw this.cause;
    try {
      return this.http2.request(headers);
    } catch (error) {
      throw dialError(this.endpoint, error, 'ETCD_LOST');
    }
  }

  /** Ends it when the other side does not answer a ping within `ms`. Seldom enough for etcd, which ends connections that ping often. */
  check(ms: number): void {
    const now = performance.now();
    if (this.http2.destroyed || now - this.checkedAt < PING_PAUSE_MS) return;
    this.checkedAt = now;
    const dead = () => this.destroy(etcdError('ETCD_LOST', `${this.endpoint} did not answer a ping within ${ms} ms`));
    const silence = new Silence(ms, dead);
    try {
      this.http2.ping((error) => error === null && silence.end());
    } catch {
      // closing already
    }
    this.http2.once('close', () => silence.end());
  }

  destroy(cause: EtcdError): void {
    this.closed(cause);
    // Not from within an event of one of its streams: Node 20 does not come back from that where two of them end together.
    setImmediate(() => this.http2.destroy());
  }

  private up(socket: Socket, signal: AbortSignal): Promise<void> {
    const { http2, endpoint } = this;
    return new Promise((resolve, reject) => {
      let last: unknown;
      const fail = (error: unknown) => {
        reject(error);
        http2.destroy();
      };
      signal.addEventListener('abort', () => fail(signal.reason), { once: true });
      http2.on('error', (error) => {
        last = error;
        reject(error);
      });
      // Node's HTTP/2 hears nothing of an error of TLS, such as the alert that refuses a certificate, and does not close then.
      socket.on('error', (error) => {
        this.closed(dialError(endpoint, error, 'ETCD_LOST'));
        fail(error);
      });
      http2.once('close', () => {
        const why = last === undefined ? new Error('it closed the connection') : last;
        reject(why);
        this.closed(dialError(endpoint, why, 'ETCD_LOST'));
      });
      // A member that shuts down answers what it has, and takes no more.
      http2.once('goaway', (code) => this.goneAway(code));
      http2.once('remoteSettings', () => {
        http2.setLocalWindowSize(SESSION_WINDOW);
        resolve();
      });
    });
  }

  private goneAway(code: number): void {
    const why = code === constants.NGHTTP2_NO_ERROR ? 'it shuts down' : `code ${code} of HTTP/2`;
    this.closed(etcdError('ETCD_LOST', `${this.endpoint} ended the connection: ${why}`, { endpoint: this.endpoint }));
  }

  private closed(cause: EtcdError): void {
    if (this.cause) return;
    this.cause = cause;
    this.told?.(cause);
  }
}
