/**
 * Event registrations by VPP's keys and with its return codes (facts of VPP 26.06). Most are one per client: enabling twice is
 * refused, and so is disabling one that is not enabled. Those that VPP keys by more are idempotent, and belong to other kinds.
 */

import { isEnable, nameOf, pidOf } from '../../handlers/want.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const events = defineKind({
  name: 'events',
  title: 'events',
  handlers: {
    'want_*': (fields, call) => {
      const { events } = call.client;
      const request = nameOf(call);
      const enable = isEnable(fields);
      if (events.has(request) === enable) return Retval.INVALID_REGISTRATION;
      if (enable) events.add(request, { request, pid: pidOf(fields), fits: () => true, isNamed: true });
      else events.remove(request);
      return Retval.OK;
    },

    want_ip6_dad_events: (fields, call) => {
      const request = nameOf(call);
      if (isEnable(fields)) {
        call.client.events.add(request, { request, pid: pidOf(fields), fits: () => true, isNamed: true });
      } else call.client.events.remove(request);
      return Retval.OK;
    },
  },
});
