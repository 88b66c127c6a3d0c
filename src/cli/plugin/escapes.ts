/** Errors that nobody caught: in an agent they end it, but for those that come from a plugin's own end. */

import { endedPluginIn } from '../../agent/for-cli.js';

export interface Escapes {
  readonly errors: readonly unknown[];
  stop(): void;
}

/** Collects them from now on; the process goes on meanwhile. */
export function collectEscapes(): Escapes {
  const errors: unknown[] = [];
  const add = (error: unknown) => {
    if (endedPluginIn(error) === undefined) errors.push(error);
  };
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  for (const event of events) process.on(event, add);
  return {
    errors,
    stop() {
      for (const event of events) process.off(event, add);
    },
  };
}
