/** Learnt MAC addresses: how many may be, how often they were flushed, and who is told of them (one client in the whole VPP). */

/** VPP's own: what a disable without a limit puts back. */
export const DEFAULT_LEARN_LIMIT = 1 << 24;

export class L2Learning {
  limit = DEFAULT_LEARN_LIMIT;
  flushes = 0;
  /** By its pid, which VPP keeps when the client goes; 0: nobody. */
  ownerPid = 0;
}
