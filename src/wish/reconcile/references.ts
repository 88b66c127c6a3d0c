/** Numbers of objects: those that VPP has, those that come while operations are carried out, and names in place of those to come. */

import type { Index, References } from '../kinds/kind.js';
import { HIDDEN } from '../secret.js';

/** Knowledge of the running VPP's messages. */
export type Messages = Pick<References, 'newest' | 'definition'>;

/** For carrying out. `indexes` grows with what is created. */
export class LiveReferences implements References {
  constructor(
    readonly indexes: Map<string, number>,
    private readonly messages: Messages,
  ) {}

  newest(...names: readonly [string, ...string[]]): string {
    return this.messages.newest(...names);
  }

  definition(name: string) {
    return this.messages.definition(name);
  }

  index(key: string): number {
    const index = this.indexes.get(key);
    if (index === undefined) throw new Error(`${key} is not there any more, and the message needs its number`);
    return index;
  }

  interface(name: string): number {
    return this.index(`interface/${name}`);
  }

  secret(read: () => unknown): unknown {
    return read();
  }
}

/** For showing: what is not there yet, or is created anew, is a name. */
export class ShownReferences implements References {
  constructor(
    private readonly indexes: ReadonlyMap<string, number>,
    private readonly comes: ReadonlySet<string>,
    private readonly messages: Messages,
  ) {}

  newest(...names: readonly [string, ...string[]]): string {
    return this.messages.newest(...names);
  }

  definition(name: string) {
    return this.messages.definition(name);
  }

  index(key: string): Index {
    const index = this.comes.has(key) ? undefined : this.indexes.get(key);
    return index ?? `<${key.slice(key.indexOf('/') + 1)}>`;
  }

  interface(name: string): Index {
    return this.index(`interface/${name}`);
  }

  secret(): unknown {
    return HIDDEN;
  }
}
