/** What is under way on each connection of the server, and how long a client may leave an answer unread. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

export class Connections {
  /** Answers that have not been sent in full, with what they answer. */
  readonly #open = new WeakMap<Duplex, Map<ServerResponse, IncomingMessage>>();
  readonly #ending = new WeakSet<Duplex>();
  /** See `endFlood()`. */
  readonly #flooded = new WeakSet<Duplex>();
  readonly #behind = new WeakSet<IncomingMessage>();

  /** `unreadMs`: a client that takes nothing of its answer for so long is cut off: the agent's memory holds it. */
  constructor(server: Server, unreadMs: number) {
    server.on('request', (request, response) => {
      const open = this.#open.get(request.socket) ?? new Map<ServerResponse, IncomingMessage>();
      this.#open.set(request.socket, open.set(response, request));
      if (this.#flooded.has(request.socket)) this.#behind.add(request);
      response.once('close', () => open.delete(response));
      cutWhenUnread(response, unreadMs);
    });
    // What comes behind a request on its connection waits for its answer, which these cannot.
    for (const event of ['upgrade', 'connect']) {
      server.on(event, (_: IncomingMessage, stream: Duplex) => {
        if (this.#answered(stream).length > 0) stream.destroy();
      });
    }
  }

  /**
   * Of a connection on which nonsense has come: requests before it that are in order get their answers, and then it
   * ends. False where there are none, and it may be told of the nonsense: that would be taken for one of their answers.
   */
  endAfterAnswers(stream: Duplex): boolean {
    const last = this.#answered(stream).at(-1);
    if (last === undefined) return false;
    if (this.#ending.has(stream)) return true;
    this.#ending.add(stream);
    last.shouldKeepAlive = false;
    last.once('close', () => goodbye(stream));
    return true;
  }

  /**
   * A client that sends on without waiting, and was refused for it, gets the answers before this one and this one, and then
   * its connection ends. A client that waits for each answer keeps its connection: another one costs both more.
   */
  endFlood(request: IncomingMessage, refusal: ServerResponse): void {
    const { socket } = request;
    const open = [...(this.#open.get(socket)?.values() ?? [])];
    if (open.length < 2 || this.#flooded.has(socket)) return;
    this.#flooded.add(socket);
    for (const behind of open.slice(open.indexOf(request) + 1)) this.#behind.add(behind);
    refusal.shouldKeepAlive = false;
    socket.pause();
    // Node would close while the flood still comes: the reset takes answers away that the client has not received.
    socket.destroySoon = () => endUnread(socket);
  }

  /** Whether this one came behind the last that its connection answers: it must not be carried out, either. */
  async isBehindLast(request: IncomingMessage): Promise<boolean> {
    // Requests that came in one piece are let in or refused within one turn, and not in its order.
    if ((this.#open.get(request.socket)?.size ?? 0) > 1) await turn();
    return this.#behind.has(request);
  }

  /** What is being answered, in order. */
  #answered(stream: Duplex): ServerResponse[] {
    const open = [...(this.#open.get(stream) ?? [])];
    return open.filter(([response, request]) => request.complete || response.headersSent).map(([response]) => response);
  }
}

/** The operating system having taken something counts as a sign of life, and so does that there is nothing to read. */
function cutWhenUnread(response: ServerResponse, ms: number): void {
  const look = (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(ms);
  };
  // Its types do not say that it is given the socket, its documentation does.
  response.setTimeout(ms, look as () => void);
}

/** How long a client has for reading them (or the answers that it is owed), and closing. */
const GOODBYE_MS = 1000;

export function goodbye(stream: Duplex, words = ''): void {
  if (!stream.writable) return void stream.destroy();
  // What is still on its way is read, or its arrival would take the words away; who does not close is not waited for.
  stream.resume();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end(words);
}

/** The same for a client that sends without an end: nothing more of it is read. */
export function endUnread(stream: Duplex): void {
  stream.pause();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end();
}
