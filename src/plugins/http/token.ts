/** What plugins get of the agent's HTTP server. */

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { token } from '../../agent/token.js';

export interface Http {
  /** The server (fastify). Add routes in `create` or `init`: it listens from afterInit on. */
  readonly server: FastifyInstance;
  /**
   * Takes WebSockets at `path`. A browser is let in only from the server's own origin or one of `allowed-origins`.
   * The sockets are closed with 1001 when the agent ends.
   */
  socket(path: string, onSocket: (socket: WebSocket, request: IncomingMessage) => void): void;
  /** `http://127.0.0.1:9191`, once it listens. */
  readonly url: string | undefined;
}
export const Http = token<Http>('http');
