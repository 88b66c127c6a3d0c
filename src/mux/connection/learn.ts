/** Who is on the other side: VPP's version and process id, asked once for each session. */

import type { Channel, ConnectionStatus } from '../types.js';

const PATIENCE = 2000;

/** Tells what becomes known; a VPP that does not answer leaves it unknown, which is no fault. */
export function learnVpp(channel: Channel, tell: (known: Pick<ConnectionStatus, 'version' | 'pid'>) => void): void {
  const options = { timeoutMs: PATIENCE };
  channel.request('show_version', {}, options).then(
    ({ version }) => tell({ version: String(version) }),
    () => {},
  );
  channel.request('control_ping', {}, options).then(
    ({ vpe_pid }) => tell({ pid: Number(vpe_pid) }),
    () => {},
  );
}
