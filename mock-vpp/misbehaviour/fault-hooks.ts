/** The hooks of a fault, all optional. `index.ts` lists the faults by name. */
import type { MessageDef } from '../../src/mux/internal.js';
import type { Incoming } from '../handlers/call.js';
import type { Client, OutFrame } from '../wire/client.js';
import type { Deliver, Schedule } from '../wire/outbox.js';
import type { Death } from './fault-host.js';

export interface FaultHooks {
  /** Called when a request has arrived. False: it is not served, unless the fault does so later. */
  request?(name: string, client: Client, incoming: Incoming): boolean;
  /** Called when a handler has found VPP in a state in which it dies of the request. */
  dies?(death: Death): void;
  /** Called when a client has disconnected, or its connection broke. */
  left?(): void;
  /** Called for a frame that is about to go out: passes it on (now, later, changed), or does not. */
  frame?(frame: OutFrame, client: Client, next: (frame: OutFrame) => void): void;
  /** Returns the CRC that the handshake has in place of the true one. */
  crcOf?(def: MessageDef): string | undefined;
  /** Time at which buffers are flushed, and their way to the socket. */
  readonly schedule?: Schedule;
  readonly deliver?: Deliver;
  /** Called for every client, at the start of the fault or when it connects later. */
  begin?(client: Client): void;
  /** Called for every client when the fault ends. */
  end?(client: Client): void;
}
