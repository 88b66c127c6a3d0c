/** The session that a request goes out on, or the error that says why there is none. */

import { ConnectionError } from '../errors.js';
import type { Session } from '../session/session.js';
import { closedError } from './closed-error.js';
import type { Lifecycle } from './lifecycle.js';
import type { StatusCell } from './status.js';

/** Throws NOT_CONNECTED, or why the connection was closed. Called for each request. */
export function usableSession(life: Lifecycle, cell: StatusCell): Session {
  const { session } = life;
  if (session) return session;
  if (life.isEnding) throw closedError(life);
  const { reason, since, socket } = cell.value;
  const seconds = Math.round((Date.now() - since.getTime()) / 1000);
  throw new ConnectionError(
    'NOT_CONNECTED',
    `not connected to VPP at ${socket} (for ${seconds} s): ${reason}; it is tried again in the background`,
    { socket, outcome: 'not-sent' },
    life.cause,
  );
}
