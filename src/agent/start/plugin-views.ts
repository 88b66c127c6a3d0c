/** The agent's services as one plugin gets them: subscriptions end with the plugin. */

import { PluginResources } from '../lifetime/plugin-resources.js';
import type { Board, Control } from '../plugin/services.js';

export function boardUntil(ended: AbortSignal, board: Board): Board {
  const opened = new PluginResources(ended);
  return {
    get status() {
      return board.status;
    },
    changes: () => opened.observe('subscription', board.changes()),
    subscribe(listener) {
      opened.check();
      return opened.add('subscription', board.subscribe(listener));
    },
  };
}

/** Refuses events that a plugin publishes after its end. */
export function controlUntil(ended: AbortSignal, control: Control): Control {
  const untilEnded =
    <A extends unknown[], R>(publish: (...event: A) => R) =>
    (...event: A) => {
      ended.throwIfAborted();
      return publish(...event);
    };
  return {
    dataplane: untilEnded(control.dataplane),
    redundancy: untilEnded(control.redundancy),
    saveState: untilEnded(control.saveState),
  };
}
