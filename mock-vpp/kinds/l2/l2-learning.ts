/** Learnt MAC addresses: their limit, the number of flushes, and the one client of the whole VPP that gets events of them. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Call } from '../../handlers/call.js';
import { isEnable, pidOf } from '../../handlers/want.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** VPP's default, which a disable without a limit restores. */
const DEFAULT_LEARN_LIMIT = 1 << 24;

class L2Learning {
  limit = DEFAULT_LEARN_LIMIT;
  flushes = 0;
  /** Pid of that client, which VPP keeps when the client goes; 0: none. */
  ownerPid = 0;
}

export const l2Learning = defineKind({
  name: 'l2Learning',
  title: 'events of learnt MACs',
  state: () => new L2Learning(),
  handlers: {
    want_l2_macs_events: (fields, call, learning) => {
      const limit = Number(fields.learn_limit);
      const fitting = limit > 0 && limit <= DEFAULT_LEARN_LIMIT;
      const isValid = fitting && Number(fields.max_macs_in_event) > 0 && Number(fields.scan_delay) > 0;
      const retval = want(fields, call, learning, isValid);
      if (retval !== Retval.OK) return retval;
      learning.limit = fitting ? limit : DEFAULT_LEARN_LIMIT;
      return Retval.OK;
    },

    want_l2_macs_events2: (fields, call, learning) =>
      want(fields, call, learning, Number(fields.max_macs_in_event) > 0),
  },
});

/** One owner in the whole VPP, by pid; a disable by any client ends it. */
function want(fields: Fields, { vpp, client }: Call, learning: L2Learning, isValid: boolean): number {
  const pid = pidOf(fields);
  const key = 'l2 macs';
  if (isEnable(fields)) {
    if (learning.ownerPid !== 0 && learning.ownerPid !== pid) return Retval.L2_MACS_EVENT_CLINET_PRESENT;
    if (!isValid) return Retval.INVALID_VALUE;
    vpp.forgetEvents(key);
    client.events.add(key, { request: 'want_l2_macs_events', pid, fits: () => true, isNamed: true });
    learning.ownerPid = pid;
    learning.flushes++;
  } else if (learning.ownerPid !== 0) {
    vpp.forgetEvents(key);
    learning.ownerPid = 0;
  }
  return Retval.OK;
}
