/**
 * The plugin `trace`: shows the messages between the agent and VPP to `vppmux trace`. Off unless switched on, and for
 * callers on this machine only: messages may hold keys and passwords, and whoever may read VPP's socket is a smaller
 * circle than whoever may connect to a port.
 */

import type { WebSocket } from 'ws';
import { definePlugin } from '../../agent/plugin.js';
import { Log } from '../../agent/services.js';
import { TraceRing } from '../../mux/index.js';
import { Mux } from '../govpp/token.js';
import { Http } from '../http/token.js';
import { traceConfig } from './config.js';
import { TRACE_CLOSE, TRACE_PATH } from './protocol.js';
import { readQuery, type TraceQuery } from './query.js';
import { TraceReader } from './trace-reader.js';

const MAX_READERS = 8;

export const tracePlugin = definePlugin({
  name: 'trace',
  version: '1.0.0',
  agentApi: 1,
  description: 'Shows the messages between the agent and VPP, for "vppmux trace" (trace.conf).',
  requires: { mux: Mux, http: Http, log: Log },
  config: traceConfig,
  create({ mux, http, log }, { enabled, ring: keep, 'ring-bytes': maxBytes, 'max-buffer': maxBuffer }) {
    if (!enabled) return {};
    const ring = keep > 0 ? new TraceRing(keep, { maxBytes }) : undefined;
    const stopRing = ring && mux.trace(ring);
    /** What ends each one. */
    const readers = new Set<() => void>();

    const refusal = ({ last }: TraceQuery): [number, string] | undefined => {
      if (last > 0 && !ring) return [TRACE_CLOSE.NO_RING, 'this agent keeps no messages (ring in trace.conf)'];
      return readers.size < MAX_READERS
        ? undefined
        : [TRACE_CLOSE.TOO_MANY, `${MAX_READERS} others are looking already`];
    };

    const show = (socket: WebSocket, { last, follow, wants }: TraceQuery) => {
      const kept = last > 0 ? (ring?.entries().filter(({ name }) => wants(name)) ?? []) : [];
      const onIdle = follow ? undefined : () => socket.close(TRACE_CLOSE.DONE, 'that is all');
      const reader = new TraceReader(socket, { vpp: mux, backlog: kept.slice(-last), maxBuffer, onIdle });
      const stop = follow ? mux.trace((entry) => wants(entry.name) && reader.add(entry)) : undefined;
      const end = () => {
        stop?.();
        reader.close();
        readers.delete(end);
      };
      readers.add(end);
      socket.on('close', end);
    };

    http.socket(TRACE_PATH, (socket, request, { local }) => {
      if (!local) {
        socket.close(TRACE_CLOSE.NOT_LOCAL, 'messages are shown on this machine only (ssh -L reaches it)');
        return;
      }
      try {
        const query = readQuery(request.url ?? '');
        const refused = refusal(query);
        if (refused) socket.close(...refused);
        else show(socket, query);
      } catch (error) {
        socket.close(TRACE_CLOSE.BAD_QUERY, (error as Error).message);
      }
    });
    return {
      afterInit() {
        const what = ring ? `, the last ${keep} of them kept` : '';
        log.info(`messages of VPP are shown to "vppmux trace" on this machine${what}; they may hold secrets`);
      },
      close() {
        stopRing?.();
        for (const end of readers) end();
      },
    };
  },
});
