/**
 * One reader of the trace. Messages that come while the network is busy wait here, within bounds; when they do not fit, the oldest
 * are dropped, and counted in the trace itself: a reader that sleeps costs nobody more than its buffer.
 */

import { type Connection, type TraceEntry, TraceRing, TraceWriter } from '../../mux/index.js';
import { type MessageSocket, SocketWriter } from '../../sdk/index.js';

export interface TraceReaderOptions {
  readonly vpp: Pick<Connection, 'status' | 'tableHash'>;
  /** Messages sent first, however many. */
  readonly backlog: readonly TraceEntry[];
  /** Bytes of messages that may wait. */
  readonly maxBuffer: number;
  /** Called when the network has taken everything that there was. */
  readonly onIdle?: () => void;
}

/** Characters, about, of the lines in one WebSocket message. */
const MESSAGE_CHARACTERS = 64 * 1024;
/** Bytes of a body that the trace shows. */
const MAX_BODY = 1024 * 1024;
/** The buffer's bound in messages: the shortest ones cost memory that is not in their bytes. */
const BYTES_PER_MESSAGE = 64;

export class TraceReader {
  private readonly queue: TraceRing;
  private readonly writer: TraceWriter;
  private backlog: readonly TraceEntry[];
  private sent = 0;
  private begun = false;
  private readonly socket: SocketWriter;

  constructor(
    socket: MessageSocket,
    private readonly options: TraceReaderOptions,
  ) {
    const { vpp, backlog, maxBuffer } = options;
    this.backlog = backlog;
    this.queue = new TraceRing(Math.ceil(maxBuffer / BYTES_PER_MESSAGE), { maxBytes: maxBuffer });
    this.writer = new TraceWriter(vpp, backlog[0]?.at ?? performance.now(), { maxBody: MAX_BODY });
    this.socket = new SocketWriter(socket, () => this.next());
    this.socket.wake();
  }

  /** Takes the next message. Nothing is decoded before the turn of the event loop is over. */
  add(entry: TraceEntry): void {
    this.queue.add(entry);
    this.socket.wake();
  }

  close(): void {
    this.socket.close();
    this.queue.clear();
    this.backlog = [];
  }

  private next(): string | undefined {
    const text = this.lines();
    if (text !== '') return text;
    this.options.onIdle?.();
    return undefined;
  }

  /** As many lines as one message holds. */
  private lines(): string {
    let text = '';
    // Immediately, and not only with the first message: a reader wants to see that it works.
    if (!this.begun) text = `${this.writer.header(this.backlog[0]?.schema)}\n`;
    this.begun = true;
    while (text.length < MESSAGE_CHARACTERS) {
      const old = this.older();
      if (!old && this.queue.dropped > 0) {
        text += `${JSON.stringify({ dropped: this.queue.dropped })}\n`;
        this.queue.dropped = 0;
      }
      const entry = old ?? this.queue.shift();
      if (entry === undefined) break;
      for (const line of this.writer.lines(entry)) text += `${line}\n`;
    }
    return text;
  }

  /** The next of the backlog, which is let go when all of it has been sent. */
  private older(): TraceEntry | undefined {
    if (this.sent < this.backlog.length) return this.backlog[this.sent++];
    this.backlog = [];
    this.sent = 0;
    return undefined;
  }
}
