/** One connected client: its registration, its input, its output. */
import type { Socket } from 'node:net';
import type { Fields } from '../../src/mux/internal.js';
import { Deframer } from './deframer.js';
import { EventRegistrations } from './event-registrations.js';
import { framesOf, HEADER_BYTES } from './frame.js';
import { Outbox } from './outbox.js';
import type { Outgoing } from './outgoing.js';

/**
 * Writes frames to the client until its outbox is full or there is nothing more; true when done. It is
 * called again when there is room, and the client's next request waits until it is done.
 */
export type FrameSource = (client: Client) => boolean;

/** A frame on its way out, as faults see it. */
export interface OutFrame {
  /** Header and body. */
  readonly bytes: Buffer;
  /** Name of its message; undefined for bytes that are none. */
  readonly name?: string;
  /** Name of the request that it answers; undefined for events. */
  readonly request?: string;
}

/** The parts of the server that a client needs. */
export interface ClientHost {
  readonly faults: {
    /** Whether there are any. */
    readonly any: boolean;
    /** Takes a frame over; it may send it, change it, hold it back or drop it. */
    frame(frame: OutFrame, client: Client): void;
  };
  nameOf(id: number): string | undefined;
  /** Reports a long answer that threw, or that cannot be encoded. */
  failed(name: string, error: unknown): void;
  /** Serves the frames that have come in. */
  serve(client: Client): void;
}

export class Client {
  /** Name that the client gave in sockclnt_create. */
  name = '';
  readonly events = new EventRegistrations();
  readonly input = new Deframer();
  readonly outbox: Outbox;
  /** Name of the request that is being answered, for the faults. */
  answering: string | undefined;
  /** `ending`: the output that waits still leaves, then the connection ends. */
  state: 'open' | 'ending' | 'closed' = 'open';
  /** A fault keeps the socket from being read. */
  stalled = false;
  /** Frames that faults hold back; the connection does not end before they are sent. */
  held = 0;
  /** True while a handler that answers later holds up the following requests. */
  waiting = false;
  /** Long answers under way; one at a time, but another client may cause a second (WIRE 3.4). */
  private streams: { readonly source: FrameSource; readonly request: string | undefined }[] = [];

  constructor(
    /** Pool index | 0x80000000. */
    readonly registration: number,
    readonly socket: Socket,
    private readonly host: ClientHost,
  ) {
    this.outbox = new Outbox(socket);
    this.outbox.onRoom = () => this.onRoom();
  }

  /** True while the next request has to wait: answers are in order. */
  get busy(): boolean {
    return this.streams.length > 0 || this.waiting || this.state !== 'open';
  }

  /** Sends one message. `clientIndex` is for events, which carry it. */
  send({ message, id }: Outgoing, fields: Fields, context: number, clientIndex = 0): void {
    if (this.state === 'closed') return;
    const start = this.outbox.begin();
    try {
      message.write(this.outbox, fields, id, clientIndex, context);
    } catch (error) {
      this.outbox.pos = start;
      throw error;
    }
    this.outbox.end(start);
    this.written(start);
  }

  /** Sends a frame around a body that is ready, in parts; it answers `request`, or none. */
  sendBodyFor(request: string | undefined, parts: readonly Uint8Array[]): void {
    if (this.state === 'closed') return;
    this.answering = request;
    const start = this.outbox.begin();
    for (const part of parts) this.outbox.append(part);
    this.outbox.end(start);
    this.written(start);
    this.answering = undefined;
  }

  /** Passes whole frames, written from `start` on, through the active faults. Call it after each write. */
  written(start: number): void {
    const { faults } = this.host;
    if (!faults.any) return;
    const request = this.answering;
    for (const bytes of framesOf(this.outbox.takeBack(start))) {
      faults.frame({ bytes, name: this.host.nameOf(bytes.readUInt16BE(HEADER_BYTES)), request }, this);
    }
  }

  /** Sends bytes unchanged, past all faults. */
  sendRaw(bytes: Uint8Array): void {
    if (this.state !== 'closed') this.outbox.append(bytes);
  }

  /** Begins a long answer; the requests behind it wait. */
  stream(source: FrameSource): void {
    this.streams.push({ source, request: this.answering });
    this.pump();
  }

  /** Serves nothing more; ends the connection when all output has left. */
  finish(): void {
    this.state = 'ending';
    this.streams = [];
    this.endWhenEmpty();
  }

  /** Counts a held frame as done: it is sent, or never will be. */
  release(): void {
    if (this.held > 0) this.held--;
    this.endWhenEmpty();
  }

  /** Goes on with the requests that had to wait. */
  resume(): void {
    if (!this.busy) this.host.serve(this);
  }

  /** Ends the connection immediately; output that waits is lost. */
  destroy(): void {
    this.state = 'closed';
    this.streams = [];
    this.socket.destroy();
  }

  private pump(): void {
    while (this.streams.length > 0 && !this.outbox.full) {
      const { source, request } = this.streams[0];
      this.answering = request;
      if (this.isDone(source, request)) this.streams.shift();
    }
  }

  /** One that fails is over as well: the requests behind it must not wait for ever. */
  private isDone(source: FrameSource, request = ''): boolean {
    try {
      return source(this);
    } catch (error) {
      this.host.failed(request, error);
      return true;
    }
  }

  private onRoom(): void {
    this.endWhenEmpty();
    if (this.streams.length === 0) return;
    this.pump();
    this.resume();
  }

  private endWhenEmpty(): void {
    if (this.state !== 'ending' || this.held > 0 || this.outbox.waiting > 0) return;
    this.state = 'closed';
    this.socket.end();
  }
}
