/** The agent's own implementation of `Control`: publishes each event to the queues of the plugins that it concerns. */

import type { Control } from '../plugin/services.js';
import { MAIN } from '../token.js';
import type { ControlQueue } from './control-queue.js';

/** A plugin's queue, and the dataplane that it works at. */
interface Listener {
  readonly queue: ControlQueue;
  /** Undefined for a plugin that is tied to none: it gets the events of `main`. */
  readonly dataplane?: string | undefined;
}

/** `listeners` are in plugin order. */
export function controlOf(listeners: readonly Listener[]): Control {
  const queuesAt = (at: string) =>
    listeners.filter(({ dataplane = MAIN }) => dataplane === at).map(({ queue }) => queue);
  return {
    dataplane: (event, at = MAIN) => {
      for (const queue of queuesAt(at)) queue.dataplane(event);
    },
    redundancy: (event, at = MAIN) => {
      for (const queue of queuesAt(at)) queue.redundancy(event);
    },
    saveState: async (at = MAIN) => {
      await Promise.all(queuesAt(at).map((queue) => queue.saveState()));
    },
  };
}
