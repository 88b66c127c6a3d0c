/** The service through which programs, REST and commands call the operations of all plugins. */

import { type Token, token } from '../token.js';
import type { ClientInfo, OperationsClient } from './client.js';
import type { Fault } from './fault.js';
import type { Operation, OperationSchemas } from './operation.js';

/** An operation that can be called now, with the plugins that implement it. */
export interface CatalogueEntry {
  readonly operation: Operation;
  /** Names of these plugins, in the order in which they are asked. */
  readonly plugins: readonly string[];
  /** Its input and output as JSON Schema. */
  readonly schemas: OperationSchemas;
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
}
export const Operations: Token<Operations> = token<Operations>('operations');
