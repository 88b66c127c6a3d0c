/** The WebSockets of the HTTP server: who may come in, by path, and how they leave. */

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type HttpCaller, HttpError, type SocketHandler } from '../../sdk/index.js';
import { isA } from '../../thrown.js';
import { refuseRaw } from './errors.js';

/** What a client may send at once. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** How long a client has for its half of the closing handshake. */
const GOODBYE_MS = 200;
/** Close code: the server is going away. */
const GOING_AWAY = 1001;
/** Close code: something unexpected. */
const FAULT = 1011;
/** Close code: a policy is against it. */
const NOT_LET_IN = 1008;

export class Sockets {
  readonly #handlers = new Map<string, { readonly handler: SocketHandler; readonly hint: string | undefined }>();
  /** Those that are open, with what they came in with. */
  readonly #open = new Map<WebSocket, IncomingMessage>();
  readonly #wss = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  readonly #admit: (request: IncomingMessage) => Promise<HttpCaller>;
  readonly #failed: (path: string, error: unknown) => void;

  /** `admit` throws HttpError for those who may not come in; `failed` is told of what a plugin's handler throws. */
  constructor(
    server: Server,
    admit: (request: IncomingMessage) => Promise<HttpCaller>,
    failed: (path: string, error: unknown) => void = () => {},
  ) {
    this.#admit = admit;
    this.#failed = failed;
    // Without it `ws` would answer in a shape of its own.
    this.#wss.on('wsClientError', ({ message }, stream) => refuseRaw(stream, new HttpError('BAD_REQUEST', message)));
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      // A client that resets while it is being answered is no error of ours.
      stream.on('error', () => stream.destroy());
      void this.#onUpgrade(request, stream, head).catch((error) =>
        refuseRaw(stream, isA(error, HttpError) ? error : new HttpError('INTERNAL', 'the agent failed at this')),
      );
    });
  }

  /** The function given back takes no more of them; `hint` names a command for people that ask without a WebSocket. */
  add(path: string, handler: SocketHandler, hint?: string): () => void {
    if (this.#handlers.has(path)) throw new Error(`WebSockets at ${path} are taken by another plugin`);
    const entry = { handler, hint };
    this.#handlers.set(path, entry);
    return () => {
      if (this.#handlers.get(path) === entry) this.#handlers.delete(path);
    };
  }

  /** The answer to a request that is no WebSocket; undefined where no WebSockets are served. */
  refusalAt(path: string, { method, headers, socket }: IncomingMessage): HttpError | undefined {
    const entry = this.#handlers.get(path);
    if (entry === undefined) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return wrongMethod(method);
    const scheme = 'encrypted' in socket ? 'wss' : 'ws';
    const host = HOST.test(headers.host ?? '') ? headers.host : 'HOST:PORT';
    const command = entry.hint ?? `websocat ${scheme}://${host}${path}`;
    const text = `${path} is a WebSocket; use one, as: ${command}`;
    return new HttpError('UPGRADE_REQUIRED', text, { upgrade: 'websocket', connection: 'Upgrade' });
  }

  /** Says goodbye to those that `admit` would not let in any more, by throwing. */
  recheck(admit: (request: IncomingMessage) => unknown): void {
    for (const [socket, request] of this.#open) {
      try {
        admit(request);
      } catch {
        socket.close(NOT_LET_IN, 'http.conf or its tokens have changed: this caller is not let in any more');
      }
    }
  }

  /** Says goodbye to all; those that do not answer are cut off. */
  async close(): Promise<void> {
    const open = [...this.#wss.clients];
    const gone = open.map((socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve())));
    for (const socket of open) socket.close(GOING_AWAY, 'the agent is closing');
    const timer = setTimeout(() => {
      for (const socket of open) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(timer);
  }

  async #onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    // First: who is not let in learns nothing of the paths, and what nobody serves counts towards the rate as well.
    const caller = await this.#admit(request);
    if (stream.destroyed) return;
    const handler = this.#handlerFor(request);
    this.#wss.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate());
      this.#open.set(socket, request);
      socket.on('close', () => this.#open.delete(socket));
      this.#guard(socket, request.url ?? '');
      try {
        handler(socket, request, caller);
      } catch (error) {
        this.#fault(socket, request.url ?? '', error);
      }
    });
  }

  /** Listeners that a plugin puts on its socket are called by the network's events: what they throw would end the agent. */
  #guard(socket: WebSocket, url: string): void {
    const emit = socket.emit.bind(socket);
    socket.emit = (event: string | symbol, ...values: unknown[]) => {
      try {
        return emit(event, ...values);
      } catch (error) {
        this.#fault(socket, url, error);
        return true;
      }
    };
  }

  #fault(socket: WebSocket, url: string, error: unknown): void {
    this.#failed(url.split('?')[0].slice(0, 200), error);
    socket.close(FAULT, 'the agent failed at this; its log says why');
  }

  /** Throws HttpError. */
  #handlerFor({ url = '', method, headers }: IncomingMessage): SocketHandler {
    const wanted = headers.upgrade?.toLowerCase();
    if (wanted !== 'websocket') {
      const text = `this server knows WebSockets and HTTP/1.1, and no ${wanted}: ask it without Upgrade, as HTTP/1.1`;
      throw new HttpError('BAD_REQUEST', text);
    }
    if (method !== 'GET') throw wrongMethod(method);
    const [path] = url.split('?');
    const entry = this.#handlers.get(path);
    if (entry) return entry.handler;
    const known = [...this.#handlers.keys()].join(', ');
    const text = `no WebSocket at ${path.slice(0, 200)}${known === '' ? '' : `; there are ${known}`}`;
    throw new HttpError('NOT_FOUND', text);
  }
}

/** A header of the caller's own making, in an answer for people. */
const HOST = /^[\w.:[\]-]{1,255}$/;

const wrongMethod = (method = '') =>
  new HttpError('METHOD_NOT_ALLOWED', `the HTTP method of a WebSocket is GET, not ${method}`, { allow: 'GET' });
