import { ConnectionError } from '../../mux/index.js';
import type { Mux } from '../../sdk/index.js';

/** The error for a request before any VPP has said what its messages are. */
export function vppIsAway({ status }: Pick<Mux, 'status'>, messageName?: string): ConnectionError {
  return new ConnectionError('NOT_CONNECTED', `no VPP is connected: ${status.reason}`, { messageName });
}
