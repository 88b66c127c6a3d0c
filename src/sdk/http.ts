/** The service `Http`: the agent's HTTP server, as plugins get it. */

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { Access } from '../agent/operations/operation.js';
import { token } from '../agent/token.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Access that a caller of the route needs: `{ config: { access: 'open' } }` lets everybody in who can reach the server.
     * Default: `read` for GET, HEAD and OPTIONS, else `write`. Bodies are JSON; those of callers who may not write have 1 MiB at most.
     */
    access?: 'open' | 'read' | 'write';
    /**
     * Cost of a request in units of `rate-limit`, default 1; a function is called for each request. 0: never limited, for probes
     * that a process's life depends on. Each 64 KiB of the answer cost one more.
     */
    cost?: number | (() => number);
    /** Why the plugin serves the path, for the error of another plugin that serves it too: `for the old clients`. */
    reason?: string;
  }
}

/** The sender of a request, as far as its connection and headers tell. */
export interface HttpCaller {
  /** For logs: the token that it has, or that it is on this machine. Never the token's text. */
  readonly name: string;
  readonly access: Access;
  /** On this machine, and not through a proxy here. */
  readonly local: boolean;
}

/** Called with each WebSocket that is opened at a path. */
export type SocketHandler = (socket: WebSocket, request: IncomingMessage, caller: HttpCaller) => void;

export interface SocketOptions {
  /** A command for people who send a plain request to the path. */
  readonly hint?: string;
  /**
   * Bytes of the longest message that a client may send; a longer one closes its socket with 1009. A function is asked for each socket
   * that is opened. Default 65536.
   */
  readonly messageBytes?: number | (() => number);
  /** Subprotocols that the plugin speaks: the first one of these that a client offers is answered. Default: whichever it offers first. */
  readonly protocols?: readonly string[];
}

export interface Http {
  /**
   * The server (fastify). Add routes in `create` or `init`: it listens from afterInit on. Callers of a route have been
   * let in (tokens, loopback: http.conf); see `access` in a route's `config`.
   */
  readonly server: FastifyInstance;
  /**
   * Takes WebSockets at `path`, from callers who may read. A browser is let in only from the server's own origin or one
   * of `allowed-origins`. The sockets are closed with 1001 when the plugin ends. The function given back takes no more of
   * them; those that are open stay. A request there that is no WebSocket is answered with 426 and `hint`.
   */
  socket(path: string, onSocket: SocketHandler, options?: SocketOptions): () => void;
  /** The sender of a request (`request.raw` of fastify); undefined on a route that is open to all. */
  callerOf(request: IncomingMessage): HttpCaller | undefined;
  /**
   * Calls `withdrawn` once when http.conf or its tokens change such that the sender of `request` would not be let in any more, or with
   * another name or access than `caller`: for answers without an end. WebSockets are closed without this. Call the function given back
   * when the request has been served; until then the request is kept in memory.
   */
  onWithdrawn(request: IncomingMessage, caller: Pick<HttpCaller, 'name' | 'access'>, withdrawn: () => void): () => void;
  /**
   * Makes a ticket for the sender of a request who has been let in: a page, which can send no `Authorization` with a WebSocket, offers
   * it as one of the WebSocket's subprotocols, next to its own. Good for one WebSocket, at any path, for ten seconds.
   */
  ticket(request: IncomingMessage): string;
  /** Access of a caller on this machine without a token. */
  readonly loopbackAccess: 'none' | 'read' | 'write';
  /** `http://127.0.0.1:9191`, once it listens: for programs on this machine, whatever addresses it listens on. */
  readonly url: string | undefined;
}
export const Http = token<Http>('http');
