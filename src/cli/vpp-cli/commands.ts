/** Runs commands of VPP's command line, one at a time. */

import { type Channel, VppmuxError } from '../../mux/index.js';
import type { Host } from '../host.js';

/**
 * Returns a function that runs one command of VPP's command line and prints VPP's whole answer. A refusal is thrown with VPP's words;
 * what it printed before it failed is among them.
 */
export function commandRunner(host: Host, channel: Channel) {
  return async (text: string, signal: AbortSignal): Promise<void> => {
    const { reply } = await channel.request('cli_inband', { cmd: text }, { signal }).catch((error: unknown) => {
      if (isGivenUp(error)) host.note('VPP goes on with the command, and answers nobody until it is through');
      throw error;
    });
    const shown = String(reply).trimEnd();
    if (shown !== '') await host.out.line(shown);
    await host.out.flush();
  };
}

/** Whether VPP has the command, and nobody waits for its answer any more. */
function isGivenUp(error: unknown): boolean {
  if (!(error instanceof VppmuxError) || error.outcome !== 'unknown') return false;
  return error.code === 'REPLY_TIMEOUT' || error.code === 'ABORTED';
}
