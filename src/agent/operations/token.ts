/** The service through which programs, REST and commands call the operations of all plugins. */

import { type Token, token } from '../token.js';
import type { ClientInfo, OperationsClient } from './client.js';
import type { Fault } from './fault.js';
import type { Operation, OperationSchemas } from './operation.js';

/** An operation that can be called now. */
export interface CatalogueEntry {
  readonly operation: Operation;
  /** Names of the plugins that have it, in the order in which they are asked. */
  readonly plugins: readonly string[];
  /** What it takes and gives, as JSON Schema. */
  readonly schemas: OperationSchemas;
}

export interface Operations {
  /** All that can be called now, by name. */
  readonly catalogue: readonly CatalogueEntry[];
  /** A new client. `via` defaults to `program`. Throws CLOSED when the agent is closing. */
  open(client: Pick<ClientInfo, 'name' | 'access'> & Partial<Pick<ClientInfo, 'via'>>): OperationsClient;
  /**
   * Registers who can say what an error means: the first fault that any of them gives for what an operation threw is
   * what its caller gets. For errors of a service that plugins use, like the mux's. Gives the function that ends it.
   */
  translate(faultOf: (error: unknown) => Fault | undefined): () => void;
}
export const Operations: Token<Operations> = token<Operations>('operations');
