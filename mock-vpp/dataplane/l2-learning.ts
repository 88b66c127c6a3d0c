/** Learnt MAC addresses: their limit, the number of flushes, and the one client of the whole VPP that gets events of them. */

/** VPP's default, which a disable without a limit restores. */
export const DEFAULT_LEARN_LIMIT = 1 << 24;

export class L2Learning {
  limit = DEFAULT_LEARN_LIMIT;
  flushes = 0;
  /** Pid of that client, which VPP keeps when the client goes; 0: none. */
  ownerPid = 0;
}
