/** The parts of the present run that faults use. */
import type { Fields } from '../../src/mux/internal.js';
import type { Client } from '../wire/client.js';
import type { Outgoing } from '../wire/outgoing.js';
import type { Hold } from './hold.js';

/** A request that a mock with VPP's bugs died of. */
export interface Death {
  readonly request: string;
  /** Name of the client that sent it; empty when it gave none. */
  readonly client: string;
  /** The fault of VPP, without its subject: `does not look whether there is such an interface, and dies`. */
  readonly reason: string;
}

export interface FaultHost {
  /** Finds a message by name. Throws for an unknown one. */
  find(name: string): Outgoing;
  /** The id of a message in the present table. */
  idOf(name: string): number | undefined;
  /** Gives what the mock would answer: the reply's fields or those of the details; undefined without a handler. */
  ask(name: string, fields: Fields, client: Client): readonly Fields[] | undefined;
  clientOf(registration: number): Client | undefined;
  /** Serves nobody until it is over. */
  hold(hold: Hold): void;
  /** Dies, as a crash would. */
  die(death: Death): void;
  /** Serves nobody any more, until it is killed. `why`, without its subject: `hangs`. */
  hang(why: string): void;
}
