/** What plugins get of the agent's HTTP server. */

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { token } from '../../agent/token.js';
import type { Caller } from './caller.js';
import type { SocketHandler } from './sockets.js';

export type { Caller } from './caller.js';
export { HTTP_CODES, HttpError } from './codes.js';
export { type ErrorBody, errorBody } from './errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What a caller of the route needs: `{ config: { access: 'open' } }` lets everybody in who can reach the server.
     * Default: `read` for GET, HEAD and OPTIONS, else `write`. Bodies are JSON; of callers who may not write 1 MiB at most.
     */
    access?: 'open' | 'read' | 'write';
    /**
     * What a request costs of `rate-limit`, where that is more than one; asked for each. 0: it is never limited, as a probe
     * that somebody's life depends on must not be. What is sent in answer costs one more for each 64 KiB.
     */
    cost?: number | (() => number);
  }
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
   * them; those that are open stay. A request there that is no WebSocket is answered with 426 and `hint`, a command to use.
   */
  socket(path: string, onSocket: SocketHandler, options?: { readonly hint?: string }): () => void;
  /** Who sent a request (`request.raw` of fastify); undefined on a route that is open to all. */
  callerOf(request: IncomingMessage): Caller | undefined;
  /** What a caller on this machine may do without a token. */
  readonly loopbackAccess: 'none' | 'read' | 'write';
  /** `http://127.0.0.1:9191`, once it listens: for programs on this machine, whatever addresses it listens on. */
  readonly url: string | undefined;
}
export const Http = token<Http>('http');
