/** Asks VPP for its version and process id, once for each session. */

import type { Channel, ConnectionStatus } from '../types.js';

const TIMEOUT_MS = 2000;

/** Calls `onKnown` with each of the two. They stay unknown, without an error, when VPP does not answer. */
export function identifyVpp(
  channel: Channel,
  onKnown: (known: Pick<ConnectionStatus, 'version' | 'pid'>) => void,
): void {
  const options = { timeoutMs: TIMEOUT_MS };
  channel.request('show_version', {}, options).then(
    ({ version }) => onKnown({ version: String(version) }),
    () => {},
  );
  channel.request('control_ping', {}, options).then(
    ({ vpe_pid }) => onKnown({ pid: Number(vpe_pid) }),
    () => {},
  );
}
