/** The live trace: the agent's `/trace`, from which the page takes lines and keeps the last. */

import { dataplane, urlOf } from '../../feed/dataplane.js';
import { MAIN } from '../../feed/dataplane-paths.js';
import { connection } from '../../feed/index.js';
import { Value } from '../../feed/value.js';

/** A message, as the agent's trace files have it. */
export interface TraceLine {
  /** Its number since the start. */
  readonly id: number;
  /** Milliseconds since the trace began. */
  readonly t: number;
  readonly dir: 'in' | 'out';
  readonly name?: string;
  readonly context?: number;
  readonly channel?: number;
  readonly client?: string;
  readonly fields?: unknown;
}

export interface TraceState {
  readonly isRunning: boolean;
  /** The reason why it ended, or does not begin. */
  readonly reason?: string;
  readonly lines: readonly TraceLine[];
  /** Messages that were not shown: this page, or the network, was too slow. */
  readonly dropped: number;
}

/** Lines that are kept, to look at and to save. */
const KEPT = 5000;
/** Milliseconds between two changes of the page. */
const PACE_MS = 250;

const OFF: TraceState = { isRunning: false, lines: [], dropped: 0 };

export class TraceFeed {
  readonly state = new Value<TraceState>(OFF);
  private socket: WebSocket | undefined;
  private header = '';
  private texts: string[] = [];
  private lines: TraceLine[] = [];
  private dropped = 0;
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins anew. `match` are names, with `*`, and `!` before those that are left out. */
  async start(match: string): Promise<void> {
    this.stop();
    this.texts = [];
    this.lines = [];
    this.dropped = 0;
    this.state.set({ ...OFF, isRunning: true });
    const url = urlOf('/trace');
    url.searchParams.set(
      'match',
      match
        .trim()
        .split(/[\s,]+/)
        .join(','),
    );
    try {
      const about = await fetch(urlOf('/trace'));
      if (about.status === 404) throw new Error(whyNone(dataplane.current));
      const { ticket } = await connection.ticket();
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url, ['vppmux.trace', ticket]);
      this.socket = socket;
      socket.onmessage = ({ data }) => this.receive(String(data));
      socket.onclose = ({ reason }) => this.end(reason || 'the trace has ended');
    } catch (error) {
      this.end(error instanceof Error ? error.message : String(error));
    }
  }

  stop(): void {
    const { socket } = this;
    this.socket = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    this.show(false);
  }

  /** The lines that are kept as a trace file, which `vppmux mock --replay` reads. */
  file(): Blob {
    return new Blob([[this.header, ...this.texts].map((line) => `${line}\n`).join('')], {
      type: 'application/x-ndjson',
    });
  }

  private receive(data: string): void {
    for (const text of data.split('\n')) {
      if (text !== '') this.take(text);
    }
    const surplus = this.lines.length - KEPT;
    if (surplus > 0) {
      this.lines.splice(0, surplus);
      this.texts.splice(0, surplus);
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.show(true);
    }, PACE_MS);
  }

  private take(text: string): void {
    const line = JSON.parse(text);
    if (line.format !== undefined) this.header = text;
    else if (line.dropped !== undefined) this.dropped += line.dropped;
    else {
      this.count += 1;
      this.lines.push({ ...line, hex: undefined, id: this.count });
      this.texts.push(text);
    }
  }

  private end(reason: string): void {
    this.socket = undefined;
    this.show(false, reason);
  }

  private show(isRunning: boolean, reason?: string): void {
    this.state.set({ isRunning, reason, lines: [...this.lines], dropped: this.dropped });
  }
}

const whyNone = (name: string) =>
  name === MAIN
    ? 'the agent shows no messages: enabled in trace.conf is false'
    : `the agent shows no messages of ${name}: agent.yaml lists no trace for it, or enabled in its configuration is false`;
