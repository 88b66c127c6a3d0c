/** Waits for the first session, as `connect()` does: rejects after the first failed attempt. */

import type { StatusCell } from './status.js';
import type { Supervisor } from './supervisor.js';

/** Rejects with the failure of the first attempt, or like `ready`. */
export async function firstReady(supervisor: Supervisor, cell: StatusCell, ready: () => Promise<void>): Promise<void> {
  let stop = () => {};
  const forget = supervisor.expectFirst();
  const failed = new Promise<never>((_resolve, reject) => {
    stop = cell.watch(({ state }) => {
      if (state === 'backoff') reject(supervisor.life.cause);
    });
  });
  try {
    await Promise.race([failed, ready()]);
  } finally {
    stop();
    forget();
  }
}
