/**
 * One WebSocket to an agent, from its `hello` on: numbers what is begun, hands each frame to what it belongs to, and asks for a sign of
 * life when the agent is silent.
 */

import { ConnectionError } from '../../mux/errors.js';
import { tooMany } from '../errors/failures.js';
import type { Exchange, StreamFrame } from '../exchange/exchange.js';
import type { AgentFrame, ClientFrame, HelloFrame } from '../protocol/index.js';
import type { FrameSocket } from './frame-socket.js';

/** Frames of a channel or the whole socket. */
export type ControlFrame = Exclude<AgentFrame, { readonly id: number }>;

export interface LinkHandlers {
  control(frame: ControlFrame): void;
  /** Something has ended: there is room for one more. */
  room(): void;
}

/** Milliseconds: after two silent ones a sign of life is asked for, after a third the agent counts as gone. */
const SILENCE_MS = 15_000;

const ENDS: ReadonlySet<AgentFrame['type']> = new Set(['reply', 'end', 'error', 'result', 'table'] as const);

/** Numbers for what is begun, of one connection: streams keep theirs from one link to the next. */
export class Numbers {
  private last = 0;

  next(): number {
    this.last += 1;
    return this.last;
  }
}

export class AgentLink {
  private readonly exchanges = new Map<number, Exchange>();
  private silences = 0;
  private lostBy: ConnectionError | undefined;
  private readonly watch = setInterval(() => this.listen(), SILENCE_MS);

  constructor(
    readonly hello: HelloFrame,
    private readonly socket: FrameSocket,
    private readonly numbers: Numbers,
    private readonly handlers: LinkHandlers,
  ) {}

  /** The error that it was lost with; undefined while it is open. */
  get cause(): ConnectionError | undefined {
    return this.lostBy;
  }

  get isFull(): boolean {
    return this.exchanges.size >= this.hello.limits.streams;
  }

  /** Sends the frame that `frame` makes of a new number, under which `exchange` gets its answers. Throws CborError, BACKLOG_FULL. */
  begin(exchange: Exchange, frame: (id: number) => ClientFrame): number {
    if (this.isFull) throw tooMany('requests, calls and streams', this.hello.limits.streams);
    const id = this.numbers.next();
    this.socket.send(frame(id));
    this.exchanges.set(id, exchange);
    return id;
  }

  /** Gives `exchange`, which an earlier link has begun under `id`, the frames of that number. */
  adopt(id: number, exchange: Exchange): void {
    this.exchanges.set(id, exchange);
  }

  forget(id: number): void {
    this.exchanges.delete(id);
  }

  send(frame: ClientFrame): void {
    this.socket.send(frame);
  }

  receive(frame: AgentFrame, size: number): void {
    this.silences = 0;
    if (!('id' in frame) || frame.id === undefined) {
      this.handlers.control(frame as ControlFrame);
      return;
    }
    const exchange = this.exchanges.get(frame.id);
    if (!exchange) return;
    if (!ENDS.has(frame.type)) {
      exchange.take(frame as StreamFrame, size);
      return;
    }
    this.exchanges.delete(frame.id);
    exchange.take(frame as StreamFrame, size);
    exchange.ended();
    this.handlers.room();
  }

  /** Tells all that is under way; called when the socket is closed. */
  lost(cause: ConnectionError): void {
    this.lostBy = cause;
    clearInterval(this.watch);
    const all = [...this.exchanges.values()];
    this.exchanges.clear();
    for (const exchange of all) exchange.lost(cause);
  }

  close(reason: string): void {
    this.socket.close(reason);
  }

  drop(cause: ConnectionError): void {
    this.socket.drop(cause);
  }

  private listen(): void {
    this.silences += 1;
    if (this.silences === 2) this.send({ type: 'ping' });
    if (this.silences < 3) return;
    const text = `the agent was silent for more than ${(2 * SILENCE_MS) / 1000} seconds`;
    this.drop(new ConnectionError('CONNECTION_LOST', text));
  }
}
