/** Waits for the first session, as `connect()` does: the first failed attempt is the end of it. */

import type { StatusCell } from './status.js';
import type { Supervisor } from './supervisor.js';

/** Rejects with what the first attempt failed of, or what `ready` rejects with. */
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
