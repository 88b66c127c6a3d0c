/** How a client is told that its request was not sent: in its reply, by numbers that VPP has for it (vnet/error.h). */

import { RefusedError, VppmuxError } from '../errors.js';

/** `busy`: at another time it may go. `unsupported`: not here. */
export type RefusalKind = 'unsupported' | 'busy';

export const RETVAL: Readonly<Record<RefusalKind, number>> = { unsupported: -126, busy: -167 };

/** The kind of refusal that an error comes to. */
export function refusalKind(error: unknown): RefusalKind {
  const isBusy =
    (error instanceof RefusedError && error.code === 'RATE_LIMITED') ||
    (error instanceof VppmuxError && error.code === 'BACKLOG_FULL');
  return isBusy ? 'busy' : 'unsupported';
}
