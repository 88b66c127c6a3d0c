/** Before the first wish there is none to go back to: VPP as it is becomes one. */

import { fault, type Log, reasonOf } from '../../sdk/index.js';
import { adopt } from '../../wish/index.js';
import type { KindsInUse } from './kinds-in-use.js';
import type { VppSession } from './vpp-sessions.js';
import type { WishKeeper } from './wish-keeper.js';

export interface WayBackParts {
  readonly keeper: WishKeeper;
  readonly kinds: KindsInUse;
  readonly session: VppSession | undefined;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Keeps VPP as it is as a wish. `needed`: whether a wish that is confirmed later cannot do without; else a failure to read it is logged.
 * Rejects with ENOTCONN where VPP is away, and when the agent ends.
 */
export async function keepWayBack({ keeper, kinds, session, log }: WayBackParts, needed: boolean): Promise<void> {
  if (session === undefined) {
    const text = 'there is no wish to go back to, and VPP, which could be one, is away';
    throw fault('ENOTCONN', text, { path: 'confirm' });
  }
  const channel = session.channel('read');
  try {
    const { text } = await adopt(channel, { kinds: kinds.list, signal: keeper.ending });
    const wish = await keeper.parse(text, { what: 'what VPP has now, which is to be gone back to,' });
    await keeper.replace({ text, wish, by: 'vppmux', comment: 'VPP as it was before the first wish' });
  } catch (error) {
    if (needed || keeper.ending.aborted) throw error;
    log.warn(`VPP as it is cannot be returned to: ${reasonOf(error)}`);
  } finally {
    channel.close();
  }
}
