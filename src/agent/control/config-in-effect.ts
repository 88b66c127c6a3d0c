/** A plugin's configuration in effect, and how a change of the files reaches it. */

import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { propertyOf } from '../../thrown.js';
import type { ConfigState } from '../config/config-state.js';
import { movePlaces } from '../config/places.js';
import type { AnyInstance } from '../plugin/plugin.js';

/** Keys that a plugin may name as waiting for a restart. */
const MOST_KEYS = 100;
const LONGEST_KEY = 200;

/** The plugin that owns a configuration, with its log and the state that changes are reported to. */
export interface ConfigOwner {
  readonly name: string;
  readonly log: Logger;
  readonly state: ConfigState;
}

export class ConfigInEffect {
  /** Configuration that the plugin gets at its next start. */
  private postponed: unknown;
  /** The value that its hook got last. */
  private offered: { readonly value: unknown; readonly file: string } | undefined;

  constructor(
    public value: unknown,
    readonly owner: ConfigOwner,
  ) {}

  /** Configurations whose secrets an error of the hook may repeat. */
  get involved(): unknown {
    return [this.value, this.offered?.value];
  }

  /**
   * Notifies the plugin when the configuration that was read differs; it is in effect once the hook has returned. Returns
   * false when nothing was to be done. Called for every reading of the files: a change is passed on once, but one that the
   * hook refused is tried again, since a file that it names may exist by now.
   */
  async change(plugin: AnyInstance, after: unknown, file: string): Promise<boolean> {
    const before = this.value;
    const { name, log, state } = this.owner;
    if (isDeepStrictEqual(this.postponed, after)) return false;
    this.postponed = undefined;
    if (isDeepStrictEqual(before, after)) {
      movePlaces(before, after);
      if (!plugin.configuration) state.pending(name, []);
      state.accept(name);
      return true;
    }
    const changed = changedKeys(before, after);
    const keys = changed.join(', ') || 'as a whole';
    if (!plugin.configuration) {
      this.postponed = after;
      log.warn(`its configuration has changed (${keys}), which takes effect when the agent is started again`);
      state.pending(name, changed);
      return true;
    }
    this.offered = { value: after, file };
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

  /** Records that the hook has thrown; `text` is the line of the log. */
  refused(text: string): void {
    const { name, state } = this.owner;
    if (!this.offered) return;
    const { value, file } = this.offered;
    state.refuse(name, { file, path: '', message: text, text }, value);
  }
}

/** The changed keys. Never values, which may be secrets. */
function changedKeys(before: unknown, after: unknown): string[] {
  const [old, now] = [new Map(Object.entries(Object(before))), new Map(Object.entries(Object(after)))];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys].filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
}

/** The keys that a hook cannot apply now, read from whatever it returned. */
function laterKeys(outcome: unknown): string[] {
  const keys = propertyOf(outcome, 'pendingRestart');
  if (!Array.isArray(keys)) return [];
  const texts = keys.slice(0, MOST_KEYS).filter((key) => typeof key === 'string');
  return texts.map((key) => key.slice(0, LONGEST_KEY));
}
