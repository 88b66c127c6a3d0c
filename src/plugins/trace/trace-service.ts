/** Serves the messages between the agent and VPP to readers, as long as one configuration is in effect. */

import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { TraceRing } from '../../mux/index.js';
import { type Http, type HttpCaller, type Mux, pathAt } from '../../sdk/index.js';
import type { TraceConfig } from './config.js';
import { TRACE_CLOSE, TRACE_PATH } from './protocol.js';
import { readQuery, type TraceQuery } from './query.js';
import { TraceReader } from './trace-reader.js';

const MAX_READERS = 8;

export class TraceService {
  private readonly mux: Mux;
  private readonly maxBuffer: number;
  private readonly ring: TraceRing | undefined;
  private readonly stopRing: (() => void) | undefined;
  private readonly stopServing: () => void;
  /** Functions that end the readers, by socket. */
  private readonly readers = new Map<WebSocket, () => void>();

  /** `dataplane`: the one that is traced. */
  constructor(
    mux: Mux,
    http: Http,
    dataplane: string,
    { ring, 'ring-bytes': maxBytes, 'max-buffer': maxBuffer }: TraceConfig,
  ) {
    this.mux = mux;
    this.maxBuffer = maxBuffer;
    this.ring = ring > 0 ? new TraceRing(ring, { maxBytes }) : undefined;
    this.stopRing = this.ring && mux.trace(this.ring);
    const path = pathAt(TRACE_PATH, dataplane);
    this.stopServing = http.socket(path, (socket, request, caller) => this.serve(socket, request, caller), {
      hint: 'vppmux trace',
    });
  }

  /** Forgets the messages kept. With a reason the readers' sockets are closed with it; else somebody else closes them. */
  close(reason?: string): void {
    this.stopServing();
    this.stopRing?.();
    for (const [socket, end] of this.readers) {
      end();
      if (reason !== undefined) socket.close(TRACE_CLOSE.CHANGED, reason);
    }
  }

  private serve(socket: WebSocket, { url = '' }: IncomingMessage, { local }: HttpCaller): void {
    if (!local) {
      socket.close(TRACE_CLOSE.NOT_LOCAL, 'messages are shown on this machine only (ssh -L reaches it)');
      return;
    }
    try {
      const query = readQuery(url);
      const refused = this.refusal(query);
      if (refused) socket.close(...refused);
      else this.show(socket, query);
    } catch (error) {
      socket.close(TRACE_CLOSE.BAD_QUERY, (error as Error).message);
    }
  }

  private refusal({ last }: TraceQuery): [number, string] | undefined {
    if (last > 0 && !this.ring) return [TRACE_CLOSE.NO_RING, 'this agent keeps no messages (ring in trace.conf)'];
    return this.readers.size < MAX_READERS
      ? undefined
      : [TRACE_CLOSE.TOO_MANY, `${MAX_READERS} others are looking already`];
  }

  private show(socket: WebSocket, { last, follow, wants }: TraceQuery): void {
    const kept = last > 0 ? (this.ring?.entries().filter(({ name }) => wants(name)) ?? []) : [];
    const onIdle = follow ? undefined : () => socket.close(TRACE_CLOSE.DONE, 'that is all');
    const backlog = kept.slice(-last);
    const reader = new TraceReader(socket, { vpp: this.mux, backlog, maxBuffer: this.maxBuffer, onIdle });
    const stop = follow ? this.mux.trace((entry) => wants(entry.name) && reader.add(entry)) : undefined;
    const end = () => {
      stop?.();
      reader.close();
      this.readers.delete(socket);
    };
    this.readers.set(socket, end);
    socket.on('close', end);
  }
}
