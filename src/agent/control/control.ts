/** The agent's own implementation of `Control`: publishes each event to the queue of every plugin. */

import type { Control } from '../plugin/services.js';
import type { ControlQueue } from './control-queue.js';

/** `queues` are in plugin order. */
export function controlOf(queues: readonly ControlQueue[]): Control {
  return {
    dataplane: (event) => {
      for (const queue of queues) queue.dataplane(event);
    },
    redundancy: (event) => {
      for (const queue of queues) queue.redundancy(event);
    },
    saveState: async () => {
      await Promise.all(queues.map((queue) => queue.saveState()));
    },
  };
}
