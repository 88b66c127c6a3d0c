/** Publishes control events to all plugins: a service of the agent for those plugins that know what happens. */

import { type Token, token } from '../token.js';
import type { ControlQueue } from './control-queue.js';
import type { DataplaneEvent, RedundancyEvent } from './events.js';

/** Nothing here waits for a hook of a plugin, but `saveState`, which is asked for an answer. */
export interface Control {
  /** VPP has come, gone, or been replaced: to the `dataplane` hook of every plugin. */
  dataplane(event: DataplaneEvent): void;
  /** Another dataplane serves: to every `redundancy` hook, each with the state that its plugin handed over. */
  redundancy(event: Omit<RedundancyEvent, 'state'>): void;
  /**
   * Takes every plugin's state before a change that is planned; resolves when all have answered or used up their
   * budget. Without it the state is taken just before `redundancy`.
   */
  saveState(): Promise<void>;
}
export const Control: Token<Control> = token<Control>('control');

/** In plugin order. */
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
