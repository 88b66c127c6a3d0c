/** The WebSockets of the HTTP server: who may come in, by path, and how they leave. */

import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a client may send at once. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** How long a client has for its half of the closing handshake. */
const GOODBYE_MS = 200;
/** Close code: the server is going away. */
const GOING_AWAY = 1001;

export type SocketHandler = (socket: WebSocket, request: IncomingMessage) => void;

export class Sockets {
  readonly #handlers = new Map<string, SocketHandler>();
  readonly #wss = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  readonly #allows: (request: IncomingMessage) => boolean;

  constructor(server: Server, allows: (request: IncomingMessage) => boolean) {
    this.#allows = allows;
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      this.#onUpgrade(request, stream, head);
    });
  }

  add(path: string, handler: SocketHandler): void {
    if (this.#handlers.has(path)) throw new Error(`WebSockets at ${path} are taken by another plugin`);
    this.#handlers.set(path, handler);
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

  #onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A client that resets while it is being answered is no error of ours.
    stream.on('error', () => stream.destroy());
    const [path] = (request.url ?? '').split('?');
    const handler = this.#handlers.get(path);
    if (!handler) {
      refuse(stream, 404, `no WebSocket at ${path}`);
      return;
    }
    if (!this.#allows(request)) {
      refuse(stream, 403, `pages of ${request.headers.origin} may not connect (allowed-origins in http.conf)`);
      return;
    }
    this.#wss.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate());
      handler(socket, request);
    });
  }
}

function refuse(stream: Duplex, status: number, why: string): void {
  const body = `${JSON.stringify({ statusCode: status, error: STATUS_CODES[status], message: why })}\n`;
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
