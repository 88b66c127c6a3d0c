/**
 * The end of one plugin, whichever way it comes, as two signals:
 *
 *   closing ─▶ its close(), with everything that it has opened still working ─▶ ended
 *
 * One whose `init` has not succeeded has no close(): both come at once.
 */

import { propertyOf, textAt } from '../../thrown.js';
import { AgentError } from '../errors.js';

export class PluginEnd {
  readonly #closing = new AbortController();
  readonly #ended = new AbortController();
  #reason: AgentError | undefined;

  constructor(private readonly plugin: string) {}

  /** Aborted before the plugin's `close`, and when its start fails. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Aborted when nothing of the plugin may go on any more; its reason is a PLUGIN_ENDED. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Its `close` comes next, if it has one. */
  announce(): void {
    this.#closing.abort();
  }

  /** A PLUGIN_ENDED for whoever asks for more; the first `why` counts. */
  because(why: string): AgentError {
    const { plugin } = this;
    this.#reason ??= new AgentError('PLUGIN_ENDED', `plugin ${plugin} has ended: ${why}`, { plugin });
    return this.#reason;
  }

  /** Ends what the plugin has opened through its services, and refuses what it would open from now on. */
  complete(why: string): void {
    if (this.ended.aborted) return;
    this.announce();
    this.#ended.abort(this.because(why));
  }
}

/** Causes that are looked through. */
const DEEPEST = 8;

/** The plugin whose end an error comes from; undefined where it has another cause. */
export function endedPluginIn(error: unknown): string | undefined {
  let each = error;
  for (let depth = 0; depth < DEEPEST && each !== undefined; depth++) {
    if (propertyOf(each, 'code') === 'PLUGIN_ENDED') return textAt(each, 'plugin');
    each = propertyOf(each, 'cause');
  }
  return undefined;
}
