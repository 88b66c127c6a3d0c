/** Serves /ws and the tickets of browsers for it, with the metrics of both. */

import { REMOTE_PATH, REMOTE_TICKET_PATH, SUBPROTOCOLS, type TicketAnswer } from '../../../remote/protocol/index.js';
import {
  type AgentInfo,
  type Http,
  HttpError,
  type Log,
  type Mux,
  type Operations,
  pathAt,
} from '../../../sdk/index.js';
import type { Callers } from '../callers.js';
import type { SocketLimits } from './session-services.js';
import { SocketCounters } from './socket-counters.js';
import { socketMetrics } from './socket-metrics.js';
import { SocketServer } from './socket-server.js';
import { Turns } from './turns.js';

export interface ServeSocketsOptions {
  readonly http: Http;
  readonly mux: Mux;
  readonly operations: Operations;
  readonly info: AgentInfo;
  readonly log: Log;
  readonly callers: Callers;
  readonly limits: () => SocketLimits;
}

export function serveSockets({ http, info, ...services }: ServeSocketsOptions) {
  const counters = new SocketCounters();
  const refused = (code: string) => counters.refused(code);
  const { version } = info;
  const { onWithdrawn } = http;
  const server = new SocketServer({ ...services, onWithdrawn, counters, refused, turns: new Turns(), version });
  return {
    metrics: socketMetrics(server, counters),
    start() {
      http.socket(
        pathAt(REMOTE_PATH, info.dataplane),
        (socket, request, caller) => server.add(socket, request, caller),
        {
          protocols: Object.values(SUBPROTOCOLS),
          messageBytes: () => services.limits().frameBytes,
        },
      );
      // It changes nothing, and is no GET since each answer is another secret.
      http.server.post(
        pathAt(REMOTE_TICKET_PATH, info.dataplane),
        { config: { access: 'read' } },
        ({ raw }, reply): TicketAnswer => {
          if (http.callerOf(raw) === undefined) throw new HttpError('UNAUTHORIZED', 'the caller is not known');
          void reply.header('cache-control', 'no-store');
          return { ticket: http.ticket(raw) };
        },
      );
    },
    close(reason: string) {
      server.close(reason);
    },
  };
}
