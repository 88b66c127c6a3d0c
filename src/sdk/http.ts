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

export interface Http {
  /**
   * The server (fastify). Add routes in `create` or `init`: it listens from afterInit on. Callers of a route have been
   * let in (tokens, loopback: http.conf); see `access` in a route's `config`.
   */
  readonly server: FastifyInstance;
  /**
   * Takes WebSockets at `path`, from callers who may read. A browser is let in only from the server's own origin or one
   * of `allowed-origins`. The sockets are closed with 1001 when the plugin ends. The function given back takes no more of
   * them; those that are open stay. A request there that is no WebSocket is answered with 426 and `hint`, a command to use.
   */
  socket(path: string, onSocket: SocketHandler, options?: { readonly hint?: string }): () => void;
  /** The sender of a request (`request.raw` of fastify); undefined on a route that is open to all. */
  callerOf(request: IncomingMessage): HttpCaller | undefined;
  /** Access of a caller on this machine without a token. */
  readonly loopbackAccess: 'none' | 'read' | 'write';
  /** `http://127.0.0.1:9191`, once it listens: for programs on this machine, whatever addresses it listens on. */
  readonly url: string | undefined;
}
export const Http = token<Http>('http');
