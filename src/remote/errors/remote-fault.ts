/** A failed operation of an agent, or a refusal of the agent itself, as the caller gets it. */

import type { Outcome } from '../../mux/errors.js';

const marker = Symbol.for('vppmux/fault');

/** Where it failed, as far as the agent says. */
export interface RemoteFaultFields {
  /** Path of the input value that it is about: `routes[3].prefix`. */
  readonly path?: string;
  readonly operation?: string;
  /** `not-sent` where the agent had no room for it (BUSY, RATE_LIMITED): it was not begun, and may be asked again later. */
  readonly outcome?: Outcome;
}

/**
 * `code` is one of those of operations or of the HTTP server (docs/errors.md). In an agent, `isFault` of `vppmux/plugin` holds for
 * it, so that an operation that asks another agent can pass its failure on.
 */
export class RemoteFault extends Error implements RemoteFaultFields {
  readonly [marker] = true;
  declare readonly path?: string;
  declare readonly operation?: string;
  declare readonly outcome?: Outcome;

  constructor(
    readonly code: string,
    message: string,
    fields: RemoteFaultFields = {},
  ) {
    super(message);
    this.name = 'RemoteFault';
    Object.assign(this, fields);
  }
}
