/** A plugin's configuration in force, and what happens to it when the files are read again. */

import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { movePlaces } from '../config/places.js';
import type { AnyInstance } from '../plugin.js';

export class ConfigInForce {
  /** What the plugin cannot have before its next start. */
  #postponed: unknown;

  constructor(
    public value: unknown,
    readonly log: Logger,
  ) {}

  /**
   * Tells the plugin of what was read, when it differs; it is in force once the hook has returned. Gives false when
   * there was nothing to say. Every reading of the files comes by here: a change is told once, but one that the hook
   * refused is tried again, since a file that it names may be there by now.
   */
  async change(plugin: AnyInstance, after: unknown): Promise<boolean> {
    const before = this.value;
    if (isDeepStrictEqual(this.#postponed, after)) return false;
    this.#postponed = undefined;
    if (isDeepStrictEqual(before, after)) {
      movePlaces(before, after);
      return true;
    }
    const keys = changedKeys(before, after);
    if (!plugin.configuration) {
      this.#postponed = after;
      this.log.warn(`its configuration has changed (${keys}), which takes effect when the agent is started again`);
      return true;
    }
    await plugin.configuration({ before, after });
    this.value = after;
    this.log.info(`its configuration has changed: ${keys}`);
    return true;
  }
}

/** Keys, never values: one may be a secret. */
function changedKeys(before: unknown, after: unknown): string {
  const [old, now] = [new Map(Object.entries(Object(before))), new Map(Object.entries(Object(after)))];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys].filter((key) => !isDeepStrictEqual(old.get(key), now.get(key))).join(', ') || 'as a whole';
}
