/** The service through which programs, REST and commands call the operations of all plugins. */

import { type Token, token } from '../token.js';
import type { ClientInfo, OperationsClient } from './client.js';
import type { OperationCode } from './codes.js';
import type { Fault } from './fault.js';
import type { Operation, OperationSchemas } from './operation.js';

/** An operation that can be called now, with the plugins that implement it. */
export interface CatalogueEntry {
  readonly operation: Operation;
  /** Names of these plugins, in the order in which they are asked. */
  readonly plugins: readonly string[];
  /** The dataplanes that it is served at; undefined where it has to do with none, and serves calls for any. */
  readonly dataplanes?: readonly string[] | undefined;
  /** Its input and output as JSON Schema. */
  readonly schemas: OperationSchemas;
}

/** A call that has ended. */
export interface EndedCall {
  /** Name of the operation, as the caller gave it: it may be one that there is not. */
  readonly name: string;
  readonly via: ClientInfo['via'];
  /** The dataplane that it was for, as the caller gave it; `main` where it said nothing. */
  readonly dataplane: string;
  /** `OK`, or the code of the fault that the caller got. */
  readonly code: 'OK' | OperationCode;
  readonly ms: number;
}

export interface Operations {
  /** All operations that can be called now, sorted by name. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Opens a client. `via` defaults to `program`. Throws CLOSED when the agent is closing. */
  open(client: Pick<ClientInfo, 'name' | 'access'> & Partial<Pick<ClientInfo, 'via'>>): OperationsClient;
  /**
   * Registers a translator of errors: when an operation throws, its caller gets the first fault that a translator returns
   * for the error. For errors of a service that plugins use, like the mux's. Returns the function that removes it.
   */
  translate(faultOf: (error: unknown) => Fault | undefined): () => void;
  /** Calls `listener` when a call has ended, of whatever plugin: for measurements. Returns the function that ends that. */
  ended(listener: (call: EndedCall) => void): () => void;
}
export const Operations: Token<Operations> = token<Operations>('operations');
