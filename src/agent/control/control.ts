/** The service that publishes control events to all plugins, for the plugins that know what happens to VPP. */

import { type Token, token } from '../token.js';
import type { ControlQueue } from './control-queue.js';
import type { DataplaneEvent, RedundancyEvent } from './events.js';

/** Only `saveState` waits for hooks of plugins. */
export interface Control {
  /** Calls the `dataplane` hook of every plugin: VPP has appeared, gone, or been replaced. */
  dataplane(event: DataplaneEvent): void;
  /** Calls every `redundancy` hook, each with the state that its plugin has saved: another dataplane serves. */
  redundancy(event: Omit<RedundancyEvent, 'state'>): void;
  /**
   * Calls every `saveState` hook before a planned change; resolves when all have answered or used up their time budget.
   * Without it the state is saved just before `redundancy`.
   */
  saveState(): Promise<void>;
}
export const Control: Token<Control> = token<Control>('control');

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
