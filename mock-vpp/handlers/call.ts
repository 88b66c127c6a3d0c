/** One request while it is served, and its handler. */
import type { Fields, Message } from '../../src/mux/internal.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import type { Vpp } from '../vpp.js';
import type { Client } from '../wire/client.js';
import type { Outgoing } from '../wire/outgoing.js';
import type { Answer } from './answers.js';

/** A request in the client's input; valid until the handler returns. */
export interface Call {
  readonly vpp: Vpp;
  /** The dataplane of `vpp`. */
  readonly dataplane: Dataplane;
  /** Name of the request. */
  readonly request: string;
  /** The client that gets the answer: the owner of the request's client_index. */
  readonly client: Client;
  readonly context: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A request that has arrived, as faults see it. */
export interface Incoming {
  readonly message: Message;
  readonly hasHandler: boolean;
  /** Its fields, decoded anew; undefined when it ends too early. */
  fields(): Fields | undefined;
  /** Makes a copy, and gives the function that serves it, past all faults. */
  keep(): () => void;
}

/** Serves a request. `fields` are decoded, without the header's. */
export type Handler = (fields: Fields, call: Call) => Answer | Promise<Answer>;

/** A handler that reads the bytes itself, for messages that come by the million. */
export interface RawHandler {
  readonly raw: (call: Call) => Answer;
}

/** message name → its handler. */
export type Handlers = Readonly<Record<string, Handler | RawHandler>>;

/** Everything the dispatcher needs to serve one message id, looked up once. */
export interface Endpoint {
  readonly message: Message;
  readonly handler?: Handler | RawHandler;
  readonly reply?: Outgoing;
  readonly details?: Outgoing;
}
