/** What a fault can get hold of. Each fault is one small file; `index.ts` names them. */
import type { MessageDef } from '../../src/mux/internal.js';
import type { Client, OutFrame } from '../client.js';
import type { Deliver, Schedule } from '../outbox.js';

export interface Fault {
  /** A request has arrived. False: it is never served. */
  request?(name: string, client: Client): boolean;
  /** A frame is about to go out: pass it on (now, later, changed), or do not. */
  frame?(frame: OutFrame, client: Client, next: (frame: OutFrame) => void): void;
  /** The CRC the handshake tells, when it is to be another than the true one. */
  crcOf?(def: MessageDef): string | undefined;
  /** When buffers are flushed, and how they reach the socket. */
  readonly schedule?: Schedule;
  readonly deliver?: Deliver;
  /** Called for every client present, and every one that comes while the fault is on. */
  begin?(client: Client): void;
  /** Called for every client present when the fault is taken off. */
  end?(client: Client): void;
}
