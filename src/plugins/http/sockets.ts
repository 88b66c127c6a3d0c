/** The WebSockets of the HTTP server: admits them by path, and closes them in order. */

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type HttpCaller, HttpError, type SocketHandler, type SocketOptions } from '../../sdk/index.js';
import { isA } from '../../thrown.js';
import { Admissions } from './admissions.js';
import { refuseRaw } from './errors.js';
import { chosenProtocol } from './tickets.js';

/** Bytes of the longest message of a client, where a path says nothing else. */
const MESSAGE_BYTES = 64 * 1024;
/** Milliseconds that a client has for its half of the closing handshake. */
const GOODBYE_MS = 200;
/** Close code: the server is going away. */
const GOING_AWAY = 1001;
/** Close code: unexpected error. */
const FAILED = 1011;
/** Close code: policy violation. */
const NOT_ADMITTED = 1008;
const WITHDRAWN = 'http.conf or its tokens have changed: this caller is not let in any more, or with another access';

/** A path with what serves it. */
interface Entry {
  readonly handler: SocketHandler;
  readonly options: SocketOptions;
  readonly server: WebSocketServer;
}

export class Sockets {
  private readonly entries = new Map<string, Entry>();
  private readonly open = new Set<WebSocket>();
  private readonly admit: (request: IncomingMessage) => Promise<HttpCaller>;
  private readonly failed: (path: string, error: unknown) => void;
  private readonly admissions: Admissions;

  /** `admit` throws HttpError to refuse a request; `failed` is called with whatever a plugin's handler throws. */
  constructor(
    server: Server,
    admit: (request: IncomingMessage) => Promise<HttpCaller>,
    failed: (path: string, error: unknown) => void = () => {},
    admissions = new Admissions(),
  ) {
    this.admit = admit;
    this.failed = failed;
    this.admissions = admissions;
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      // A client that resets the connection while it is being answered is no error of ours.
      stream.on('error', () => stream.destroy());
      void this.onUpgrade(request, stream, head).catch((error) =>
        refuseRaw(stream, isA(error, HttpError) ? error : new HttpError('INTERNAL', 'the agent failed at this')),
      );
    });
  }

  /** Returns the function that ends it: open sockets stay. */
  add(path: string, handler: SocketHandler, options: SocketOptions = {}): () => void {
    if (this.entries.has(path)) throw new Error(`WebSockets at ${path} are taken by another plugin`);
    const entry = { handler, options, server: serverFor(options) };
    this.entries.set(path, entry);
    return () => {
      if (this.entries.get(path) === entry) this.entries.delete(path);
    };
  }

  /** The refusal of a plain request at a path of WebSockets; undefined where none are served. */
  refusalAt(path: string, { method, headers, socket }: IncomingMessage): HttpError | undefined {
    const entry = this.entries.get(path);
    if (entry === undefined) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return wrongMethod(method);
    const scheme = 'encrypted' in socket ? 'wss' : 'ws';
    const host = HOST.test(headers.host ?? '') ? headers.host : 'HOST:PORT';
    const command = entry.options.hint ?? `websocat ${scheme}://${host}${path}`;
    const text = `${path} is a WebSocket; use one, as: ${command}`;
    return new HttpError('UPGRADE_REQUIRED', text, { upgrade: 'websocket', connection: 'Upgrade' });
  }

  /** Closes all sockets; those that do not answer in time are cut off. */
  async close(): Promise<void> {
    const open = [...this.open];
    const gone = open.map((socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve())));
    for (const socket of open) socket.close(GOING_AWAY, 'the agent is closing');
    const timer = setTimeout(() => {
      for (const socket of open) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(timer);
  }

  private async onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    // First of all: a caller who is refused learns nothing of the paths, and requests that nobody serves count towards the rate.
    const caller = await this.admit(request);
    if (stream.destroyed) return;
    const { handler, server, options } = this.entryFor(request);
    server.options.maxPayload = bytesOf(options);
    server.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => cutOffLater(socket));
      this.open.add(socket);
      const forget = this.admissions.add(request, caller, () => socket.close(NOT_ADMITTED, WITHDRAWN));
      socket.on('close', () => {
        this.open.delete(socket);
        forget();
      });
      this.guard(socket, request.url ?? '');
      try {
        handler(socket, request, caller);
      } catch (error) {
        this.failedAt(socket, request.url ?? '', error);
      }
    });
  }

  /** Catches what a plugin's listeners on its socket throw: they are called by the network's events, and an error would end the agent. */
  private guard(socket: WebSocket, url: string): void {
    const emit = socket.emit.bind(socket);
    socket.emit = (event: string | symbol, ...values: unknown[]) => {
      try {
        return emit(event, ...values);
      } catch (error) {
        this.failedAt(socket, url, error);
        return true;
      }
    };
  }

  private failedAt(socket: WebSocket, url: string, error: unknown): void {
    this.failed(url.split('?')[0].slice(0, 200), error);
    socket.close(FAILED, 'the agent failed at this; its log says why');
  }

  /** Throws HttpError. */
  private entryFor({ url = '', method, headers }: IncomingMessage): Entry {
    const wanted = headers.upgrade?.toLowerCase();
    if (wanted !== 'websocket') {
      const text = `this server knows WebSockets and HTTP/1.1, and no ${wanted}: ask it without Upgrade, as HTTP/1.1`;
      throw new HttpError('BAD_REQUEST', text);
    }
    if (method !== 'GET') throw wrongMethod(method);
    const [path] = url.split('?');
    const entry = this.entries.get(path);
    if (entry) return entry;
    const known = [...this.entries.keys()].join(', ');
    const text = `no WebSocket at ${path.slice(0, 200)}${known === '' ? '' : `; there are ${known}`}`;
    throw new HttpError('NOT_FOUND', text);
  }
}

function serverFor(options: SocketOptions): WebSocketServer {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    handleProtocols: (offered) => chosenProtocol(offered, options.protocols),
  });
  // Otherwise `ws` would answer in a shape of its own.
  server.on('wsClientError', ({ message }, stream) => refuseRaw(stream, new HttpError('BAD_REQUEST', message)));
  return server;
}

/** Gives a socket that broke the protocol time to read why: `ws` is closing it with the code that says so. */
function cutOffLater(socket: WebSocket): void {
  const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
  socket.once('close', () => clearTimeout(timer));
}

const bytesOf = ({ messageBytes = MESSAGE_BYTES }: SocketOptions) =>
  typeof messageBytes === 'function' ? messageBytes() : messageBytes;

/** A Host header that may be repeated in an answer for people. */
const HOST = /^[\w.:[\]-]{1,255}$/;

const wrongMethod = (method = '') =>
  new HttpError('METHOD_NOT_ALLOWED', `the HTTP method of a WebSocket is GET, not ${method}`, { allow: 'GET' });
