/** A plugin in an agent: with its configuration before it starts, with its instance once it is up. */

import type { Logger } from 'pino';
import type { Part } from './part.js';
import type { AnyInstance, Plugin } from './plugin.js';

/** A plugin with what its start needs. */
export interface Member {
  readonly plugin: Plugin;
  /** Checked against the plugin's schema. */
  readonly config: unknown;
  /** Whether the agent goes on without it. */
  readonly optional: boolean;
  readonly log: Logger;
  readonly part: Part;
}

/** A member whose init succeeded, and which is therefore to be closed. */
export interface Up {
  readonly member: Member;
  readonly instance: AnyInstance;
  readonly closing: AbortController;
}
