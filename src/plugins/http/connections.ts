/** Tracks the answers under way on each connection, ends connections in order, and cuts off clients that leave an answer unread. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

export class Connections {
  /** Answers that have not been sent in full, with their requests. */
  private readonly open = new WeakMap<Duplex, Map<ServerResponse, IncomingMessage>>();
  private readonly ending = new WeakSet<Duplex>();
  /** See `endFlood()`. */
  private readonly flooded = new WeakSet<Duplex>();
  private readonly behind = new WeakSet<IncomingMessage>();

  /** `unreadMs`: a client that reads nothing of its answer for that long is cut off, since the agent's memory holds the answer. */
  constructor(server: Server, unreadMs: number) {
    server.on('request', (request, response) => {
      const open = this.open.get(request.socket) ?? new Map<ServerResponse, IncomingMessage>();
      this.open.set(request.socket, open.set(response, request));
      if (this.flooded.has(request.socket)) this.behind.add(request);
      response.once('close', () => open.delete(response));
      cutWhenUnread(response, unreadMs);
    });
    // A request behind another one waits for its answer, which an upgrade and CONNECT cannot.
    for (const event of ['upgrade', 'connect']) {
      server.on(event, (_: IncomingMessage, stream: Duplex) => {
        if (this.answered(stream).length > 0) stream.destroy();
      });
    }
  }

  /**
   * Ends a connection on which the parser found an error, behind the answers to the valid requests before it. False where there are
   * none: only then may the error be answered, as it would be taken for one of their answers.
   */
  endAfterAnswers(stream: Duplex): boolean {
    const last = this.answered(stream).at(-1);
    if (last === undefined) return false;
    if (this.ending.has(stream)) return true;
    this.ending.add(stream);
    last.shouldKeepAlive = false;
    last.once('close', () => goodbye(stream));
    return true;
  }

  /**
   * Ends the connection of a client that sends on without waiting and was refused for it, behind the refusal and the answers before
   * it. A client that waits for each answer keeps its connection: another one costs both more.
   */
  endFlood(request: IncomingMessage, refusal: ServerResponse): void {
    const { socket } = request;
    const open = [...(this.open.get(socket)?.values() ?? [])];
    if (open.length < 2 || this.flooded.has(socket)) return;
    this.flooded.add(socket);
    for (const behind of open.slice(open.indexOf(request) + 1)) this.behind.add(behind);
    refusal.shouldKeepAlive = false;
    socket.pause();
    // Node would close while the flood still comes: the reset would discard answers that the client has not received.
    socket.destroySoon = () => endUnread(socket);
  }

  /** Whether the request came behind the last one that its connection answers: it must not be carried out. */
  async isBehindLast(request: IncomingMessage): Promise<boolean> {
    // Requests of one read are admitted or refused within one turn of the event loop, and not in order.
    if ((this.open.get(request.socket)?.size ?? 0) > 1) await turn();
    return this.behind.has(request);
  }

  /** The answers under way, in order. */
  private answered(stream: Duplex): ServerResponse[] {
    const open = [...(this.open.get(stream) ?? [])];
    return open.filter(([response, request]) => request.complete || response.headersSent).map(([response]) => response);
  }
}

/** Cuts the client off when it reads nothing for `ms`. Bytes taken by the operating system, and an empty buffer, count as reading. */
function cutWhenUnread(response: ServerResponse, ms: number): void {
  const look = (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(ms);
  };
  // The callback gets the socket by Node's documentation, but not by its types.
  response.setTimeout(ms, look as () => void);
}

/** Milliseconds that a client has for reading the last bytes and closing. */
const GOODBYE_MS = 1000;

/** Ends a connection with last words. */
export function goodbye(stream: Duplex, words = ''): void {
  if (!stream.writable) return void stream.destroy();
  // Input that still arrives is read, since its arrival would reset the connection; a client that does not close is cut off.
  stream.resume();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end(words);
}

/** Ends the connection of a client that sends without an end: nothing more of it is read. */
export function endUnread(stream: Duplex): void {
  stream.pause();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end();
}
