/**
 * The end of one plugin, however it ends, as two signals:
 *
 *   closing ─▶ its close(), while everything that it has opened still works ─▶ ended
 *
 * One whose `init` has not succeeded has no close(): both are aborted together.
 */

import { propertyOf, textAt } from '../../thrown.js';
import { AgentError } from '../errors.js';

export class PluginEnd {
  private readonly closeController = new AbortController();
  private readonly endController = new AbortController();
  private reason: AgentError | undefined;

  constructor(private readonly plugin: string) {}

  /** Aborted before the plugin's `close`, and when its start fails. */
  get closing(): AbortSignal {
    return this.closeController.signal;
  }

  /** Aborted when everything of the plugin must have ended; its reason is a PLUGIN_ENDED. */
  get ended(): AbortSignal {
    return this.endController.signal;
  }

  /** Aborts `closing`: its `close` comes next, if it has one. */
  announce(): void {
    this.closeController.abort();
  }

  /** The PLUGIN_ENDED that later use of a service gets; the first `why` counts. */
  because(why: string): AgentError {
    const { plugin } = this;
    this.reason ??= new AgentError('PLUGIN_ENDED', `plugin ${plugin} has ended: ${why}`, { plugin });
    return this.reason;
  }

  /** Aborts `ended`: closes everything that the plugin has opened through its services, and refuses more. */
  complete(why: string): void {
    if (this.ended.aborted) return;
    this.announce();
    this.endController.abort(this.because(why));
  }
}

/** Causes of causes that are followed. */
const DEEPEST = 8;

/** The plugin whose end caused an error; undefined where it has another cause. */
export function endedPluginIn(error: unknown): string | undefined {
  let each = error;
  for (let depth = 0; depth < DEEPEST && each !== undefined; depth++) {
    if (propertyOf(each, 'code') === 'PLUGIN_ENDED') return textAt(each, 'plugin');
    each = propertyOf(each, 'cause');
  }
  return undefined;
}
