/** How a client is told that its request was not sent: in its reply, by numbers that VPP has for it (vnet/error.h). */

import { ConnectionError, RefusedError, VppmuxError } from '../errors.js';

/** `busy`: at another time it may go. `unsupported`: not here. `lost`: the link to VPP has ended. */
export type RefusalKind = 'unsupported' | 'busy' | 'lost';

/** VPP: UNSUPPORTED, BUSY, NOT_CONNECTED. */
export const RETVAL: Readonly<Record<RefusalKind, number>> = { unsupported: -126, busy: -167, lost: -78 };

/** The kind of refusal that an error comes to. */
export function refusalKind(error: unknown): RefusalKind {
  if (error instanceof ConnectionError) return 'lost';
  const isBusy =
    (error instanceof RefusedError && error.code === 'RATE_LIMITED') ||
    (error instanceof VppmuxError && error.code === 'BACKLOG_FULL');
  return isBusy ? 'busy' : 'unsupported';
}
