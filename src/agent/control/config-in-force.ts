/** A plugin's configuration in force, and what happens to it when the files are read again. */

import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { propertyOf } from '../../thrown.js';
import { movePlaces } from '../config/places.js';
import type { AnyInstance } from '../plugin.js';
import type { ConfigState } from './config-state.js';

/** A plugin has a bounded say in what waits for a restart. */
const MOST_KEYS = 100;
const LONGEST_KEY = 200;

/** The owner of a configuration, and the listener for what becomes of it. */
export interface ConfigOwner {
  readonly name: string;
  readonly log: Logger;
  readonly state: ConfigState;
}

export class ConfigInForce {
  /** What the plugin cannot have before its next start. */
  #postponed: unknown;
  /** The value that its hook was given last. */
  #offered: { readonly value: unknown; readonly file: string } | undefined;

  constructor(
    public value: unknown,
    readonly owner: ConfigOwner,
  ) {}

  /** All values that may be secrets in what the hook throws. */
  get involved(): unknown {
    return [this.value, this.#offered?.value];
  }

  /**
   * Tells the plugin of what was read, when it differs; it is in force once the hook has returned. Gives false when
   * there was nothing to say. Every reading of the files comes by here: a change is told once, but one that the hook
   * refused is tried again, since a file that it names may be there by now.
   */
  async change(plugin: AnyInstance, after: unknown, file: string): Promise<boolean> {
    const before = this.value;
    const { name, log, state } = this.owner;
    if (isDeepStrictEqual(this.#postponed, after)) return false;
    this.#postponed = undefined;
    if (isDeepStrictEqual(before, after)) {
      movePlaces(before, after);
      if (!plugin.configuration) state.pending(name, []);
      state.accept(name);
      return true;
    }
    const changed = changedKeys(before, after);
    const keys = changed.join(', ') || 'as a whole';
    if (!plugin.configuration) {
      this.#postponed = after;
      log.warn(`its configuration has changed (${keys}), which takes effect when the agent is started again`);
      state.pending(name, changed);
      return true;
    }
    this.#offered = { value: after, file };
    const outcome = await plugin.configuration({ before, after });
    this.value = after;
    log.info(`its configuration has changed: ${keys}`);
    const later = laterKeys(outcome);
    if (later.length > 0)
      log.warn(`${later.join(', ')} of ${basename(file)}: takes effect when the agent is started again`);
    state.pending(name, later);
    state.accept(name);
    return true;
  }

  /** The hook has thrown; `text` is what the log says of it. */
  refused(text: string): void {
    const { name, state } = this.owner;
    if (!this.#offered) return;
    const { value, file } = this.#offered;
    state.refuse(name, { file, path: '', message: text, text }, value);
  }
}

/** Keys, never values: one may be a secret. */
function changedKeys(before: unknown, after: unknown): string[] {
  const [old, now] = [new Map(Object.entries(Object(before))), new Map(Object.entries(Object(after)))];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys].filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
}

/** Reads the keys that a hook cannot apply now out of whatever it returned. */
function laterKeys(outcome: unknown): string[] {
  const keys = propertyOf(outcome, 'pendingRestart');
  if (!Array.isArray(keys)) return [];
  const texts = keys.slice(0, MOST_KEYS).filter((key) => typeof key === 'string');
  return texts.map((key) => key.slice(0, LONGEST_KEY));
}
