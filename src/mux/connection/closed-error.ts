/** Errors of a closed connection. */

import { ConnectionError, VppmuxError } from '../errors.js';
import type { Lifecycle } from './lifecycle.js';

/** Gives the cause of the end, or an error that says that this program is closing the connection. */
export function closedError({ phase }: Lifecycle): Error {
  if (phase.name === 'closed') return phase.cause;
  return new ConnectionError('CLOSED', 'the connection is closed by this program', { outcome: 'not-sent' });
}

/** The error after `destroy(cause)`: this program closed the connection, and why. */
export function destroyedError(cause: Error | undefined): VppmuxError {
  if (cause instanceof VppmuxError && (cause.code === 'CLOSED' || cause.code === 'GAVE_UP')) return cause;
  const text = `the connection was destroyed by this program${cause ? `: ${cause.message}` : ''}`;
  return new ConnectionError('CLOSED', text, { outcome: 'not-sent' }, cause);
}
